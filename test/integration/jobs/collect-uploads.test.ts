import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { attachmentKey, COLLECT } from '#shared/data/submission-items.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { JobFailed } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { announced, newDraft } from '#test/support/draft-steps.ts';
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
    await world.jobs.collect();
    expect(await world.attachments.find(submissionId, attachmentId)).toBeUndefined();
  });
});
