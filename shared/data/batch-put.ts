import { setTimeout as wait } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '#shared/domain/unavailable.ts';

/** BatchWriteItem takes 25 items a request, 16 MB in all: no item of ours has more than 400 KB. */
const ITEMS_PER_REQUEST = 25;

/** Requests under way at once: one partition takes 1,000 write units a second. */
const AT_A_TIME = 4;

/** Pauses grow 50, 100 … 1,600 ms, each shortened at random: at most 3.2 s in all. */
const ATTEMPTS = 7;
const FIRST_PAUSE_MS = 50;

type Item = Readonly<Record<string, unknown>>;

const putBatch = async (db: DynamoDBDocumentClient, tableName: string, items: readonly Item[]): Promise<void> => {
  let pending = { [tableName]: items.map((item) => ({ PutRequest: { Item: { ...item } } })) };
  for (let attempt = 1; ; attempt += 1) {
    const { UnprocessedItems = {} } = await db.send(new BatchWriteCommand({ RequestItems: pending }));
    const unprocessed = (UnprocessedItems[tableName] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : { PutRequest: { Item: PutRequest.Item } },
    );
    if (unprocessed.length === 0) return;
    if (attempt === ATTEMPTS) throw new Unavailable('DynamoDB left items of a batch unprocessed');
    pending = { [tableName]: unprocessed };
    await wait(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
};

/**
 * Writes any number of items with different keys, some batches at a time, over whatever is there: each by itself, so some may be written where this fails.
 * Items DynamoDB left unprocessed are sent again.
 *
 * @throws Unavailable where they stayed unprocessed to the last
 */
export const batchPut = async (
  db: DynamoDBDocumentClient,
  tableName: string,
  items: readonly Item[],
): Promise<void> => {
  const batches = Array.from({ length: Math.ceil(items.length / ITEMS_PER_REQUEST) }, (_, index) =>
    items.slice(index * ITEMS_PER_REQUEST, (index + 1) * ITEMS_PER_REQUEST),
  );
  for (let start = 0; start < batches.length; start += AT_A_TIME) {
    await Promise.all(batches.slice(start, start + AT_A_TIME).map((batch) => putBatch(db, tableName, batch)));
  }
};
