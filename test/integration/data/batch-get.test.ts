import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { batchGet } from '#shared/data/batch-get.ts';
import { freshTables } from '#test/support/dynamodb.ts';

test('a read of many items finds them all, some batches at a time and no more', async () => {
  const { db, tables } = await freshTables(['organizations']);
  const keys = Array.from({ length: 1_250 }, (_, index) => ({ organizationId: `o-${index}` }));
  for (let start = 0; start < keys.length; start += 25) {
    const puts = keys.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await db.send(new BatchWriteCommand({ RequestItems: { [tables.organizations]: puts } }));
  }
  let underWay = 0;
  let most = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      underWay += 1;
      most = Math.max(most, underWay);
      return next(args).finally(() => {
        underWay -= 1;
      });
    },
    { step: 'initialize', name: 'count-requests' },
  );
  const found = await batchGet(db, tables.organizations, keys);
  expect(new Set(found.map(({ organizationId }) => organizationId)).size).toBe(keys.length);
  expect(most).toBe(8);
});
