import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, inject, test } from 'vitest';
import { measureListPages } from '#test/bench/list-pages.ts';
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
  for (const [list, { rru, items }] of Object.entries(large)) {
    expect(items, list).toBeGreaterThan(0);
    // A page looks at whole units, queries and kilobytes: a unit more or less is no growth.
    expect(rru, list).toBeLessThanOrEqual((small[list]?.rru ?? 0) + 3);
  }
}, 240_000);
