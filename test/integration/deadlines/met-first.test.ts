import { expect, test } from 'vitest';
import { batchGet } from '#shared/data/batch-get.ts';
import { callAndDeadlineReader } from '#shared/data/deadlines-repository.ts';
import { newDraft } from '#test/support/draft-steps.ts';
import { CALL_ID, send, submissionWorld, WHILE_OPEN } from '#test/support/submission-world.ts';

test('a deadline granted to a unit holds for a reading that is under way while another one meets it first', async () => {
  const world = await submissionWorld();
  await newDraft(world);
  const { db, tables } = world;
  const closesAt = '2022-04-10T16:00:00.000Z';
  const granted = await send(world.app.extend, {
    ...{ params: { callId: CALL_ID }, subject: 'officer', receivedAt: WHILE_OPEN },
    body: { reason: '系统故障', closesAt, unitId: 'unit-1' },
  });
  expect(granted.status, JSON.stringify(granted.body)).toBe(201);

  const readingOf = callAndDeadlineReader(db, tables.calls);
  const submission = { callId: CALL_ID, category: '1', unitId: 'unit-1' };
  const readings = [readingOf(submission), readingOf(submission)];
  for (const reading of readings) {
    const called = await reading.complete(await batchGet(db, tables.calls, reading.keys));
    expect(called?.deadline.closesAt).toBe(closesAt);
  }
  // From then on it is read with the head.
  expect(readingOf(submission).keys).toHaveLength(3);
});
