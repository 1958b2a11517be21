import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { EntryName, parseHistory, type RecordedEntry } from './history-items.ts';

/** A place in a history. */
export const HistoryPosition = z.object({ entry: EntryName });
export type HistoryPosition = z.output<typeof HistoryPosition>;

/** Which entries are asked for. */
export interface HistoryQuery {
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
  /** Exclusive. */
  readonly after?: HistoryPosition | undefined;
}

export interface HistoryPage {
  readonly entries: readonly RecordedEntry[];
  /** Absent on the last page. */
  readonly next?: HistoryPosition;
}

export type HistoryRepository = ReturnType<typeof historyRepository>;

const byName = (one: RecordedEntry, other: RecordedEntry): number => (one.entry < other.entry ? -1 : 1);

/** Histories as they are read; what happens is recorded by the transaction in which it does. */
export const historyRepository = (db: DynamoDBDocumentClient, tableName: string) => {
  const read = async (query: Omit<QueryCommandInput, 'TableName' | 'ConsistentRead'>) => {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({ TableName: tableName, ConsistentRead: true, ...query }),
    );
    return { found: Items.flatMap(parseHistory), isLast: LastEvaluatedKey === undefined };
  };

  /** What the item at a place, or the next one, carries: where a page from the newest ended amidst its saves, the rest of them. */
  const around = async (subject: string, { entry }: HistoryPosition): Promise<RecordedEntry[]> => {
    const { found } = await read({
      KeyConditionExpression: 'subject = :subject AND #entry >= :entry',
      ExpressionAttributeNames: { '#entry': 'entry' },
      ExpressionAttributeValues: { ':subject': subject, ':entry': entry },
      Limit: 1,
    });
    return found;
  };

  return {
    /**
     * A page of a history, strongly consistent.
     *
     * @param subject from `historyOfCall` or `historyOfSubmission`
     * @param kept of a submission, what its head and the items of its files tell, read before: what was taken into the table meanwhile is found there
     */
    async page(
      subject: string,
      { limit, order, after, kept }: HistoryQuery & { readonly kept?: readonly RecordedEntry[] },
    ): Promise<HistoryPage> {
      const isOldest = order === 'oldest';
      const [{ found, isLast }, carried] = await Promise.all([
        read({
          KeyConditionExpression: 'subject = :subject',
          ExpressionAttributeValues: { ':subject': subject },
          ScanIndexForward: isOldest,
          Limit: limit,
          ...(after === undefined ? {} : { ExclusiveStartKey: { subject, entry: after.entry } }),
        }),
        isOldest || after === undefined || kept === undefined ? [] : around(subject, after),
      ]);
      const isInReach = ({ entry }: RecordedEntry): boolean =>
        after === undefined || (isOldest ? entry > after.entry : entry < after.entry);
      const unique = new Map([...(kept ?? []), ...carried, ...found].filter(isInReach).map((one) => [one.entry, one]));
      const sorted = [...unique.values()].sort((one, other) => (isOldest ? byName(one, other) : byName(other, one)));
      const entries = sorted.slice(0, limit);
      const last = isLast && sorted.length <= limit ? undefined : entries.at(-1);
      return last === undefined ? { entries } : { entries, next: { entry: last.entry } };
    },
  };
};
