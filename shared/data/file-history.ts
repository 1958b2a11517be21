import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { REFUSAL_REASONS } from '#shared/contract/attachment-states.ts';
import { admittedEntry, announcedEntry, refusedEntry } from '#shared/domain/history/submission-entries.ts';
import { entryItem, historyOfSubmission, parseHistory, type RecordedEntry, verdictItem } from './history-items.ts';
import { ifHeld } from './if-held.ts';
import { PackedSave } from './kept-saves.ts';
import { parseItem } from './parse-item.ts';

/** What an attachment's item says of its own past, whatever its state. Of files announced before items said by whom, the history has the announcement. */
const TellingFile = z.object({
  submissionId: z.string(),
  attachmentId: z.string(),
  material: z.string(),
  size: z.int(),
  createdAt: z.string(),
  announcedIn: z.int().optional(),
  announcedBy: z.string().optional(),
  admittedAt: z.string().optional(),
  refusedAt: z.string().optional(),
  reason: z.enum(REFUSAL_REASONS).optional(),
  saves: z.array(PackedSave).default([]),
});

/** The items of the history that an attachment's item stands for: its announcement, with the saves before it, and the verdict on its bytes. */
const itemsOf = (stored: unknown): Record<string, unknown>[] => {
  const file = parseItem('attachment', TellingFile, stored);
  const { submissionId, announcedIn, announcedBy, admittedAt, refusedAt, reason, saves } = file;
  if (announcedIn === undefined) return [];
  const subject = historyOfSubmission(submissionId);
  return [
    ...(announcedBy === undefined ? [] : [entryItem(subject, announcedIn, announcedEntry(file, announcedBy), saves)]),
    ...(admittedAt === undefined ? [] : [verdictItem(subject, announcedIn, admittedEntry(file, admittedAt))]),
    ...(refusedAt === undefined || reason === undefined
      ? []
      : [verdictItem(subject, announcedIn, refusedEntry(file, reason, refusedAt))]),
  ];
};

/** What an attachment's item tells, oldest first. */
export const entriesOfFile = (stored: unknown): RecordedEntry[] => itemsOf(stored).flatMap(parseHistory);

/** Writes into the history what an attachment's item tells, before that item goes; may be done twice. */
export const keepFileHistory = async (
  db: DynamoDBDocumentClient,
  historyTable: string,
  stored: unknown,
): Promise<void> => {
  for (const Item of itemsOf(stored)) {
    await ifHeld(
      db.send(new PutCommand({ TableName: historyTable, Item, ConditionExpression: 'attribute_not_exists(subject)' })),
    );
  }
};
