import * as z from 'zod';
import { HistoryEntry } from '#shared/domain/history/entry.ts';
import { answersSavedEntry } from '#shared/domain/history/submission-entries.ts';
import type { KeptSave } from '#shared/domain/submission/submission.ts';
import { trail } from '#shared/runtime/trail.ts';
import { PackedSave, savesAttribute } from './kept-saves.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** Whose history: a call's or a submission's. */
export const historyOfCall = (callId: string): string => `call#${callId}`;
export const historyOfSubmission = (submissionId: string): string => `submission#${submissionId}`;

/** Fixed width, so that the order of keys is that of revisions. */
const REVISION_DIGITS = 8;
const entryName = (revision: number): string => String(revision).padStart(REVISION_DIGITS, '0');

export const historyKey = (subject: string, revision: number) => ({ subject, entry: entryName(revision) });

const VERDICT = '#verdict';

/** The request that an entry comes from, so that what is told of it can be followed back: some 30 bytes, far from a second write unit; no history shows it. */
const causedBy = (): { requestId?: string } => {
  const { requestId } = trail();
  return requestId === undefined ? {} : { requestId };
};

/**
 * An entry as it is stored, at the revision that the change leaves behind.
 *
 * @param saves what led to the revisions just before, as the head kept it until now
 */
export const entryItem = (
  subject: string,
  revision: number,
  entry: HistoryEntry,
  saves: readonly KeptSave[] = [],
): Record<string, unknown> => ({ ...historyKey(subject, revision), ...entry, ...savesAttribute(saves) });

/**
 * What the bytes of an announced file were found to be, as it is stored. Proving changes no content, so it makes no revision: the verdict lies beside the
 * entry of the announcement, `revision`, which has at most one. A head write for each would let files that arrive in the last minute overtake the submit
 * that waits for them.
 */
export const verdictItem = (subject: string, revision: number, entry: HistoryEntry): Record<string, unknown> => ({
  subject,
  entry: `${entryName(revision)}${VERDICT}`,
  ...entry,
});

/**
 * Writes what led to a revision, in the transaction that makes it. So a history has no gaps, nothing in it was not done, and no entry is ever replaced.
 * Parameters as of `entryItem`.
 */
export const recorded = (
  tableName: string,
  subject: string,
  revision: number,
  entry: HistoryEntry,
  saves: readonly KeptSave[] = [],
): TransactWrite => ({
  Put: {
    TableName: tableName,
    Item: { ...entryItem(subject, revision, entry, saves), ...causedBy() },
    ConditionExpression: 'attribute_not_exists(subject)',
  },
});

/** The name of an entry: its revision, and whether it is the verdict on what that revision announced. */
export const EntryName = z.string().regex(/^\d{8}(?:#verdict)?$/);

const HistoryItem = HistoryEntry.extend({
  subject: z.string(),
  entry: EntryName,
  saves: z.array(PackedSave).default([]),
});

/** An entry, its name, and the revision it led to or, of a verdict, stands beside. */
export interface RecordedEntry extends HistoryEntry {
  readonly entry: string;
  readonly revision: number;
}

/** The entry of a save that a head or another entry carries. */
export const entryOfSave = (save: KeptSave): RecordedEntry => ({
  ...answersSavedEntry(save),
  entry: entryName(save.revision),
  revision: save.revision,
});

/** What an item tells, oldest first: the saves that came before it, and itself. */
export const parseHistory = (item: unknown): RecordedEntry[] => {
  const { subject: _subject, saves, ...recordedEntry } = parseItem('history entry', HistoryItem, item);
  const revision = Number(recordedEntry.entry.slice(0, REVISION_DIGITS));
  return [...saves.map(entryOfSave), { ...recordedEntry, revision }];
};
