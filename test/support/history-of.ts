import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { parseHistory, type RecordedEntry } from '#shared/data/history-items.ts';

/** All of a history, oldest first. `subject` from `historyOfCall` or `historyOfSubmission`; histories of tests fit one page. */
export const historyOf = async (
  { db, tables }: { db: DynamoDBDocumentClient; tables: { history: string } },
  subject: string,
): Promise<RecordedEntry[]> => {
  const { Items, LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName: tables.history,
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': subject },
      ConsistentRead: true,
    }),
  );
  if (LastEvaluatedKey !== undefined) throw new Error(`The history of ${subject} has several pages`);
  return (Items ?? []).map(parseHistory);
};
