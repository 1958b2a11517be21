import * as z from 'zod';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { batchGet } from '#shared/data/batch-get.ts';
import { historyKey, historyOfSubmission, parseHistory } from '#shared/data/history-items.ts';
import { PackedSave } from '#shared/data/kept-saves.ts';
import { receiptsRepository, type StoredReceipt } from '#shared/data/receipts-repository.ts';
import { answersKey, parseAnswers, submissionHeadKey } from '#shared/data/submission-items.ts';
import { parseTally, type Tally, tallyKey } from '#shared/data/tally-items.ts';
import { answersDigest } from '#shared/domain/form/digest.ts';
import { type FaultsWorld, unitId } from './faults-world.ts';
import type { Played } from './play.ts';

/** A head as it is stored, of deleted drafts too. */
const Head = z.object({
  submissionId: z.string(),
  unitId: z.string(),
  status: z.enum(['draft', 'submitted', 'deleted']),
  edition: z.int(),
  saves: z.array(PackedSave).default([]),
  contentRevision: z.int(),
  receiptNo: z.string().optional(),
  answersDigest: z.string().optional(),
});
export type Head = z.output<typeof Head>;

/** What is stored in the end. */
export interface Observed {
  readonly heads: readonly Head[];
  readonly tallies: readonly Tally[];
  readonly receipts: readonly StoredReceipt[];
  /** Revisions that the history tells of, by submission. */
  readonly told: ReadonlyMap<string, readonly number[]>;
  /** Digests of the answers as they are stored, by submission. */
  readonly digests: ReadonlyMap<string, string>;
}

const numbersTo = (last: number): number[] => Array.from({ length: last }, (_, place) => place + 1);

/** Reads all that there is of a schedule: what its clients know of, and what its units' tallies say. */
export const observe = async (
  { db, tables }: FaultsWorld,
  { schedule, prepared: { callId }, ids, receipts }: Pick<Played, 'schedule' | 'prepared' | 'ids' | 'receipts'>,
): Promise<Observed> => {
  const units = new Set(schedule.planned.flatMap(({ unit, partner }) => [unit, partner ?? unit]));
  const keys = [...units].map((unit) => tallyKey(callId, unitId(unit)));
  const tallies = (await batchGet(db, tables.tallies, keys)).map(parseTally);
  const known = ids.flatMap((id) => id ?? []);
  const found = new Set([...known, ...tallies.flatMap(({ drafts, submitted }) => [...drafts, ...submitted])]);
  const heads = (await batchGet(db, tables.submissions, [...found].map(submissionHeadKey))).map((item) =>
    Head.parse(item),
  );
  const files = attachmentsRepository(db, tables.submissions);
  const [entries, answers, announced, stored] = await Promise.all([
    batchGet(
      db,
      tables.history,
      heads.flatMap(({ submissionId, contentRevision }) =>
        numbersTo(contentRevision + 1).map((revision) => historyKey(historyOfSubmission(submissionId), revision)),
      ),
    ),
    batchGet(
      db,
      tables.submissions,
      heads.map(({ submissionId, edition }) => answersKey(submissionId, edition)),
    ),
    Promise.all(heads.map(({ submissionId }) => files.entries(submissionId))),
    receiptsRepository(db, tables.receipts).findAll([...new Set(receipts.map(({ receiptNo }) => receiptNo))]),
  ]);
  const told = new Map<string, number[]>();
  for (const item of entries) {
    const { subject } = z.object({ subject: z.string() }).parse(item);
    told.set(subject, [...(told.get(subject) ?? []), ...parseHistory(item).map(({ revision }) => revision)]);
  }
  return {
    heads,
    tallies,
    receipts: stored,
    told: new Map(
      heads.map(({ submissionId, saves }, place) => [
        submissionId,
        [
          ...(told.get(historyOfSubmission(submissionId)) ?? []),
          ...saves.map(({ revision }) => revision),
          ...(announced[place] ?? []).filter(({ entry }) => !entry.includes('#')).map(({ revision }) => revision),
        ],
      ]),
    ),
    digests: new Map(
      answers.map((item) => [
        z.object({ submissionId: z.string() }).parse(item).submissionId,
        answersDigest(parseAnswers(item).answers),
      ]),
    ),
  };
};
