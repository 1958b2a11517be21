import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import * as z from 'zod';
import type { StreamMapping } from '#infra/local/mappings/local-mapping.ts';
import { pollStream } from '#infra/local/mappings/poll-stream.ts';
import { readShards } from '#infra/local/mappings/read-shards.ts';
import { openStreamPositions, type StreamPositions } from '#infra/local/mappings/stream-positions.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';

const CONFIG = { endpoint: inject('dynamoDbUrl'), region: REGION, credentials: CREDENTIALS };
const db = new DynamoDBClient(CONFIG);
const client = new DynamoDBStreamsClient(CONFIG);

afterAll(() => {
  db.destroy();
  client.destroy();
});

const MAPPING: StreamMapping = {
  kind: 'stream',
  name: 'HistoryStream',
  functionName: 'publish',
  tableName: 'History',
  batchSize: 10,
  reportsFailures: true,
  bisects: true,
  retries: 2,
  oldest: 3_600,
  patterns: [{ eventName: ['INSERT'] }],
  deadLetters: 'HistoryDeadLetters',
};

const Event = z.object({
  Records: z.array(
    z.looseObject({
      eventName: z.string(),
      dynamodb: z.looseObject({
        SequenceNumber: z.string(),
        NewImage: z.looseObject({ entry: z.object({ S: z.string() }), bytes: z.unknown() }),
      }),
    }),
  ),
});
type Records = z.output<typeof Event>['Records'];

const Account = z.looseObject({
  requestContext: z.looseObject({ condition: z.string(), approximateInvokeCount: z.number() }),
  DDBStreamBatchInfo: z.looseObject({
    batchSize: z.number(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
  }),
});

const entriesOf = (records: Records): string[] => records.map(({ dynamodb }) => dynamodb.NewImage.entry.S);

const makeTable = async () => {
  const TableName = randomUUID();
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'entry', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'entry', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  const { Table } = await db.send(new DescribeTableCommand({ TableName }));
  const put = async (...entries: string[]): Promise<void> => {
    for (const entry of entries)
      await db.send(new PutItemCommand({ TableName, Item: { entry: { S: entry }, bytes: { B: Buffer.from('二') } } }));
  };
  const remove = (entry: string) => db.send(new DeleteItemCommand({ TableName, Key: { entry: { S: entry } } }));
  return { streamArn: Table?.LatestStreamArn ?? '', put, remove };
};

/** Waits for what is a matter of seconds on a busy machine. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (let end = ends.pop(); end; end = ends.pop()) await end();
});

const feed = (
  streamArn: string,
  run: (records: Records) => unknown,
  { positions, mapping = MAPPING }: { positions: StreamPositions; mapping?: StreamMapping },
) => {
  const accounts: z.output<typeof Account>[] = [];
  const poller = pollStream({
    mapping,
    functionArn: 'arn:aws:lambda:ap-east-1:000000000000:function:publish',
    client,
    streamArn,
    region: REGION,
    positions,
    invoke: async (_name, event) => run(Event.parse(event).Records),
    tell: async (queueName, account) => {
      expect(queueName).toBe('HistoryDeadLetters');
      accounts.push(Account.parse(account));
    },
    waitAfter: () => 1,
  });
  const end = async (): Promise<void> => {
    poller.stop();
    await poller.ended;
  };
  ends.push(end);
  return { accounts, end };
};

test('hands over what is new, in its order and as Lambda does, and nothing else', async () => {
  const { streamArn, put, remove } = await makeTable();
  await put('1', '2', '1');
  await remove('2');
  const seen: Records = [];
  feed(streamArn, (records) => void seen.push(...records), { positions: await openStreamPositions() });
  await eventually(() => entriesOf(seen)).toEqual(['1', '2']);
  await put('3');
  await eventually(() => entriesOf(seen)).toEqual(['1', '2', '3']);
  expect(seen[0]).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    awsRegion: REGION,
    dynamodb: {
      Keys: { entry: { S: '1' } },
      NewImage: { entry: { S: '1' }, bytes: { B: Buffer.from('二').toString('base64') } },
      StreamViewType: 'NEW_IMAGE',
      ApproximateCreationDateTime: expect.any(Number),
    },
  });
});

test('begins again where the shard begins now, when the iterator points to what has left it', async () => {
  const { streamArn, put } = await makeTable();
  await put('1');
  const trimming = new DynamoDBStreamsClient(CONFIG);
  ends.push(async () => trimming.destroy());
  let looks = 0;
  trimming.middlewareStack.add(
    (next, { commandName }) =>
      async (sent) => {
        if (commandName !== 'GetRecordsCommand') return next(sent);
        looks += 1;
        if (looks > 1) return next(sent);
        throw new TrimmedDataAccessException({ message: 'past the oldest stream record in a shard', $metadata: {} });
      },
    { step: 'initialize' },
  );
  const reader = readShards(trimming, streamArn);
  const [shard] = await reader.shards();
  const shardId = shard?.ShardId ?? '';
  expect(await reader.read(shardId, undefined, 10)).toEqual({ records: [], isEnded: false });
  expect((await reader.read(shardId, undefined, 10)).records).toHaveLength(1);
});

test('halves a batch until the one record is left that the function throws at, tells the dead letters of it, and goes on', async () => {
  const { streamArn, put } = await makeTable();
  await put('1', '2', 'poison', '4', '5');
  const done: string[] = [];
  let poisoned = 0;
  const { accounts } = feed(
    streamArn,
    (records) => {
      if (entriesOf(records).includes('poison')) {
        if (records.length === 1) poisoned += 1;
        throw new Error('cannot');
      }
      done.push(...entriesOf(records));
    },
    { positions: await openStreamPositions() },
  );
  await put('6');
  await eventually(() => done).toEqual(['1', '2', '4', '5', '6']);
  // The first attempt and two more: halving does not count.
  expect(poisoned).toBe(3);
  expect(accounts).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn },
    },
  ]);
  expect(accounts[0]?.DDBStreamBatchInfo.startSequenceNumber).toBe(accounts[0]?.DDBStreamBatchInfo.endSequenceNumber);
});

test('goes on from the first record that a function reports', async () => {
  const { streamArn, put } = await makeTable();
  await put('1', '2', '3', '4');
  const batches: string[][] = [];
  feed(
    streamArn,
    (records) => {
      batches.push(entriesOf(records));
      const failed = batches.length > 1 ? [] : records.slice(2).reverse();
      return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
    },
    { positions: await openStreamPositions() },
  );
  await expect
    .poll(() => batches)
    .toEqual([
      ['1', '2', '3', '4'],
      ['3', '4'],
    ]);
});

test('gives up with the reported record all that comes after it in its batch', async () => {
  const { streamArn, put } = await makeTable();
  await put('poison', '2');
  const done: string[] = [];
  const { accounts } = feed(
    streamArn,
    (records) => {
      const failed = records.filter((record) => entriesOf([record])[0] === 'poison');
      if (failed.length === 0) done.push(...entriesOf(records));
      return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
    },
    { positions: await openStreamPositions() },
  );
  await eventually(() => accounts).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 2 } }]);
  await put('3');
  await eventually(() => done).toEqual(['3']);
});

test('gives up without an attempt what has become too old', async () => {
  const { streamArn, put } = await makeTable();
  await put('1');
  const run = () => expect.unreachable('it is too old');
  const options = { positions: await openStreamPositions(), mapping: { ...MAPPING, oldest: -60 } };
  const { accounts } = feed(streamArn, run, options);
  await eventually(() => accounts).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
});

test('goes on after a restart where it was, and hands over again what was interrupted', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'streams-'));
  const file = join(directory, 'positions.json');
  const { streamArn, put } = await makeTable();
  await put('1', '2');
  const before: string[] = [];
  const first = feed(streamArn, (records) => void before.push(...entriesOf(records)), {
    positions: await openStreamPositions(file),
  });
  await eventually(() => before).toEqual(['1', '2']);
  await first.end();

  await put('3');
  const interrupt = Promise.withResolvers<never>();
  let isRunning = false;
  const second = feed(
    streamArn,
    () => {
      isRunning = true;
      return interrupt.promise;
    },
    { positions: await openStreamPositions(file) },
  );
  await eventually(() => isRunning).toBe(true);
  const ending = second.end();
  interrupt.reject(new Error('its function was ended'));
  await ending;
  expect(second.accounts).toEqual([]);

  await put('4');
  const after: string[] = [];
  feed(streamArn, (records) => void after.push(...entriesOf(records)), { positions: await openStreamPositions(file) });
  await eventually(() => after).toEqual(['3', '4']);
  rmSync(directory, { recursive: true });
});
