import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Closing } from '#shared/domain/call/call-head.ts';
import { DUE, headKey } from './call-items.ts';
import { ifHeld } from './if-held.ts';

export type ClosingRepository = ReturnType<typeof closingRepository>;

export const closingRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /**
   * Records a close once, for the deadline it was counted for. False where it was recorded before, or the call's window or publication changed meanwhile.
   * `closesAt` as read.
   */
  recordCloseOnce: (callId: string, closesAt: string, closing: Closing): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(callId),
          UpdateExpression: 'SET closing = :closing, revision = revision + :one REMOVE due, dueAt',
          ConditionExpression:
            'closesAt = :closesAt AND attribute_exists(publishedVersion) AND attribute_not_exists(closing)',
          ExpressionAttributeValues: { ':closing': closing, ':closesAt': closesAt, ':one': 1 },
        }),
      ),
    ),

  /**
   * Moves a close that was due at `now` to the end of the list, due again at `until` (both instants). False where it was recorded, moved or taken back
   * meanwhile.
   */
  putOff: (callId: string, now: string, until: string): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(callId),
          UpdateExpression: 'SET dueAt = :until',
          ConditionExpression: 'due = :due AND dueAt <= :now',
          ExpressionAttributeValues: { ':due': DUE, ':now': now, ':until': until },
        }),
      ),
    ),
});
