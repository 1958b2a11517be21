import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { toInstant } from '#shared/runtime/instants.ts';
import { ifHeld } from './if-held.ts';
import { parseItem } from './parse-item.ts';

/** Longer than anything is kept that could tell an event again: dead letters and the queue before them last 18 days at most. */
const KEPT_SECONDS = 90 * 24 * 60 * 60;

/** As DynamoDB hands it back with a failed condition: in its own notation. */
const HeldItem = z.object({ state: z.object({ S: z.enum(['claimed', 'sent']) }) });

/** `claimed`: to be sent by whoever asked. `sent`: it was. `held`: somebody else is about to. */
export type Claim = 'claimed' | 'sent' | 'held';

export type DeliveriesRepository = ReturnType<typeof deliveriesRepository>;

/** What was sent to whom, so that nothing is sent twice. Times are ms. */
export const deliveriesRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /**
   * Takes a delivery on, for one of all who ask at once. A claim older than `staleMs` counts as given up: whoever had it crashed, before sending or
   * between that and writing it down, and in the second case it is sent again.
   */
  async claim(delivery: string, now: number, staleMs: number): Promise<Claim> {
    try {
      await db.send(
        new PutCommand({
          TableName: tableName,
          Item: { delivery, state: 'claimed', at: toInstant(now), expiresAt: Math.floor(now / 1000) + KEPT_SECONDS },
          ConditionExpression: 'attribute_not_exists(delivery) OR (#state = :claimed AND #at < :stale)',
          ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
          ExpressionAttributeValues: { ':claimed': 'claimed', ':stale': toInstant(now - staleMs) },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'claimed';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return parseItem('delivery', HeldItem, error.Item).state.S === 'sent' ? 'sent' : 'held';
    }
  },

  /** Writes down that it was sent. */
  async markSent(delivery: string, now: number): Promise<void> {
    await db.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { delivery },
        UpdateExpression: 'SET #state = :sent, #at = :at',
        ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
        ExpressionAttributeValues: { ':sent': 'sent', ':at': toInstant(now) },
      }),
    );
  },

  /** Gives a claim taken at `claimedAt` back, where nothing was sent: the next attempt need not wait until it is stale. False where somebody else has it by now. */
  release: (delivery: string, claimedAt: number): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { delivery },
          UpdateExpression: 'SET #at = :long_ago',
          ConditionExpression: '#state = :claimed AND #at = :at',
          ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
          ExpressionAttributeValues: { ':claimed': 'claimed', ':at': toInstant(claimedAt), ':long_ago': toInstant(0) },
        }),
      ),
    ),
});
