import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { meter } from '#test/bench/meter.ts';
import { describeTables } from '#test/bench/metered-tables.ts';
import { freshTables } from '#test/support/dynamodb.ts';

let db: DynamoDBDocumentClient;
let calls: string;
let submissions: string;
let counted: ReturnType<typeof meter>;

beforeAll(async () => {
  const fresh = await freshTables(['calls', 'submissions']);
  ({ db } = fresh);
  ({ calls, submissions } = fresh.tables);
  const observer = new DynamoDBClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  counted = meter(db, await describeTables(observer, { calls, submissions }), observer);
});

const head = (id: string, more: object = {}) => ({ submissionId: id, item: 'head', ...more });
const put = (item: Record<string, unknown>) => db.send(new PutCommand({ TableName: submissions, Item: item }));

const Consumed = z.object({ CapacityUnits: z.number() });
const Reply = z.object({ ConsumedCapacity: z.union([Consumed, z.array(Consumed)]) });
const reported = (reply: unknown): number => {
  const { ConsumedCapacity } = Reply.parse(reply);
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
};

const INDEXES = { ReturnConsumedCapacity: 'INDEXES' } as const;
const indexed = { unitId: 'u', created: '1' };
const Key = head('a');
const TableName = () => ({ TableName: submissions });

test.each<[string, () => Promise<unknown>]>([
  [
    'puts an item',
    () => db.send(new PutCommand({ ...TableName(), Item: head('new', { p: 'x'.repeat(1_100) }), ...INDEXES })),
  ],
  [
    'puts an item into an index',
    () => db.send(new PutCommand({ ...TableName(), Item: head('in', indexed), ...INDEXES })),
  ],
  ['replaces a larger item', () => db.send(new PutCommand({ ...TableName(), Item: Key, ...INDEXES }))],
  [
    'changes an attribute',
    () =>
      db.send(
        new UpdateCommand({
          ...TableName(),
          Key,
          UpdateExpression: 'SET more = :more',
          ExpressionAttributeValues: { ':more': 'x'.repeat(2_000) },
          ...INDEXES,
        }),
      ),
  ],
  [
    'moves an item within an index',
    () =>
      db.send(
        new UpdateCommand({
          ...TableName(),
          Key,
          UpdateExpression: 'SET created = :created',
          ExpressionAttributeValues: { ':created': '2' },
          ...INDEXES,
        }),
      ),
  ],
  ['deletes an item', () => db.send(new DeleteCommand({ ...TableName(), Key, ...INDEXES }))],
  ['reads an item', () => db.send(new GetCommand({ ...TableName(), Key, ConsistentRead: true, ...INDEXES }))],
  ['reads an item eventually', () => db.send(new GetCommand({ ...TableName(), Key, ...INDEXES }))],
  ['reads nothing', () => db.send(new GetCommand({ ...TableName(), Key: head('nobody'), ...INDEXES }))],
  [
    'reads a part of an item',
    () => db.send(new GetCommand({ ...TableName(), Key, ProjectionExpression: 'submissionId', ...INDEXES })),
  ],
  [
    'reads a batch',
    () =>
      db.send(
        new BatchGetCommand({
          RequestItems: { [submissions]: { Keys: [Key, head('indexed')], ConsistentRead: true } },
          ...INDEXES,
        }),
      ),
  ],
  [
    'queries a partition',
    () =>
      db.send(
        new QueryCommand({
          ...TableName(),
          KeyConditionExpression: 'submissionId = :id',
          ExpressionAttributeValues: { ':id': 'a' },
          ConsistentRead: true,
          ...INDEXES,
        }),
      ),
  ],
  [
    'queries with a filter',
    () =>
      db.send(
        new QueryCommand({
          ...TableName(),
          KeyConditionExpression: 'submissionId = :id',
          FilterExpression: 'attribute_exists(nothing)',
          ExpressionAttributeValues: { ':id': 'a' },
          ...INDEXES,
        }),
      ),
  ],
  [
    'queries an index',
    () =>
      db.send(
        new QueryCommand({
          ...TableName(),
          IndexName: 'byUnit',
          KeyConditionExpression: 'unitId = :unit',
          ExpressionAttributeValues: { ':unit': 'u' },
          ...INDEXES,
        }),
      ),
  ],
  [
    'reads in a transaction',
    () => db.send(new TransactGetCommand({ TransactItems: [{ Get: { ...TableName(), Key } }], ...INDEXES })),
  ],
  [
    'puts an item in a transaction',
    () =>
      db.send(
        new TransactWriteCommand({
          TransactItems: [{ Put: { ...TableName(), Item: head('new', { p: 'x'.repeat(1_500) }) } }],
          ...INDEXES,
        }),
      ),
  ],
  [
    'moves an item within an index in a transaction',
    () =>
      db.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                ...TableName(),
                Key,
                UpdateExpression: 'SET created = :created',
                ExpressionAttributeValues: { ':created': '2' },
              },
            },
          ],
          ...INDEXES,
        }),
      ),
  ],
  [
    'deletes an item in a transaction',
    () => db.send(new TransactWriteCommand({ TransactItems: [{ Delete: { ...TableName(), Key } }], ...INDEXES })),
  ],
])('agrees with DynamoDB Local where one %s', async (_what, work) => {
  await put(head('indexed', indexed));
  await put(head('a', { ...indexed, p: 'x'.repeat(5_000) }));
  await put({ submissionId: 'a', item: 'answers#0001', answers: new Uint8Array(9_000) });
  const { result, usage } = await counted.measure(work);
  expect(usage.wru + usage.rru).toBe(reported(result));
});

test('says what each item and index cost', async () => {
  await put(head('b'));
  const { usage } = await counted.measure(() => put(head('b', indexed)));
  expect(usage).toMatchObject({ requests: 1, roundTrips: 1, readRoundTrips: 0, writeRoundTrips: 1, wru: 2, rru: 0 });
  expect(usage.charges.map(({ of, command, wru }) => [of, command, wru])).toEqual([
    ['submissions/head', 'PutItemCommand', 1],
    ['submissions:byUnit', 'PutItemCommand', 1],
  ]);
});

test('counts each item of a transaction twice, a condition check too', async () => {
  await put(head('c', { p: 'x'.repeat(1_500) }));
  const version = { callId: 'c', item: 'version#00001#form#KEY' };
  const { usage } = await counted.measure(() =>
    db.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            ConditionCheck: {
              TableName: submissions,
              Key: head('c'),
              ConditionExpression: 'attribute_exists(submissionId)',
            },
          },
          { Put: { TableName: calls, Item: version } },
        ],
      }),
    ),
  );
  expect(usage.charges.map(({ of, wru }) => [of, wru])).toEqual([
    ['submissions/head', 4],
    ['calls/form', 2],
  ]);
  expect(usage).toMatchObject({ wru: 6, rru: 0, writeRoundTrips: 1 });
});

test('counts a write whose condition fails', async () => {
  await put(head('d', { p: 'x'.repeat(1_500) }));
  const { usage } = await counted.measure(async () => {
    await expect(
      db.send(
        new PutCommand({
          TableName: submissions,
          Item: head('d'),
          ConditionExpression: 'attribute_not_exists(submissionId)',
        }),
      ),
    ).rejects.toThrow();
  });
  expect(usage).toMatchObject({ requests: 1, wru: 2 });
});

test('counts a key of a batch without an item, which DynamoDB Local does not', async () => {
  const { usage } = await counted.measure(() =>
    db.send(
      new BatchGetCommand({
        RequestItems: { [submissions]: { Keys: [head('no one'), head('nobody')], ConsistentRead: true } },
      }),
    ),
  );
  expect(usage).toMatchObject({ requests: 1, rru: 2 });
});

test('counts a batch of writes item by item', async () => {
  const { usage } = await counted.measure(() =>
    db.send(
      new BatchWriteCommand({
        RequestItems: {
          [submissions]: [{ PutRequest: { Item: head('e') } }, { DeleteRequest: { Key: head('nobody') } }],
        },
      }),
    ),
  );
  expect(usage).toMatchObject({ requests: 1, roundTrips: 1, wru: 2 });
});

test('counts requests sent together as one round trip, and what follows them as the next', async () => {
  const get = (id: string) => db.send(new GetCommand({ TableName: submissions, Key: head(id) }));
  const { usage } = await counted.measure(async () => {
    await Promise.all(['w', 'x', 'y', 'z'].map(get));
    await put(head('f'));
  });
  expect(usage).toMatchObject({ requests: 5, roundTrips: 2, readRoundTrips: 1, writeRoundTrips: 1, rru: 2, wru: 1 });
});

test('counts nothing outside what it measures', async () => {
  await put(head('g'));
  const { usage } = await counted.measure(async () => undefined);
  expect(usage).toMatchObject({ requests: 0, roundTrips: 0, wru: 0, rru: 0, charges: [] });
});

test('refuses a scan, which no function may do', async () => {
  await expect(counted.measure(() => db.send(new ScanCommand({ TableName: submissions })))).rejects.toThrow(
    'The meter does not count ScanCommand',
  );
});

test.each([
  ['strings', { v: '申报' }],
  ['numbers', { v: 1234567890, w: -0.5, x: 1e11, y: 1.234 }],
  ['bytes', { v: new Uint8Array(10) }],
  ['sets', { v: new Set(['a', 'bc']), w: new Set([1, 22]) }],
  ['documents', { v: [{ a: 'b', c: [] }, {}, null, true] }],
])('finds a kilobyte of %s where DynamoDB Local finds it', async (_what, values) => {
  const padded = (bytes: number) => head('h', { ...values, pad: 'x'.repeat(bytes) });
  const measured = async (bytes: number) => {
    const { result, usage } = await counted.measure(() =>
      db.send(new PutCommand({ TableName: submissions, Item: padded(bytes), ...INDEXES })),
    );
    return { local: reported(result), counted: usage.wru, bytes: usage.charges[0]?.bytes ?? 0 };
  };
  await put(padded(0));
  const { bytes } = await measured(0);
  expect(await measured(1024 - bytes)).toEqual({ local: 1, counted: 1, bytes: 1024 });
  expect(await measured(1025 - bytes)).toEqual({ local: 2, counted: 2, bytes: 1025 });
});
