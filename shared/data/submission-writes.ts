import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import type { LimitScope } from '#shared/domain/limits/limits.ts';
import type { KeptSave, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { historyOfSubmission, recorded } from './history-items.ts';
import { submissionHeadItem } from './submission-items.ts';
import { draftSets, limitedSet, limitedSets, tallyKey } from './tally-items.ts';
import type { TransactWrite } from './transact.ts';

/**
 * Replaces a head that is still as it was read: of that status, at that content.
 *
 * @param saves what it is to keep for the history; the change that keeps none takes those of the head read there (`recordChange`)
 */
export const replaceHead = (
  tableName: string,
  next: SubmissionHead,
  read: SubmissionHead,
  saves: readonly KeptSave[] = [],
): TransactWrite => ({
  Put: {
    TableName: tableName,
    Item: submissionHeadItem({ ...next, saves }),
    ConditionExpression: '#status = :status AND contentRevision = :contentRevision',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':status': read.status, ':contentRevision': read.contentRevision },
  },
});

/** Tells in the history what led from a head that was read to the next one, at the revision that the change makes, and the saves that the head kept. */
export const recordChange = (
  historyTable: string,
  { submissionId, contentRevision, saves }: Pick<SubmissionHead, 'submissionId' | 'contentRevision' | 'saves'>,
  entry: HistoryEntry,
): TransactWrite => recorded(historyTable, historyOfSubmission(submissionId), contentRevision + 1, entry, saves);

/** Names of sets hold a category's code, so expressions name them by place. */
const setNames = (sets: readonly string[]): Record<string, string> =>
  Object.fromEntries(sets.map((set, place) => [`#set${place}`, set]));

type Counted = Pick<SubmissionHead, 'callId' | 'unitId' | 'submissionId'>;
type CountedDraft = Counted & Pick<SubmissionHead, 'category'>;

/** Adds to sets of a unit's tally and takes out of others, under the limits where there are some. */
const changeTally = (
  tableName: string,
  { callId, unitId, submissionId }: Counted,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  limits: readonly LimitScope[] = [],
): { readonly Update: NonNullable<TransactWrite['Update']> } => {
  const sets = [...add, ...remove];
  const named = (some: readonly string[]): string => some.map((set) => `#set${sets.indexOf(set)} :id`).join(', ');
  const room = limits.map((scope, place) => {
    const set = `#set${sets.indexOf(limitedSet(scope))}`;
    return `(attribute_not_exists(${set}) OR size(${set}) < :limit${place})`;
  });
  return {
    Update: {
      TableName: tableName,
      Key: tallyKey(callId, unitId),
      UpdateExpression: [
        ...(add.length === 0 ? [] : [`ADD ${named(add)}`]),
        ...(remove.length === 0 ? [] : [`DELETE ${named(remove)}`]),
      ].join(' '),
      ExpressionAttributeNames: setNames(sets),
      ExpressionAttributeValues: {
        ':id': new Set([submissionId]),
        ...Object.fromEntries(limits.map(({ limit }, place) => [`:limit${place}`, limit])),
      },
      ...(room.length === 0
        ? {}
        : { ConditionExpression: room.join(' AND '), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    },
  };
};

/** Counts a draft, if the unit has fewer than `most` in the call. */
export const countDraft = (tableName: string, draft: CountedDraft, most: number): TransactWrite => {
  const { Update } = changeTally(tableName, draft, { add: draftSets(draft.category), remove: [] });
  return {
    Update: {
      ...Update,
      ConditionExpression: 'attribute_not_exists(drafts) OR size(drafts) < :most',
      ExpressionAttributeValues: { ...Update.ExpressionAttributeValues, ':most': most },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
};

export const uncountDraft = (tableName: string, draft: CountedDraft): TransactWrite =>
  changeTally(tableName, draft, { add: [], remove: draftSets(draft.category) });

/** Moves a draft to what is submitted, if every limit leaves room for one more. There is one at least: the call's. */
export const countSubmitted = (
  tableName: string,
  draft: CountedDraft,
  countedIn: readonly string[],
  limits: readonly LimitScope[],
): TransactWrite => {
  const add = ['submitted', ...limitedSets(countedIn)];
  return changeTally(tableName, draft, { add, remove: draftSets(draft.category) }, limits);
};

/** Frees the places a submission took and counts it as a draft again. */
export const countWithdrawn = (tableName: string, submitted: SubmissionHead): TransactWrite =>
  changeTally(tableName, submitted, {
    add: draftSets(submitted.category),
    remove: ['submitted', ...limitedSets(submitted.countedIn ?? [])],
  });

/** Counts a submission against the limits of a partner, if each leaves room for one more. It stays the lead's in every list. */
export const countJoined = (
  tableName: string,
  { callId, submissionId }: Counted,
  unitId: string,
  countedIn: readonly string[],
  limits: readonly LimitScope[],
): TransactWrite =>
  changeTally(tableName, { callId, unitId, submissionId }, { add: limitedSets(countedIn), remove: [] }, limits);

/** Frees the places it took of a partner. */
export const uncountJoined = (tableName: string, submitted: SubmissionHead, unitId: string): TransactWrite =>
  changeTally(tableName, { ...submitted, unitId }, { add: [], remove: limitedSets(submitted.countedIn ?? []) });
