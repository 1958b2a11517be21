import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import { undoneEntry } from '#shared/domain/history/submission-entries.ts';
import { boundReached, MOST_DRAFTS } from '#shared/domain/limits/limits.ts';
import type { Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { historyOfSubmission, recorded } from './history-items.ts';
import {
  answersItem,
  answersKey,
  COLLECT,
  partnerKey,
  SWEEP_MS,
  submissionHeadItem,
  submissionHeadKey,
} from './submission-items.ts';
import { countDraft, recordChange, uncountDraft } from './submission-writes.ts';
import { rawSetSize } from './tally-items.ts';
import { type TransactWrite, transact } from './transact.ts';

export type SubmissionDrafts = ReturnType<typeof submissionDrafts>;

/** The beginning and the end of drafts, always together with the unit's tally and the history. */
export const submissionDrafts = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly tallies: string; readonly history: string },
) => ({
  /**
   * Writes a new draft with its answers, counts it and, where a client's key was given, remembers the request: all or nothing.
   *
   * @param entry what the history tells of it
   * @param remember from `idempotencyRepository.remembering`
   * @returns `keyTaken` where another request with the same key came first
   * @throws DomainError LIMIT_REACHED where the unit has as many drafts in the call as it may have
   */
  async createDraft(
    head: SubmissionHead,
    answers: Answers,
    entry: HistoryEntry,
    remember?: TransactWrite,
  ): Promise<'created' | 'keyTaken'> {
    const failed = await transact(db, [
      {
        Put: {
          TableName: tables.submissions,
          Item: submissionHeadItem(head),
          ConditionExpression: 'attribute_not_exists(submissionId)',
        },
      },
      { Put: { TableName: tables.submissions, Item: answersItem(head, answers) } },
      countDraft(tables.tallies, head, MOST_DRAFTS),
      recorded(tables.history, historyOfSubmission(head.submissionId), head.contentRevision, entry),
      ...(remember === undefined ? [] : [remember]),
    ]);
    if (failed.some(({ position }) => position === 4)) return 'keyTaken';
    // An id has 128 random bits: it is there already only where an attempt before was carried out and its reply lost.
    if (failed.some(({ position }) => position === 0)) return 'created';
    const full = failed.find(({ position }) => position === 2);
    if (full !== undefined) throw boundReached('drafts', MOST_DRAFTS, rawSetSize(full.item, 'drafts'));
    if (failed.length > 0) throw new Error(`The history of ${head.submissionId} began before it`);
    return 'created';
  },

  /**
   * Takes back a draft as it was created, and the client's key with it. `moved`: somebody who found it meanwhile has gone on with it, perhaps to a receipt;
   * nothing was written.
   */
  async undoCreation(created: SubmissionHead, forget?: TransactWrite): Promise<'undone' | 'moved'> {
    const { submissionId, edition, contentRevision } = created;
    const failed = await transact(db, [
      {
        Delete: {
          TableName: tables.submissions,
          Key: submissionHeadKey(submissionId),
          ConditionExpression: '#status = :draft AND contentRevision = :contentRevision',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':draft': 'draft', ':contentRevision': contentRevision },
        },
      },
      { Delete: { TableName: tables.submissions, Key: answersKey(submissionId, edition) } },
      uncountDraft(tables.tallies, created),
      recordChange(tables.history, created, undoneEntry(created)),
      ...(forget === undefined ? [] : [forget]),
    ]);
    return failed.length === 0 ? 'undone' : 'moved';
  },

  /**
   * Deletes a draft whose content is still what was read: at once for everybody, its answers, its partners and its place in the tally too. What is left
   * for the collector (files, earlier editions) is found by the head, which stays behind for the collector alone, until no upload can be under way any
   * more. `now` in ms; `beside` is written with it, or nothing is.
   */
  async deleteDraft(
    { head: read, partners }: Pick<Submission, 'head' | 'partners'>,
    now: number,
    entry: HistoryEntry,
    beside: readonly TransactWrite[] = [],
  ): Promise<'deleted' | 'moved'> {
    const { submissionId, edition, contentRevision } = read;
    const failed = await transact(db, [
      {
        Update: {
          TableName: tables.submissions,
          Key: submissionHeadKey(submissionId),
          UpdateExpression:
            'SET #status = :deleted, contentRevision = :next, collect = :collect, collectAt = :collectAt REMOVE created, saves',
          ConditionExpression: '#status = :draft AND contentRevision = :contentRevision',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':deleted': 'deleted',
            ':draft': 'draft',
            ':collect': COLLECT,
            ':collectAt': toInstant(now + SWEEP_MS),
            ':contentRevision': contentRevision,
            ':next': contentRevision + 1,
          },
        },
      },
      { Delete: { TableName: tables.submissions, Key: answersKey(submissionId, edition) } },
      uncountDraft(tables.tallies, read),
      recordChange(tables.history, read, entry),
      ...partners.map(({ unitId }) => ({
        Delete: { TableName: tables.submissions, Key: partnerKey(submissionId, unitId) },
      })),
      ...beside,
    ]);
    return failed.length === 0 ? 'deleted' : 'moved';
  },
});
