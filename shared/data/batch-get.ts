import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '#shared/domain/unavailable.ts';

/** BatchGetItem takes 100 keys a request. */
const KEYS_PER_REQUEST = 100;
const ATTEMPTS = 5;

/**
 * Items of one table by their keys, strongly consistent, in no particular order; keys without an item are left out. Keys DynamoDB left unprocessed are
 * asked for again after a pause that doubles; still unprocessed after the fifth time, the read fails as throttled.
 *
 * @throws Unavailable
 */
export const batchGet = async (
  db: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Record<string, string>[],
): Promise<Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_REQUEST) {
    let pending: readonly Record<string, unknown>[] = keys.slice(start, start + KEYS_PER_REQUEST);
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      const { Responses, UnprocessedKeys } = await db.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: [...pending], ConsistentRead: true } } }),
      );
      items.push(...(Responses?.[tableName] ?? []));
      pending = UnprocessedKeys?.[tableName]?.Keys ?? [];
      if (pending.length === 0) break;
      if (attempt === ATTEMPTS) throw new Unavailable('DynamoDB left keys of a batch unprocessed');
      await wait(25 * 2 ** attempt);
    }
  }
  return items;
};
