import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf } from '#infra/functions.ts';
import type { JobId } from '#infra/jobs.ts';
import type { QueueName } from '#infra/queues.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { attachmentObjectKey, parseAttachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import {
  arrivedFile,
  askForExport,
  callWebhookAt,
  makeRetentionDue,
  scannedFile,
  versionsBelow,
} from '#test/support/ready-for-jobs.ts';
import { isAuthentic, startReceiver } from '#test/support/webhook-receiver.ts';
import { startWorld } from '#test/support/world.ts';
import { attachmentOf, CALLS, EXPORTS, SUBMISSIONS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { deployFunction } from './deployed-function.ts';
import { recordedEvent } from './recorded-events.ts';

let world: Stores;

// The world takes seconds, and several times that where all of a machine is busy.
beforeAll(async () => {
  world = await startWorld();
}, 120_000);

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

const callHead = (callId: string) => callsRepository(world.db, world.tables.calls).head(callId);

const attachmentsIn = async (submissionId: string) =>
  (await submissionsRepository(world.db, world.tables.submissions).load(submissionId))?.attachments;

const waitingIn = async (queue: QueueName): Promise<Record<string, unknown>[]> => {
  const { Messages = [] } = await world.sqs.client.send(
    new ReceiveMessageCommand({ QueueUrl: world.queues[queue], MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
};

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
  const event = await arrivedFile(world);
  const { object } = event.detail;
  const named = { submissionId: SUBMISSIONS.arriving, attachmentId: attachmentOf(SUBMISSIONS.arriving) };
  expect(parseAttachmentObjectKey(object.key)).toEqual(named);
  await run('admitAttachment', event, 2);
  expect(await attachmentsIn(named.submissionId)).toMatchObject([
    { state: 'admitted', versionId: object['version-id'] },
  ]);
});

describe('recordScan keeps what its event tells of the file, which it admits where that was not done, also when told twice', () => {
  // In this order each says more than what is known by then.
  it.each([
    ['jobs/record-scan.access-denied', 'unscanned'],
    ['jobs/record-scan.failed', 'unscanned'],
    ['jobs/record-scan.unsupported', 'unscanned'],
    ['jobs/record-scan', 'clean'],
    ['jobs/record-scan.threats-found', 'threat'],
  ])('%s: %s', async (name, scan) => {
    const { event, object } = await scannedFile(world, name);
    const named = { submissionId: SUBMISSIONS.arriving, attachmentId: attachmentOf(SUBMISSIONS.arriving) };
    expect(parseAttachmentObjectKey(object.objectKey)).toEqual(named);
    await run('recordScan', event, 2);
    expect(await attachmentsIn(named.submissionId)).toMatchObject([
      { state: 'admitted', versionId: object.versionId, scan },
    ]);
  });
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
  expect(await versionsBelow(world, prefix)).toHaveLength(1);
  expect(await attachmentsIn(SUBMISSIONS.awaiting)).toMatchObject([{ state: 'expected' }]);
  await run('collectUploads', recordedEvent('jobs/collect-uploads'), 2);
  expect(await versionsBelow(world, prefix)).toEqual([]);
  expect(await itemsOf(SUBMISSIONS.deleted)).toBe(0);
  expect(await attachmentsIn(SUBMISSIONS.awaiting)).toEqual([]);
  const kept = attachmentObjectKey(SUBMISSIONS.submitted, attachmentOf(SUBMISSIONS.submitted));
  expect(await versionsBelow(world, kept)).toHaveLength(1);
  expect(await attachmentsIn(SUBMISSIONS.submitted)).toMatchObject([{ state: 'admitted' }]);
});

it('publishEvents hands the submit of its event to mail and to each webhook, and says nothing of a save', async () => {
  await run('publishEvents', recordedEvent('jobs/publish-events'));
  const event = { type: 'submission.submitted', data: { submissionId: SUBMISSIONS.submitted } };
  const webhook = { organizationId: 'changde-kexie' };
  const told = await waitingIn('messages');
  expect(told.filter(({ kind }) => kind !== undefined)).toMatchObject([{ kind: 'audience', event }]);
  expect(told.filter(({ kind }) => kind === undefined)).toMatchObject([
    { event, webhook },
    { event, webhook },
  ]);
});

it('deliverMessages finds who has begun nothing, once, leaves a mail for each in its queue, and calls the webhook that a message names, once', async () => {
  const receiver = await startReceiver();
  const webhook = await callWebhookAt(world, receiver.url);
  await run('deliverMessages', recordedEvent('jobs/deliver-messages'), 2);
  await receiver.close();
  expect(receiver.delivered.map((message) => isAuthentic(message, webhook.secret, Date.now()))).toEqual([true]);
  const letters = (await waitingIn('messages')).filter(({ kind }) => kind === 'letter');
  expect(letters.map(({ kind, to }) => [kind, to])).toEqual([
    ['letter', { subject: 'demo-secretary-2', organizationId: 'changde-nongxue', role: 'applicant' }],
    ['letter', { subject: 'demo-secretary-3', organizationId: 'yuanjiang-xueyuan-kexie', role: 'applicant' }],
  ]);
});

it.each(['xlsx', 'ndjson'] as const)(
  'runExport writes an export of format %s, also when told twice',
  async (format) => {
    const exports = exportsRepository(world.db, world.tables.exports);
    const exportId = EXPORTS.asked.replace('0', format === 'xlsx' ? '1' : '2');
    // The sealed one is what 受理编号 are read of.
    const callId = format === 'xlsx' ? CALLS.sealed : CALLS.past;
    await askForExport(world, { exportId, callId, format });
    const event = JSON.parse(JSON.stringify(recordedEvent('jobs/run-export')).replaceAll(EXPORTS.asked, exportId));
    await run('runExport', event, 2);
    const done = await exports.find(exportId);
    expect(done).toMatchObject({ partsDone: 1 });
    expect(done === undefined ? [] : await exports.parts(done)).toMatchObject([{ part: 1, submissions: 1 }]);
  },
);

it('runExport divides an archive and writes its parts', async () => {
  const exports = exportsRepository(world.db, world.tables.exports);
  await askForExport(world, { exportId: EXPORTS.asked, callId: CALLS.past, format: 'zip' });
  const whole = recordedEvent('jobs/run-export');
  const dividing = JSON.stringify(whole).replace(',"part":{"N":"1"}', '').replaceAll('#step#0001', '#step#0000');
  await run('runExport', JSON.parse(dividing));
  expect(await exports.find(EXPORTS.asked)).toMatchObject({ plan: { parts: 1 }, of: 1 });
  await run('runExport', whole, 2);
  expect(await exports.find(EXPORTS.asked)).toMatchObject({ partsDone: 1, done: 1 });
});

it('applyRetention deletes a draft left, and of what was submitted answers, files and their names', async () => {
  await makeRetentionDue(world);
  const prefix = `submissions/${SUBMISSIONS.past}/`;
  expect(await versionsBelow(world, prefix)).toHaveLength(1);
  await run('applyRetention', recordedEvent('jobs/apply-retention'), 2);
  expect(await versionsBelow(world, prefix)).toEqual([]);
  expect(await attachmentsIn(SUBMISSIONS.past)).toMatchObject([{ filename: '' }]);
  expect(await attachmentsIn(SUBMISSIONS.left)).toBeUndefined();
  expect((await callHead(CALLS.past))?.erasedFrom).toBeDefined();
});
