import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, inject, test } from 'vitest';
import { grownLists, measureListPages } from '#test/bench/list-pages.ts';
import { freshTables } from '#test/support/dynamodb.ts';

const costsOf = async (count: number) => {
  const observer = new DynamoDBClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    return await measureListPages(await freshTables(), observer, { count, limit: 5 });
  } finally {
    observer.destroy();
  }
};

test('a page of every list costs as much in a call of a thousand submissions as in one of two hundred', async () => {
  const small = await costsOf(200);
  const large = await costsOf(1_000);
  for (const [list, { items }] of Object.entries(large)) expect(items, list).toBeGreaterThan(0);
  expect(grownLists(small, large)).toEqual([]);
}, 240_000);

test('a list of which a page grows with the call is found', () => {
  const cost = (rru: number) => ({ grows: { rru, items: 5 }, stays: { rru: 10, items: 5 } });
  expect(grownLists(cost(10), cost(13))).toEqual([]);
  expect(grownLists(cost(10), cost(13.5))).toEqual(['grows: 13.5 read units, and 10 in a smaller call']);
  const progress = (rru: number) => ({ progressOfDrafts: { rru, items: 5 } });
  expect(grownLists(progress(230), progress(246))).toEqual([]);
  expect(grownLists(progress(230), progress(247))).toHaveLength(1);
});
