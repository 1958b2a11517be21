import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import { answersSavedEntry, saveOf } from '#shared/domain/history/submission-entries.ts';
import type { Partner, Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { MOST_KEPT_SAVES } from './kept-saves.ts';
import { answersItem, partnerItem, partnerKey } from './submission-items.ts';
import { recordChange, replaceHead } from './submission-writes.ts';
import { transact } from './transact.ts';

export type SubmissionChanges = ReturnType<typeof submissionChanges>;

/** Changes of what a draft says and of who applies together, each at the content that was read, with its entry in the history. */
export const submissionChanges = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly history: string },
) => ({
  /**
   * Replaces the answers of a draft whose content is still what was read. What the history tells of it stays in the head, which is written anyway, until another
   * change has an entry of its own, or the head is full. `moved`: the draft is another one; nothing was written.
   *
   * @param by subject of the applicant
   */
  async saveAnswersAtRevision(
    next: SubmissionHead,
    read: SubmissionHead,
    answers: Answers,
    by: string,
  ): Promise<'saved' | 'moved'> {
    const { saves = [] } = read;
    const save = saveOf(next, by);
    const isFull = saves.length >= MOST_KEPT_SAVES;
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, read, isFull ? [] : [...saves, save]),
      { Put: { TableName: tables.submissions, Item: answersItem(next, answers) } },
      ...(isFull ? [recordChange(tables.history, read, answersSavedEntry(save))] : []),
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
      recordChange(tables.history, head, entry),
    ]);
    return failed.length === 0 ? 'saved' : 'moved';
  },
});
