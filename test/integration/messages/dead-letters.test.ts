import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { runDeadLetters } from '#infra/dead-letters/run-dead-letters.ts';
import type { DeadLettersTarget } from '#infra/dead-letters/target.ts';
import { queueUrl } from '#infra/local/sqs/queue-url.ts';
import { type LocalSqs, startSqs } from '#infra/local/sqs/start-sqs.ts';
import { historyOfCall } from '#shared/data/history-items.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { type MessageWorld, messageWorld } from '#test/support/message-world.ts';
import { CALL_ID, CLOSES_AT, WHILE_OPEN } from '#test/support/submission-world.ts';

const NAMES = ['MailQueue', 'MailDeadLetters', 'WebhookQueue', 'PublishEventsStreamDeadLetters'];

let sqs: LocalSqs;
let world: MessageWorld;
let streams: DynamoDBStreamsClient;
let target: DeadLettersTarget;

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
  ]);
  target = {
    sqs: sqs.client,
    db: world.db,
    streams,
    queueUrl: (logicalId) => queueUrl(sqs.url, logicalId),
    tableName: (logicalId) => tables.get(logicalId) ?? logicalId,
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

/** Where the newest record of the history lies. */
const lastRecord = async () => {
  const { Table } = await world.db.send(new DescribeTableCommand({ TableName: world.tables.history }));
  const streamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const shardId = StreamDescription?.Shards?.at(-1)?.ShardId;
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  return { streamArn, shardId, sequenceNumber: Records.at(-1)?.dynamodb?.SequenceNumber };
};

it('lists what a queue gave up, and puts it back', async () => {
  expect(await run('list', 'mail')).toEqual(['There are none.']);
  await put('MailDeadLetters', '{"kind":"letter"}');
  expect(await run('replay', 'mail')).toEqual(['1 put back.']);
  expect(await taken('MailQueue')).toEqual(['{"kind":"letter"}']);
  expect(await run('replay', 'mail')).toEqual(['0 put back.']);
});

it('tells events again whose records were given up, of which Lambda keeps the place alone', async () => {
  const subject = historyOfCall(CALL_ID);
  const at = toInstant(WHILE_OPEN);
  await world.record(subject, 900, bySystem(at, 'closed', { closesAt: toInstant(CLOSES_AT) }));
  const { streamArn, shardId, sequenceNumber } = await lastRecord();
  const place = { shardId, streamArn, startSequenceNumber: sequenceNumber, endSequenceNumber: sequenceNumber };
  await put('PublishEventsStreamDeadLetters', JSON.stringify({ DDBStreamBatchInfo: { ...place, batchSize: 1 } }));
  const before = (await taken('MailQueue')).length;
  expect(await run('replay', 'events')).toEqual([`${subject} 00000900 is told again.`]);
  const messages = await taken('MailQueue');
  expect(messages).toHaveLength(before + 1);
  expect(messages.join()).toContain(`${subject}/00000900`);
  expect(await run('replay', 'events')).toEqual(['There are none.']);

  expect(await run('tell', subject, '00000900')).toEqual([`${subject} 00000900 is told again.`]);
  expect(await taken('MailQueue')).toHaveLength(before + 2);
});

it('says what it takes', async () => {
  expect((await run()).join()).toContain('replay QUEUE');
  await expect(run('replay', 'nothing')).rejects.toThrow('Name a queue');
  await expect(run('empty')).rejects.toThrow('is no command');
});
