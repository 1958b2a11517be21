import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { EntryName, parseHistory, type RecordedEntry } from './history-items.ts';

/** A place in a history. */
export const HistoryPosition = z.object({ entry: EntryName });
export type HistoryPosition = z.output<typeof HistoryPosition>;

export type HistoryRepository = ReturnType<typeof historyRepository>;

/** Histories as they are read; what happens is recorded by the transaction in which it does. */
export const historyRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /**
   * A page of a history, strongly consistent. `next` is absent on the last page.
   *
   * @param subject from `historyOfCall` or `historyOfSubmission`
   * @param page `after` is exclusive
   */
  async page(
    subject: string,
    { limit, order, after }: { limit: number; order: 'newest' | 'oldest'; after?: HistoryPosition | undefined },
  ): Promise<{ entries: RecordedEntry[]; next?: HistoryPosition }> {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': subject },
        ScanIndexForward: order === 'oldest',
        Limit: limit,
        ConsistentRead: true,
        ...(after === undefined ? {} : { ExclusiveStartKey: { subject, entry: after.entry } }),
      }),
    );
    const entries = Items.map(parseHistory);
    const last = LastEvaluatedKey === undefined ? undefined : entries.at(-1);
    return last === undefined ? { entries } : { entries, next: { entry: last.entry } };
  },
});
