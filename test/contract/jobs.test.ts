import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderOf } from '#infra/functions.ts';
import type { JobId } from '#infra/jobs.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { attachmentObjectKey, parseAttachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { startWorld } from '#test/support/world.ts';
import { attachmentOf, CALLS, SUBMISSIONS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { deployFunction } from './deployed-function.ts';
import { recordedEvent, recordedObjectCreated } from './recorded-events.ts';

let world: Stores;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

/** Runs a job on an event as it is deployed, as often as `times`, and expects it to have had every right it used. */
const run = async (id: JobId, event: unknown, times = 1): Promise<void> => {
  const deployed = await deployFunction(id, folderOf('jobs', id), world);
  try {
    for (let time = 1; time <= times; time += 1) await deployed.invoke(event);
    expect(deployed.denied()).toEqual([]);
  } finally {
    await deployed.remove();
  }
};

const versionsBelow = async (prefix: string): Promise<string[]> => {
  const { Versions = [] } = await world.s3.send(
    new ListObjectVersionsCommand({ Bucket: world.buckets.attachments, Prefix: prefix }),
  );
  return Versions.map(({ VersionId }) => VersionId ?? '');
};

const callHead = (callId: string) => callsRepository(world.db, world.tables.calls).head(callId);

const attachmentsIn = async (submissionId: string) =>
  (await submissionsRepository(world.db, world.tables.submissions).load(submissionId))?.attachments;

const itemsOf = async (submissionId: string): Promise<number | undefined> => {
  const { Count } = await world.db.send(
    new QueryCommand({
      TableName: world.tables.submissions,
      KeyConditionExpression: 'submissionId = :submissionId',
      ExpressionAttributeValues: { ':submissionId': submissionId },
    }),
  );
  return Count;
};

it('admitAttachment admits the file whose arrival its event tells, also when told twice', async () => {
  const event = recordedObjectCreated('jobs/admit-attachment');
  const { object } = event.detail;
  const named = { submissionId: SUBMISSIONS.arriving, attachmentId: attachmentOf(SUBMISSIONS.arriving) };
  expect(parseAttachmentObjectKey(object.key)).toEqual(named);
  const [versionId = ''] = await versionsBelow(object.key);
  // Which version it is, the store decides anew each time.
  const arrived = { ...event, detail: { ...event.detail, object: { ...object, 'version-id': versionId } } };
  await run('admitAttachment', arrived, 2);
  expect(await attachmentsIn(named.submissionId)).toMatchObject([{ state: 'admitted', versionId }]);
});

it('advanceCalls records the close of the call whose deadline has passed, once, and of no other', async () => {
  await run('advanceCalls', recordedEvent('jobs/advance-calls'));
  const closed = await callHead(CALLS.past);
  expect(closed?.closing).toMatchObject({ submissions: 1, units: 1, drafts: 1 });
  expect((await callHead(CALLS.open))?.closing).toBeUndefined();
  await run('advanceCalls', recordedEvent('jobs/advance-calls'));
  expect(await callHead(CALLS.past)).toEqual(closed);
});

it('sealCalls seals the call that has closed, once', async () => {
  await run('advanceCalls', recordedEvent('jobs/advance-calls'), 2);
  await run('sealCalls', recordedEvent('jobs/seal-calls'));
  const sealed = await callHead(CALLS.past);
  expect(sealed?.seal).toMatchObject({ number: 1, submissions: 1 });
  await run('sealCalls', recordedEvent('jobs/seal-calls'));
  expect(await callHead(CALLS.past)).toEqual(sealed);
});

it('collectUploads removes what a deleted draft left and what was announced and never sent, and nothing that counts', async () => {
  const prefix = `submissions/${SUBMISSIONS.deleted}/`;
  expect(await versionsBelow(prefix)).toHaveLength(1);
  expect(await attachmentsIn(SUBMISSIONS.awaiting)).toMatchObject([{ state: 'expected' }]);
  await run('collectUploads', recordedEvent('jobs/collect-uploads'), 2);
  expect(await versionsBelow(prefix)).toEqual([]);
  expect(await itemsOf(SUBMISSIONS.deleted)).toBe(0);
  expect(await attachmentsIn(SUBMISSIONS.awaiting)).toEqual([]);
  const kept = attachmentObjectKey(SUBMISSIONS.submitted, attachmentOf(SUBMISSIONS.submitted));
  expect(await versionsBelow(kept)).toHaveLength(1);
  expect(await attachmentsIn(SUBMISSIONS.submitted)).toMatchObject([{ state: 'admitted' }]);
});
