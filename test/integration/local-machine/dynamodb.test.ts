import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';
import { batchPut } from '#shared/data/batch-put.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { emptyTables } from '#test/support/empty-tables.ts';

test('keeps the tables of two suites apart', async () => {
  const [one, other] = await Promise.all([freshTables(['calls']), freshTables(['calls'])]);
  await one.db.send(new PutCommand({ TableName: one.tables.calls, Item: { callId: 'c', item: 'head' } }));
  const query = {
    KeyConditionExpression: 'callId = :c',
    ExpressionAttributeValues: { ':c': 'c' },
  };
  const mine = await one.db.send(new QueryCommand({ TableName: one.tables.calls, ...query }));
  const theirs = await other.db.send(new QueryCommand({ TableName: other.tables.calls, ...query }));
  expect([mine.Count, theirs.Count]).toEqual([1, 0]);
});

test.each([26, 400])('is emptied of %i items for the tests that come after', async (count) => {
  const TableName = `filled-with-${count}`;
  const table = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' as const }],
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' as const }],
  };
  const db = await emptyTables([table]);
  const kept = async () => (await db.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count;
  await batchPut(
    db,
    TableName,
    Array.from({ length: count }, (_, item) => ({ key: `${item}` })),
  );
  expect(await kept()).toBe(count);
  await emptyTables([table]);
  expect(await kept()).toBe(0);
});

test('refuses a port that is taken in one line that says what to do', async () => {
  const first = await startDynamoDb();
  try {
    const port = Number(new URL(first.url).port);
    await expect(startDynamoDb({ port })).rejects.toThrow(
      new RegExp(`^Port ${port} cannot be used \\(EADDRINUSE\\): stop .* or choose another port\\.$`),
    );
  } finally {
    await first.stop();
  }
});

test('answers no more once stopped', async () => {
  const dynamoDb = await startDynamoDb();
  await dynamoDb.stop();
  await expect(fetch(dynamoDb.url)).rejects.toThrow();
});
