import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';
import { freshTables } from '#test/support/dynamodb.ts';

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
