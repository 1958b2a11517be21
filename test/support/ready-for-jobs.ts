import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { startRetention } from '#shared/data/retention-items.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { type Export, newExport } from '#shared/domain/export/export.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { recordedObjectCreated, recordedScanResult } from '#test/contract/recorded-events.ts';
import { CALLS, WEBHOOKS } from './world-ids.ts';
import type { Stores } from './world-stores.ts';

/** Whose the calls and webhooks of the fixture world are. */
const ORGANISER = 'changde-kexie';

/** All versions of attachments below a prefix. */
export const versionsBelow = async ({ s3, buckets }: Stores, prefix: string): Promise<string[]> => {
  const { Versions = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket: buckets.attachments, Prefix: prefix }),
  );
  return Versions.map(({ VersionId }) => VersionId ?? '');
};

/** The arrival of a file: which version it is, the store decides anew each time. */
export const arrivedFile = async (world: Stores) => {
  const event = recordedObjectCreated('jobs/admit-attachment');
  const { object } = event.detail;
  const [versionId = ''] = await versionsBelow(world, object.key);
  return { ...event, detail: { ...event.detail, object: { ...object, 'version-id': versionId } } };
};

/** GuardDuty's result for the file that has arrived. */
export const scannedFile = async (world: Stores, name: string) => {
  const { event, object } = recordedScanResult(name);
  const [versionId = ''] = await versionsBelow(world, object.objectKey);
  object.versionId = versionId;
  return { event, object };
};

/** Lets the webhook that deliver-messages' event names be called at another address. */
export const callWebhookAt = async ({ db, tables }: Stores, url: string) => {
  const webhooks = webhooksRepository(db, tables.webhooks);
  const webhook = await webhooks.find(ORGANISER, WEBHOOKS[0]);
  if (webhook === undefined) throw new Error('The world has no webhook');
  await webhooks.saveAtRevision({ ...webhook, url, revision: 2 }, 1);
  return webhook;
};

/** Asks for an export now, since exports expire by the real clock of the job. */
export const askForExport = async (
  { db, tables }: Stores,
  asked: Pick<Export, 'exportId' | 'callId' | 'format'>,
): Promise<void> => {
  const one = newExport({ ...asked, organiser: ORGANISER, status: 'submitted' }, Date.now());
  if (!(await exportsRepository(db, tables.exports).createWith(one, [])))
    throw new Error(`The export ${asked.exportId} was asked for before.`);
};

/** Lets the call that is past be closed and sealed so long ago that everything of it is due to be erased. */
export const makeRetentionDue = async ({ db, tables }: Stores): Promise<void> => {
  const head = await callsRepository(db, tables.calls).head(CALLS.past);
  if (head === undefined) throw new Error('The world has no call that is past.');
  const closesAt = '2012-03-31T16:00:00.000Z';
  const seal = { number: 1, through: closesAt, root: '0'.repeat(64), sealedAt: closesAt, submissions: 1 };
  await callChanges(db, tables).replaceHeadAtRevision(
    { ...head, revision: head.revision + 1, closesAt, lastClosesAt: undefined, seal },
    head.revision,
    bySystem(closesAt, 'sealed'),
    [startRetention(tables.calls, CALLS.past, closesAt)],
  );
};
