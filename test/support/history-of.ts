import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { entryOfSave, parseHistory, type RecordedEntry } from '#shared/data/history-items.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';

/** What a submission's head and files tell of its history. */
const keptOf = async (
  { db, tables }: { db: DynamoDBDocumentClient; tables: { submissions: string } },
  submissionId: string,
): Promise<RecordedEntry[]> => {
  const saves = (await submissionsRepository(db, tables.submissions).head(submissionId))?.saves ?? [];
  const files = await attachmentsRepository(db, tables.submissions).entries(submissionId);
  return [...saves.map(entryOfSave), ...files];
};

/** All of a history, oldest first. `subject` from `historyOfCall` or `historyOfSubmission`; histories of tests fit one page. */
export const historyOf = async (
  { db, tables }: { db: DynamoDBDocumentClient; tables: { history: string; submissions: string } },
  subject: string,
): Promise<RecordedEntry[]> => {
  const [kind, id = ''] = subject.split('#');
  const kept = kind === 'submission' ? await keptOf({ db, tables }, id) : [];
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
  const unique = [...new Map(entries.map((one) => [one.entry, one])).values()];
  return unique.sort((one, other) => (one.entry < other.entry ? -1 : 1));
};
