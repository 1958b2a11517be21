import { createHash } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchPut } from '#shared/data/batch-put.ts';
import { newReceipt } from '#shared/data/receipts-repository.ts';
import { answersItem, attachmentItem, submissionHeadItem } from '#shared/data/submission-items.ts';
import { draftSets, limitedSets, tallyKey } from '#shared/data/tally-items.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { answersDigest } from '#shared/domain/form/digest.ts';
import { issueReceipt } from '#shared/domain/submission/receipt.ts';
import type { Attachment, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { draftHead, submittedHead } from '#shared/domain/submission/transitions.ts';
import { toInstant } from '#shared/runtime/instants.ts';

interface Tables {
  readonly submissions: string;
  readonly tallies: string;
  readonly receipts: string;
  readonly organizations: string;
}

/** Which submissions there are to be. Units get `perUnit` each; the category, the answers and whether it was submitted follow from the place in the row. */
export interface ManySubmissions {
  readonly call: Pick<
    CallHead,
    'callId' | 'organiser' | 'closesAt' | 'closesAtLocal' | 'timezone' | 'publishedVersion'
  >;
  readonly count: number;
  /** Default 10. */
  readonly perUnit?: number;
  /** Categories in turn: each with the nodes of the tree it counts below, itself included. */
  readonly categories: readonly { readonly code: string; readonly countedIn: readonly string[] }[];
  readonly answersOf: (place: number) => Answers;
  /** Default: none. */
  readonly attachmentsOf?: (place: number, submissionId: string) => readonly Attachment[];
  /** Default: none is. */
  readonly isDraft?: (place: number) => boolean;
  /** ms; each next one is submitted 10 ms later. */
  readonly submittedFrom: number;
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters as real ids have them, the same for the same name. */
const idOf = (name: string): string =>
  [...createHash('sha256').update(name).digest().subarray(0, 26)].map((byte) => CROCKFORD.charAt(byte % 32)).join('');

/** Ids of what is at a place of the row, from 0. */
export const manySubmissionId = (place: number): string => idOf(`submission ${place}`);
export const manyReceiptNo = (place: number): string => idOf(`receipt ${place}`);
export const manyUnitId = (unit: number): string => `unit-${String(unit).padStart(6, '0')}`;

const receiptItem = (receipt: Parameters<typeof newReceipt>[1]): Record<string, unknown> => ({
  ...newReceipt('', receipt).Put?.Item,
});

const submissionAt = (many: ManySubmissions, place: number, unitId: string) => {
  const { call, categories } = many;
  const category = categories[place % categories.length];
  if (category === undefined) throw new Error('Many submissions need a category');
  const submissionId = manySubmissionId(place);
  const at = toInstant(many.submittedFrom + place * 10);
  const callVersion = call.publishedVersion ?? 1;
  const answers = many.answersOf(place);
  const attachments = many.attachmentsOf?.(place, submissionId) ?? [];
  const answered = Object.keys(answers).length;
  const draft: SubmissionHead = {
    ...draftHead({
      ...{ submissionId, callId: call.callId, organiser: call.organiser, category: category.code },
      ...{ callVersion, unitId, answered, createdAt: at },
    }),
    attachmentCount: attachments.length,
  };
  const stored = [answersItem(draft, answers), ...attachments.map((one) => attachmentItem(submissionId, one))];
  if (many.isDraft?.(place) === true) return { head: draft, stored, countedIn: [], receipts: [] };
  const receiptNo = manyReceiptNo(place);
  const digest = answersDigest(answers);
  const receipt = issueReceipt({
    ...{ receiptNo, submissionId, callId: call.callId, callVersion, category: category.code, unitId, submittedAt: at },
    ...{ deadline: call.closesAt, deadlineLocal: call.closesAtLocal, timezone: call.timezone, answersDigest: digest },
    attachments: attachments.map(({ attachmentId, material, filename, size, sha256 }) => ({
      ...{ attachmentId, material, filename, size, sha256 },
    })),
  });
  const head = submittedHead(draft, {
    ...{ callVersion, answered, answersRevision: draft.answersRevision, submittedAt: at, receiptNo },
    ...{ answersDigest: digest, countedIn: [...category.countedIn] },
  });
  return { head, stored, countedIn: category.countedIn, receipts: [receiptItem(receipt)] };
};

const tallyOf = (callId: string, unitId: string, made: readonly ReturnType<typeof submissionAt>[]) => {
  const sets = new Map<string, Set<string>>();
  const add = (set: string, id: string) => sets.set(set, (sets.get(set) ?? new Set()).add(id));
  for (const { head, countedIn } of made) {
    const own = head.status === 'draft' ? draftSets(head.category) : ['submitted'];
    for (const set of own) add(set, head.submissionId);
    if (head.status === 'submitted') for (const set of limitedSets(countedIn)) add(set, head.submissionId);
  }
  return { ...tallyKey(callId, unitId), ...Object.fromEntries(sets) };
};

/** Units at a time: what is in memory stays small, whatever the number. */
const UNITS_AT_A_TIME = 50;

/**
 * Writes submissions as they lie after their submits (heads, answers, attachments, receipts, tallies, units), by batches and past every rule: for benches and
 * tests with more of them than submits could make in time. Objects in S3 are the caller's.
 */
export const seedSubmissions = async (
  { db, tables }: { db: DynamoDBDocumentClient; tables: Tables },
  many: ManySubmissions,
): Promise<void> => {
  const { count, perUnit = 10, call } = many;
  const units = Math.ceil(count / perUnit);
  for (let first = 0; first < units; first += UNITS_AT_A_TIME) {
    const batch = Array.from({ length: Math.min(UNITS_AT_A_TIME, units - first) }, (_, offset) => {
      const unit = first + offset;
      const unitId = manyUnitId(unit);
      const places = Array.from(
        { length: Math.min(perUnit, count - unit * perUnit) },
        (_each, n) => unit * perUnit + n,
      );
      return { unit, unitId, made: places.map((place) => submissionAt(many, place, unitId)) };
    });
    const made = batch.flatMap((unit) => unit.made);
    await Promise.all([
      batchPut(
        db,
        tables.submissions,
        made.flatMap(({ head, stored }) => [submissionHeadItem(head), ...stored]),
      ),
      batchPut(
        db,
        tables.receipts,
        made.flatMap(({ receipts }) => receipts),
      ),
      batchPut(
        db,
        tables.tallies,
        batch.map(({ unitId, made: ofUnit }) => tallyOf(call.callId, unitId, ofUnit)),
      ),
      batchPut(
        db,
        tables.organizations,
        batch.map(({ unit, unitId }) => ({
          ...{ organizationId: unitId, name: `第${unit}学会`, kinds: ['市级学会'], organiser: false },
        })),
      ),
    ]);
  }
};
