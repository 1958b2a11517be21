import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** A client's key for one creating request: of one user, for one operation. */
export interface IdempotencyKey {
  readonly subject: string;
  readonly operation: string;
  readonly key: string;
}

/** What a key stood for: the digest of the request and the ids of what it created. */
export interface RememberedRequest {
  readonly digest: string;
  readonly created: Readonly<Record<string, string>>;
}

const KEPT_SECONDS = 7 * 24 * 60 * 60;

const Item = z.object({ digest: z.string(), created: z.record(z.string(), z.string()), expiresAt: z.int() });

/** The subject is percent-encoded, so that its first # is ours. */
const keyOf = ({ subject, operation, key }: IdempotencyKey) => ({
  key: `${encodeURIComponent(subject)}#${operation}#${key}`,
});

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

export type IdempotencyRepository = ReturnType<typeof idempotencyRepository>;

/** Requests that created something, by the client's key, for 7 days. Kept in the transaction that creates, so a failure is never kept. */
export const idempotencyRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** Strongly consistent. DynamoDB removes expired items days late, so an expired one counts as absent. `now` in ms. */
  async find(key: IdempotencyKey, now: number): Promise<RememberedRequest | undefined> {
    const reply = await db.send(new GetCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }));
    if (reply.Item === undefined) return undefined;
    const { expiresAt, ...remembered } = parseItem('remembered request', Item, reply.Item);
    return expiresAt > seconds(now) ? remembered : undefined;
  },

  /** The write that remembers, for the creating transaction; its condition fails where the key is taken. */
  remembering(key: IdempotencyKey, request: RememberedRequest, now: number): TransactWrite {
    return {
      Put: {
        TableName: tableName,
        Item: { ...keyOf(key), ...request, expiresAt: seconds(now) + KEPT_SECONDS },
        ConditionExpression: 'attribute_not_exists(#key) OR expiresAt <= :now',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':now': seconds(now) },
      },
    };
  },

  /** The write that forgets, for the transaction that takes the creation back. */
  forgetting(key: IdempotencyKey): TransactWrite {
    return { Delete: { TableName: tableName, Key: keyOf(key) } };
  },
});
