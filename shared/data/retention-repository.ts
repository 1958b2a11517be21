import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CallId } from '#shared/contract/primitives.ts';
import { ifHeld } from './if-held.ts';
import { parseItem } from './parse-item.ts';
import { parseRetention, RETENTION_DUE, type RetentionState, retentionKey } from './retention-items.ts';

export type RetentionRepository = ReturnType<typeof retentionRepository>;

/** How far the deleting of what calls keep no longer has come, and which of them are to be looked at. */
export const retentionRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** Calls that something of may be due by `until` (instant), the earliest first, from an index that may lag. */
  async due(until: string, limit: number): Promise<string[]> {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'due',
        KeyConditionExpression: 'due = :due AND dueAt <= :until',
        ExpressionAttributeValues: { ':due': RETENTION_DUE, ':until': until },
        Limit: limit,
      }),
    );
    return Items.map((item) => parseItem('due retention', z.object({ callId: CallId }), item).callId);
  },

  /** Strongly consistent; undefined where the call was never sealed. */
  async find(callId: string): Promise<RetentionState | undefined> {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: retentionKey(callId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : parseRetention(Item);
  },

  /** Looks at the call again at `until` (instant). False where another seal has begun it anew. */
  putOff: (callId: string, startedAt: string, until: string): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: retentionKey(callId),
          UpdateExpression: 'SET dueAt = :until',
          ConditionExpression: 'startedAt = :startedAt AND attribute_exists(due)',
          ExpressionAttributeValues: { ':startedAt': startedAt, ':until': until },
        }),
      ),
    ),
});
