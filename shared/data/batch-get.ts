import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '#shared/domain/unavailable.ts';

/** BatchGetItem takes 100 keys a request. */
const KEYS_PER_REQUEST = 100;
const ATTEMPTS = 5;

/** Requests under way at once: 100,000 heads in a second or two, without taking a table by surprise. */
const AT_A_TIME = 8;

type Keys = readonly Readonly<Record<string, string>>[];

/**
 * Items of several tables by their keys in one round trip, strongly consistent, in no particular order; keys without an item are left out. At most 100
 * keys in all. Keys DynamoDB left unprocessed are asked for again after a pause that doubles; still unprocessed after the fifth time, it gives up.
 *
 * @throws Unavailable
 */
export const batchGetTables = async (
  db: DynamoDBDocumentClient,
  keysByTable: Readonly<Record<string, Keys>>,
): Promise<Record<string, Record<string, unknown>[]>> => {
  const items: Record<string, Record<string, unknown>[]> = {};
  let pending = Object.fromEntries(
    Object.entries(keysByTable).map(([tableName, keys]) => [tableName, { Keys: [...keys], ConsistentRead: true }]),
  );
  for (let attempt = 1; ; attempt += 1) {
    const { Responses = {}, UnprocessedKeys = {} } = await db.send(new BatchGetCommand({ RequestItems: pending }));
    for (const [tableName, found] of Object.entries(Responses))
      items[tableName] = [...(items[tableName] ?? []), ...found];
    pending = Object.fromEntries(
      Object.entries(UnprocessedKeys).map(([tableName, { Keys = [] }]) => [tableName, { Keys, ConsistentRead: true }]),
    );
    if (Object.keys(pending).length === 0) return items;
    if (attempt === ATTEMPTS) {
      throw new Unavailable('DynamoDB left keys of a batch unprocessed');
    }
    await wait(25 * 2 ** attempt);
  }
};

/** Items of one table by any number of keys, some batches at a time, as `batchGetTables` reads them. */
export const batchGet = async (
  db: DynamoDBDocumentClient,
  tableName: string,
  keys: Keys,
): Promise<Record<string, unknown>[]> => {
  const batches = Array.from({ length: Math.ceil(keys.length / KEYS_PER_REQUEST) }, (_, index) =>
    keys.slice(index * KEYS_PER_REQUEST, (index + 1) * KEYS_PER_REQUEST),
  );
  const items: Record<string, unknown>[] = [];
  for (let start = 0; start < batches.length; start += AT_A_TIME) {
    const found = await Promise.all(
      batches.slice(start, start + AT_A_TIME).map((batch) => batchGetTables(db, { [tableName]: batch })),
    );
    items.push(...found.flatMap((tables) => tables[tableName] ?? []));
  }
  return items;
};
