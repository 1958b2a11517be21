import * as z from 'zod';
import { HistoryEntry } from '#shared/domain/history/entry.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** Whose history: a call's or a submission's. */
export const historyOfCall = (callId: string): string => `call#${callId}`;
export const historyOfSubmission = (submissionId: string): string => `submission#${submissionId}`;

/** Fixed width, so that the order of keys is that of revisions. */
const entryName = (revision: number): string => String(revision).padStart(8, '0');

export const historyKey = (subject: string, revision: number) => ({ subject, entry: entryName(revision) });

/**
 * Writes what led to a revision, in the transaction that makes it: `revision` is the one that the change leaves behind. So a history has no gaps, nothing
 * in it was not done, and no entry is ever replaced.
 */
export const recorded = (tableName: string, subject: string, revision: number, entry: HistoryEntry): TransactWrite => ({
  Put: {
    TableName: tableName,
    Item: { ...historyKey(subject, revision), ...entry },
    ConditionExpression: 'attribute_not_exists(subject)',
  },
});

const HistoryItem = HistoryEntry.extend({ subject: z.string(), entry: z.string().regex(/^\d{8}$/) });

/** An entry and the revision it led to. */
export interface RecordedEntry extends HistoryEntry {
  readonly revision: number;
}

export const parseHistory = (item: unknown): RecordedEntry => {
  const { subject: _subject, entry, ...recordedEntry } = parseItem('history entry', HistoryItem, item);
  return { ...recordedEntry, revision: Number(entry) };
};
