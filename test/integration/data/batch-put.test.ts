import type { WriteRequest } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { batchGet } from '#shared/data/batch-get.ts';
import { batchPut } from '#shared/data/batch-put.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';

let fresh: FreshTables;
beforeAll(async () => {
  fresh = await freshTables(['organizations']);
});

const keysOf = (prefix: string) => Array.from({ length: 60 }, (_, index) => ({ organizationId: `${prefix}-${index}` }));

test('a write of many items writes them all, over what was there', async () => {
  const { db, tables } = fresh;
  const keys = keysOf('many');
  await batchPut(db, tables.organizations, keys);
  await batchPut(
    db,
    tables.organizations,
    keys.map((key) => ({ ...key, name: '新' })),
  );
  const found = await batchGet(db, tables.organizations, keys);
  expect(found.map(({ name }) => name)).toEqual(keys.map(() => '新'));
  await batchPut(db, tables.organizations, []);
});

const Sent = z.object({ RequestItems: z.record(z.string(), z.array(z.custom<WriteRequest>(Boolean))) });

/** Leaves so many batches unprocessed as a partition does that gets too much: DynamoDB Local never does. */
const whereBatchesAreLeft = async (times: number, work: () => Promise<void>): Promise<void> => {
  const { db } = fresh;
  let left = 0;
  db.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'BatchWriteItemCommand' || left >= times) return next(args);
      left += 1;
      const { RequestItems } = Sent.parse(args.input);
      return { response: {}, output: { $metadata: {}, UnprocessedItems: RequestItems } };
    },
    { step: 'initialize', name: 'leave-unprocessed' },
  );
  await work().finally(() => db.middlewareStack.remove('leave-unprocessed'));
};

test('what DynamoDB left unprocessed is written again', async () => {
  const { db, tables } = fresh;
  const keys = keysOf('left');
  await whereBatchesAreLeft(5, () => batchPut(db, tables.organizations, keys));
  expect(await batchGet(db, tables.organizations, keys)).toHaveLength(keys.length);
});

test('what stays unprocessed to the last is told as passing', async () => {
  const { db, tables } = fresh;
  const write = () => batchPut(db, tables.organizations, keysOf('never').slice(0, 3));
  await expect(whereBatchesAreLeft(Number.POSITIVE_INFINITY, write)).rejects.toThrow(Unavailable);
});
