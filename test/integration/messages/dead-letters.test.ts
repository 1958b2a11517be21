import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { runDeadLetters } from '#infra/dead-letters/run-dead-letters.ts';
import type { DeadLettersTarget } from '#infra/dead-letters/target.ts';
import { CannotStart } from '#infra/local/cannot-start.ts';
import { queueUrl } from '#infra/local/sqs/queue-url.ts';
import { type LocalSqs, startSqs } from '#infra/local/sqs/start-sqs.ts';
import { stepIn } from '#shared/data/export-items.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { historyOfCall, historyOfSubmission } from '#shared/data/history-items.ts';
import { newExport } from '#shared/domain/export/export.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { readyDraft } from '#test/support/draft-steps.ts';
import { historyOf } from '#test/support/history-of.ts';
import { type MessageWorld, messageWorld } from '#test/support/message-world.ts';
import { CALL_ID, CLOSES_AT, WHILE_OPEN } from '#test/support/submission-world.ts';

const NAMES = ['MessagesQueue', 'DeadLetters'];

let sqs: LocalSqs;
let world: MessageWorld;
let streams: DynamoDBStreamsClient;
let target: DeadLettersTarget;
/** Ids of events that the stage's bus was told. */
const onBus: string[] = [];

beforeAll(async () => {
  sqs = await startSqs({ port: 0, region: 'local', queues: NAMES.map((name) => ({ name, attributes: {} })) });
  world = await messageWorld();
  streams = new DynamoDBStreamsClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const tables = new Map([
    ['CallsTable', world.tables.calls],
    ['SubmissionsTable', world.tables.submissions],
    ['HistoryTable', world.tables.history],
    ['WebhooksTable', world.tables.webhooks],
    ['ExportsTable', world.tables.exports],
  ]);
  target = {
    sqs: sqs.client,
    db: world.db,
    streams,
    queueUrl: (logicalId) => queueUrl(sqs.url, logicalId),
    tableName: (logicalId) => tables.get(logicalId) ?? logicalId,
    objects: () => world.bucket.objects,
    bus: async (events) => {
      onBus.push(...events.map(({ id }) => id));
    },
  };
});

afterAll(async () => {
  streams.destroy();
  await sqs.close();
});

const run = (...argv: string[]) => runDeadLetters(argv, () => target);

const put = (queue: string, body: string) =>
  sqs.client.send(new SendMessageCommand({ QueueUrl: queueUrl(sqs.url, queue), MessageBody: body }));

const taken = async (queue: string): Promise<string[]> => {
  const { Messages = [] } = await sqs.client.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(sqs.url, queue), MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '' }) => Body);
};

/** Where the newest record of a table lies. */
const lastRecordOf = async (TableName: string) => {
  const { Table } = await world.db.send(new DescribeTableCommand({ TableName }));
  const streamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const shardId = StreamDescription?.Shards?.at(-1)?.ShardId;
  let { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  let sequenceNumber: string | undefined;
  for (;;) {
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    const newest = Records.at(-1)?.dynamodb?.SequenceNumber;
    if (newest === undefined) break;
    sequenceNumber = newest;
    ShardIterator = NextShardIterator;
  }
  return { streamArn, shardId, sequenceNumber };
};

/** Lambda's account of that record. */
const givenUp = async (tableName: string, elsewhere: Record<string, string> = {}): Promise<string> => {
  const { streamArn, shardId, sequenceNumber } = await lastRecordOf(tableName);
  const place = {
    ...{ shardId, streamArn, startSequenceNumber: sequenceNumber, endSequenceNumber: sequenceNumber },
    ...elsewhere,
  };
  return JSON.stringify({ DDBStreamBatchInfo: { ...place, batchSize: 1 } });
};

/** Has the stream give so many pages without records first, as it may do on the way to them. */
const withEmptyPages = async (pages: number, work: () => Promise<void>): Promise<void> => {
  let left = pages;
  streams.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'GetRecordsCommand' || left === 0) return next(args);
      left -= 1;
      const { ShardIterator } = z.object({ ShardIterator: z.string() }).parse(args.input);
      return { response: {}, output: { $metadata: {}, Records: [], NextShardIterator: ShardIterator } };
    },
    { step: 'initialize', name: 'emptyPages' },
  );
  await work().finally(() => streams.middlewareStack.remove('emptyPages'));
};

/** How many letters a command has left, kept from others for a while. */
const kept = async (): Promise<string | undefined> => {
  const all = { QueueUrl: queueUrl(sqs.url, 'DeadLetters'), AttributeNames: ['All' as const] };
  const { Attributes } = await sqs.client.send(new GetQueueAttributesCommand(all));
  return Attributes?.ApproximateNumberOfMessagesNotVisible;
};

const emptied = () => sqs.client.send(new PurgeQueueCommand({ QueueUrl: queueUrl(sqs.url, 'DeadLetters') }));

/** What was listed is kept from others for five seconds. */
const visible = () => new Promise((resolve) => setTimeout(resolve, 5_100));

it('lists what was given up by its kind, and puts back what is asked for, leaving all else', async () => {
  expect(await run('list')).toEqual(['There are none.']);
  await put('DeadLetters', '{"kind":"letter"}');
  await put('DeadLetters', '{"event":{},"webhook":{"name":"crm"}}');
  await put('DeadLetters', '{}');
  expect((await run('list')).map((line) => line.split(' ')[0]).sort()).toEqual(['jobs', 'mail', 'webhook']);
  await visible();
  expect(await run('replay', 'mail')).toEqual(['1 put back.']);
  expect(await taken('MessagesQueue')).toEqual(['{"kind":"letter"}']);
  expect(await run('replay', 'mail')).toEqual(['0 put back.']);
  expect((await run('list', 'webhook')).join()).toContain('"crm"');
  await visible();
  await expect(run('replay', 'jobs')).rejects.toThrow('Forget them');
  expect(await run('forget', 'jobs')).toEqual(['1 forgotten.']);
  expect(await run('forget', 'webhook')).toEqual(['1 forgotten.']);
  expect(await run('list')).toEqual(['There are none.']);
}, 40_000);

it('tells events again whose records were given up, of which Lambda keeps the place alone', async () => {
  const subject = historyOfCall(CALL_ID);
  const at = toInstant(WHILE_OPEN);
  await world.record(subject, 900, bySystem(at, 'closed', { closesAt: toInstant(CLOSES_AT) }));
  await put('DeadLetters', await givenUp(world.tables.history));
  const before = (await taken('MessagesQueue')).length;
  expect(await run('replay', 'events')).toEqual([`${subject} 00000900 is told again.`]);
  const messages = await taken('MessagesQueue');
  expect(messages).toHaveLength(before + 1);
  expect(messages.join()).toContain(`${subject}/00000900`);
  expect(onBus).toEqual([`${subject}/00000900`]);
  expect(await run('replay', 'events')).toEqual(['There are none.']);

  expect(await run('tell', subject, '00000900')).toEqual([`${subject} 00000900 is told again.`]);
  expect(await taken('MessagesQueue')).toHaveLength(before + 2);
});

it.each([
  ['that is not there', '00000777'],
  ['that lies in a head or in a file’s item', '00000001#verdict'],
])('says of an entry %s that the table has none', async (_, entry) => {
  await expect(run('tell', historyOfCall(CALL_ID), entry)).rejects.toThrow(
    `The history has no entry ${historyOfCall(CALL_ID)} ${entry}`,
  );
  await expect(run('tell', historyOfCall(CALL_ID), entry)).rejects.toBeInstanceOf(CannotStart);
});

it('reads on where the stream gives pages without records on the way to those of a letter', async () => {
  const subject = historyOfCall(CALL_ID);
  await world.record(subject, 901, bySystem(toInstant(WHILE_OPEN), 'closed', { closesAt: toInstant(CLOSES_AT) }));
  await put('DeadLetters', await givenUp(world.tables.history));
  await withEmptyPages(3, async () => {
    expect(await run('replay', 'events')).toEqual([`${subject} 00000901 is told again.`]);
  });
});

it.each([
  ['whose records the stream does not reach', { endSequenceNumber: '9'.repeat(21) }],
  ['whose shard is gone', { shardId: 'shardId-00000000000000000000-00000000' }],
])('keeps a letter %s, and goes on with the next', async (_, elsewhere) => {
  const subject = historyOfCall(CALL_ID);
  await put('DeadLetters', await givenUp(world.tables.history, elsewhere));
  await put('DeadLetters', await givenUp(world.tables.history));
  const lines = await run('replay', 'events');
  expect(lines).toHaveLength(2);
  expect(lines).toContainEqual(
    expect.stringMatching(/: the stream has it no longer, or does not give it\. .*tell SUBJECT ENTRY/),
  );
  expect(lines).toContain(`${subject} 00000901 is told again.`);
  expect(await kept()).toBe('1');
  await emptied();
});

it('has a step of an export done again: as a new item, which the stream tells of', async () => {
  const exports = exportsRepository(world.db, world.tables.exports);
  const asked = { exportId: 'given-up', callId: CALL_ID, organiser: 'o', format: 'zip', status: 'submitted' } as const;
  const one = newExport(asked, Date.now());
  await exports.createWith(one, []);
  await exports.addParts(one, 1);
  await put('DeadLetters', await givenUp(world.tables.exports));
  expect(await run('replay', 'exports')).toEqual(['given-up#step#0001 is told again.']);
  const { Items = [] } = await world.db.send(new ScanCommand({ TableName: world.tables.exports }));
  const again = Items.filter(({ exportId }) => /^given-up#step#0001#/.test(String(exportId)));
  expect(again.map((item) => stepIn(item)?.step)).toEqual([{ exportId: 'given-up', part: 1 }]);
});

/** What GuardDuty has found in a version of a file, as EventBridge tells of it. */
const foundIn = (submissionId: string, attachmentId: string, versionId: string | undefined) => ({
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  source: 'aws.guardduty',
  detail: {
    s3ObjectDetails: { objectKey: attachmentObjectKey(submissionId, attachmentId), versionId },
    scanResultDetails: { scanResultStatus: 'THREATS_FOUND', threats: [{ name: 'EICAR' }] },
  },
});

/** Lambda's account of an event that a job failed at. */
const failedAt = (job: string, event: unknown) => ({
  version: '1.0',
  requestContext: { requestId: 'invocation-1', functionArn: `arn:aws:lambda:local:0:function:${job}:$LATEST` },
  requestPayload: event,
});

it.each([
  ['could not be handed over', (event: unknown) => event],
  ['its job failed at', (event: unknown) => failedAt('recordScan', event)],
])('keeps a result of a scan that %s, ahead of the file’s own event, and as often as it comes', async (_, letterOf) => {
  const { submissionId, attachmentId } = await readyDraft(world);
  const [versionId] = world.bucket.versionsOf(attachmentObjectKey(submissionId, attachmentId));
  for (const line of [/ is kept\.$/, / says nothing new/]) {
    await put('DeadLetters', JSON.stringify(letterOf(foundIn(submissionId, attachmentId, versionId))));
    expect(await run('replay', 'scans')).toEqual([expect.stringMatching(line)]);
    expect(await run('replay', 'scans')).toEqual(['There are none.']);
  }
  expect(await world.attachments.find(submissionId, attachmentId)).toMatchObject({ state: 'admitted', scan: 'threat' });
  const history = await historyOf(world, historyOfSubmission(submissionId));
  expect(history.filter(({ action }) => action === 'malware-found')).toHaveLength(1);
});

it('leaves a result of a scan that cannot be kept where it is', async () => {
  await put('DeadLetters', JSON.stringify(foundIn('submission', 'file', undefined)));
  expect(await run('replay', 'scans')).toEqual([expect.stringContaining(' cannot be kept: ')]);
  expect(await kept()).toBe('1');
  await emptied();
});

it('says what it takes', async () => {
  expect((await run()).join()).toContain('replay KIND');
  await expect(run('replay', 'nothing')).rejects.toThrow('Name a kind');
  await expect(run('empty')).rejects.toThrow('is no command');
});
