import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import type { Partner, Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { answersItem, partnerItem, partnerKey } from './submission-items.ts';
import { recordChange, replaceHead } from './submission-writes.ts';
import { transact } from './transact.ts';

export type SubmissionChanges = ReturnType<typeof submissionChanges>;

/** Changes of what a draft says and of who applies together, each at the content that was read, with its entry in the history. */
export const submissionChanges = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly history: string },
) => ({
  /** Replaces the answers of a draft whose content is still what was read. `moved`: it is not; nothing was written. */
  async saveAnswersAtRevision(
    next: SubmissionHead,
    read: SubmissionHead,
    answers: Answers,
    entry: HistoryEntry,
  ): Promise<'saved' | 'moved'> {
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, read),
      { Put: { TableName: tables.submissions, Item: answersItem(next, answers) } },
      recordChange(tables.history, next, entry),
    ]);
    return failed.length === 0 ? 'saved' : 'moved';
  },

  /** Replaces the partners of a draft that is still what was read. `next` is their head. `moved`: it is not; nothing was written. */
  async savePartnersAtRevision(
    next: SubmissionHead,
    { head, partners: before }: Pick<Submission, 'head' | 'partners'>,
    partners: readonly Partner[],
    entry: HistoryEntry,
  ): Promise<'saved' | 'moved'> {
    const dropped = before.filter(({ unitId }) => partners.every((partner) => partner.unitId !== unitId));
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, head),
      ...dropped.map(({ unitId }) => ({
        Delete: { TableName: tables.submissions, Key: partnerKey(head.submissionId, unitId) },
      })),
      ...partners.map((partner, place) => ({
        Put: { TableName: tables.submissions, Item: partnerItem(head, partner, place) },
      })),
      recordChange(tables.history, next, entry),
    ]);
    return failed.length === 0 ? 'saved' : 'moved';
  },
});
