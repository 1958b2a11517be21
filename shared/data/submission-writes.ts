import type { LimitScope } from '#shared/domain/limits/limits.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { submissionHeadItem } from './submission-items.ts';
import { limitedSet, nodeSet, tallyKey } from './tally-items.ts';
import type { TransactWrite } from './transact.ts';

/** Replaces a head that is still as it was read: of that status, at that content. */
export const replaceHead = (tableName: string, next: SubmissionHead, read: SubmissionHead): TransactWrite => ({
  Put: {
    TableName: tableName,
    Item: submissionHeadItem(next),
    ConditionExpression: '#status = :status AND contentRevision = :contentRevision',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':status': read.status, ':contentRevision': read.contentRevision },
  },
});

/** Names of sets hold a category's code, so expressions name them by place. */
const setNames = (sets: readonly string[]): Record<string, string> =>
  Object.fromEntries(sets.map((set, place) => [`#set${place}`, set]));

type Counted = Pick<SubmissionHead, 'callId' | 'unitId' | 'submissionId'>;

/** Counts a draft, if the unit has fewer than `most` in the call. */
export const countDraft = (tableName: string, draft: Counted, most: number): TransactWrite => ({
  Update: {
    TableName: tableName,
    Key: tallyKey(draft.callId, draft.unitId),
    UpdateExpression: 'ADD drafts :id',
    ConditionExpression: 'attribute_not_exists(drafts) OR size(drafts) < :most',
    ExpressionAttributeValues: { ':id': new Set([draft.submissionId]), ':most': most },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

export const uncountDraft = (tableName: string, draft: Counted): TransactWrite => ({
  Update: {
    TableName: tableName,
    Key: tallyKey(draft.callId, draft.unitId),
    UpdateExpression: 'DELETE drafts :id',
    ExpressionAttributeValues: { ':id': new Set([draft.submissionId]) },
  },
});

/** Moves a draft to what is submitted, if every limit leaves room for one more. There is one at least: the call's. */
export const countSubmitted = (
  tableName: string,
  draft: Counted,
  countedIn: readonly string[],
  limits: readonly LimitScope[],
): TransactWrite => {
  const sets = ['submitted', ...countedIn.map(nodeSet)];
  const room = limits.map((scope, place) => {
    const set = `#set${sets.indexOf(limitedSet(scope))}`;
    return `(attribute_not_exists(${set}) OR size(${set}) < :limit${place})`;
  });
  return {
    Update: {
      TableName: tableName,
      Key: tallyKey(draft.callId, draft.unitId),
      UpdateExpression: `ADD ${sets.map((_, place) => `#set${place} :id`).join(', ')} DELETE drafts :id`,
      ConditionExpression: room.join(' AND '),
      ExpressionAttributeNames: setNames(sets),
      ExpressionAttributeValues: {
        ':id': new Set([draft.submissionId]),
        ...Object.fromEntries(limits.map(({ limit }, place) => [`:limit${place}`, limit])),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
};

/** Frees the places a submission took and counts it as a draft again. */
export const countWithdrawn = (tableName: string, submitted: SubmissionHead): TransactWrite => {
  const sets = ['submitted', ...(submitted.countedIn ?? []).map(nodeSet)];
  return {
    Update: {
      TableName: tableName,
      Key: tallyKey(submitted.callId, submitted.unitId),
      UpdateExpression: `DELETE ${sets.map((_, place) => `#set${place} :id`).join(', ')} ADD drafts :id`,
      ExpressionAttributeNames: setNames(sets),
      ExpressionAttributeValues: { ':id': new Set([submitted.submissionId]) },
    },
  };
};
