import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { attachmentItem, attachmentKey, COLLECT } from '#shared/data/submission-items.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { JobFailed } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { announced, newDraft } from '#test/support/draft-steps.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { type SubmissionWorld, submissionWorld } from '#test/support/submission-world.ts';

const HOUR = 3_600_000;

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

describe('an upload', () => {
  test('is collected behind any number of others that cannot be, whose failing is told', {
    timeout: 60_000,
  }, async () => {
    const told = vi.spyOn(log, 'error').mockReturnValue();
    const submissionId = await newDraft(world);
    const attachmentId = await announced(world, submissionId);
    const inFront = { collect: COLLECT, collectAt: '2022-01-01T00:00:00.000Z', state: 'broken' };
    const broken = Array.from({ length: 200 }, () => ({ ...attachmentKey(generateId(), generateId()), ...inFront }));
    await Promise.all(
      broken.map((Item) => world.db.send(new PutCommand({ TableName: world.tables.submissions, Item }))),
    );
    world.clock.now += 24 * HOUR;
    await expect(world.jobs.collect()).rejects.toThrow(JobFailed);
    expect(told.mock.calls.filter(([event]) => event === 'COLLECT_FAULT')).toHaveLength(200);
    expect(await world.attachments.find(submissionId, attachmentId)).toBeUndefined();
  });

  test('is collected behind any number of files that are awaited of drafts deleted since', {
    timeout: 60_000,
  }, async () => {
    const submissionId = await newDraft(world);
    const attachmentId = await announced(world, submissionId);
    const attachment = await world.attachments.find(submissionId, attachmentId);
    if (attachment === undefined) throw new Error('no file');
    const awaited = Array.from({ length: 200 }, () => ({
      ...attachmentItem(generateId(), { ...attachment, attachmentId: generateId() }),
      ...{ collect: COLLECT, collectAt: '2022-01-01T00:00:00.000Z' },
    }));
    await Promise.all(
      awaited.map((Item) => world.db.send(new PutCommand({ TableName: world.tables.submissions, Item }))),
    );
    world.clock.now += 24 * HOUR;
    await world.jobs.collect();
    expect(await world.attachments.find(submissionId, attachmentId)).toBeUndefined();
  });

  test('waits for the next run where this one has no time left', async () => {
    const drafts = [await newDraft(world), await newDraft(world)];
    for (const submissionId of drafts) await announced(world, submissionId);
    world.clock.now += 24 * HOUR;
    const left = async (): Promise<number[]> =>
      (await Promise.all(drafts.map((id) => world.submissions.load(id)))).map(
        (draft) => draft?.attachments.length ?? Number.NaN,
      );
    let looks = 0;
    await world.jobs.collect({
      ...lambdaContext(),
      getRemainingTimeInMillis: () => {
        looks += 1;
        return looks <= 2 ? 60_000 : 10_000;
      },
    });
    expect((await left()).sort()).toEqual([0, 1]);
    await world.jobs.collect();
    expect(await left()).toEqual([0, 0]);
  });
});
