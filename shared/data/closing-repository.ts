import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Closing } from '#shared/domain/call/call-head.ts';
import { headKey } from './call-items.ts';

export type ClosingRepository = ReturnType<typeof closingRepository>;

export const closingRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /**
   * Records a close once, for the deadline it was counted for. False where it was recorded before, or the call's window or publication changed meanwhile.
   * `closesAt` as read.
   */
  async recordCloseOnce(callId: string, closesAt: string, closing: Closing): Promise<boolean> {
    try {
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(callId),
          UpdateExpression: 'SET closing = :closing, revision = revision + :one REMOVE due, dueAt',
          ConditionExpression:
            'closesAt = :closesAt AND attribute_exists(publishedVersion) AND attribute_not_exists(closing)',
          ExpressionAttributeValues: { ':closing': closing, ':closesAt': closesAt, ':one': 1 },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});
