import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { entryOfSave, parseHistory, type RecordedEntry } from '#shared/data/history-items.ts';
import { parseSubmissionHead, submissionHeadKey } from '#shared/data/submission-items.ts';

/** The saves that a draft's head keeps for its history. */
const keptOf = async (
  { db, tables }: { db: DynamoDBDocumentClient; tables: { submissions: string } },
  subject: string,
): Promise<RecordedEntry[]> => {
  const [kind, id = ''] = subject.split('#');
  if (kind !== 'submission') return [];
  const { Item } = await db.send(
    new GetCommand({ TableName: tables.submissions, Key: submissionHeadKey(id), ConsistentRead: true }),
  );
  const saves = Item === undefined ? [] : parseSubmissionHead(Item)?.saves;
  return (saves ?? []).map(entryOfSave);
};

/** All of a history, oldest first. `subject` from `historyOfCall` or `historyOfSubmission`; histories of tests fit one page. */
export const historyOf = async (
  { db, tables }: { db: DynamoDBDocumentClient; tables: { history: string; submissions: string } },
  subject: string,
): Promise<RecordedEntry[]> => {
  const kept = await keptOf({ db, tables }, subject);
  const { Items, LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName: tables.history,
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': subject },
      ConsistentRead: true,
    }),
  );
  if (LastEvaluatedKey !== undefined) throw new Error(`The history of ${subject} has several pages`);
  const entries = [...(Items ?? []).flatMap(parseHistory), ...kept];
  return [...new Map(entries.map((one) => [one.entry, one])).values()];
};
