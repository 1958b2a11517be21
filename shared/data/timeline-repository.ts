import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CallId, Instant } from '#shared/contract/primitives.ts';
import { DUE } from './call-items.ts';
import { ifHeld } from './if-held.ts';
import { parseItem } from './parse-item.ts';
import { parseSample, SAMPLE_ITEMS, type Sample } from './sample-items.ts';

/** What is due: a call's head, or a deadline granted in it. The keys of table and index. */
const DuePosition = z.object({ callId: CallId, item: z.string(), dueAt: Instant });
export type DuePosition = z.output<typeof DuePosition>;

export type TimelineRepository = ReturnType<typeof timelineRepository>;

export const timelineRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** What is due by `until`, the longest due first, from an index that may lag: only places to read at. `next` is absent on the last page. */
  async pageOfDue(
    until: string,
    limit: number,
    after?: DuePosition,
  ): Promise<{ positions: DuePosition[]; next?: DuePosition }> {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'due',
        KeyConditionExpression: 'due = :due AND dueAt <= :until',
        ExpressionAttributeValues: { ':due': DUE, ':until': until },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { due: DUE, ...after } }),
      }),
    );
    const positions = Items.map((item) => parseItem('due place', DuePosition, item));
    const next = LastEvaluatedKey === undefined ? undefined : positions.at(-1);
    return next === undefined ? { positions } : { positions, next };
  },

  /** The last samples of a call, the earliest first. */
  async lastSamples(callId: string, limit: number): Promise<Sample[]> {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'callId = :callId AND begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: { ':callId': callId, ':prefix': SAMPLE_ITEMS },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map(parseSample).reverse();
  },

  /**
   * Moves what was due at `now` to the end of the list, due again at `until` (both instants). False where it was done, moved or taken back meanwhile.
   */
  putOff: ({ callId, item }: Pick<DuePosition, 'callId' | 'item'>, now: string, until: string): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { callId, item },
          UpdateExpression: 'SET dueAt = :until',
          ConditionExpression: 'due = :due AND dueAt <= :now',
          ExpressionAttributeValues: { ':due': DUE, ':now': now, ':until': until },
        }),
      ),
    ),
});
