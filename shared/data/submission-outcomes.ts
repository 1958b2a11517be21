import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Receipt } from '#shared/contract/receipts.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { type LimitScope, limitFaults, limitsReached } from '#shared/domain/limits/limits.ts';
import type { Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { newReceipt, voidReceipt } from './receipts-repository.ts';
import { answersItem } from './submission-items.ts';
import { countSubmitted, countWithdrawn, replaceHead } from './submission-writes.ts';
import { limitedSet, rawSetSize } from './tally-items.ts';
import { transact } from './transact.ts';

/** What a submit writes, as the domain decided it. */
export interface SubmitWrite {
  /** As it was read. */
  readonly read: SubmissionHead;
  /** As it will be: submitted, counted in every code of `countedIn`. */
  readonly next: SubmissionHead;
  readonly limits: readonly LimitScope[];
  readonly receipt: Receipt;
  /** Where the answers themselves change by being submitted: those of the version in force, without what it hides. */
  readonly answers?: Answers | undefined;
}

export type SubmissionOutcomes = ReturnType<typeof submissionOutcomes>;

/** Submit and withdrawal: head, tally and receipt in one transaction, and no item of anybody else's. */
export const submissionOutcomes = (
  db: DynamoDBDocumentClient,
  tables: { submissions: string; tallies: string; receipts: string },
) => ({
  /**
   * Submits a draft whose content is still what was read, if every limit leaves room for one more.
   *
   * @returns `moved` where the draft changed or was submitted meanwhile: nothing was written, and it is to be loaded again
   * @throws DomainError LIMIT_REACHED with limit, count and scope of the widest, and every limit reached as a fault with its clause
   */
  async submitWithinLimits({ read, next, limits, receipt, answers }: SubmitWrite): Promise<'submitted' | 'moved'> {
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, read),
      countSubmitted(tables.tallies, read, next.countedIn ?? [], limits),
      newReceipt(tables.receipts, receipt),
      ...(answers === undefined ? [] : [{ Put: { TableName: tables.submissions, Item: answersItem(next, answers) } }]),
    ]);
    if (failed.length === 0) return 'submitted';
    if (failed.some(({ position }) => position === 0)) return 'moved';
    const full = failed.find(({ position }) => position === 1);
    if (full === undefined) throw new Error(`The receipt number ${receipt.receiptNo} was given out twice`);
    const counts = limits.map((scope) => rawSetSize(full.item, limitedSet(scope)));
    const faults = limitFaults(limitsReached(limits, counts));
    const [widest] = faults;
    if (widest === undefined) throw new Error('A tally refused a submit with every limit unreached');
    throw new DomainError('LIMIT_REACHED', { params: widest.params ?? {}, faults });
  },

  /**
   * Takes a submission back: a draft again with a copy of its answers as the next edition, its places free, its receipt void.
   *
   * @returns `moved` where it was withdrawn meanwhile
   */
  async withdraw({ head, answers }: Submission, next: SubmissionHead): Promise<'withdrawn' | 'moved'> {
    if (head.receiptNo === undefined) throw new Error(`Submission ${head.submissionId} has no receipt to void`);
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, head),
      { Put: { TableName: tables.submissions, Item: answersItem(next, answers) } },
      countWithdrawn(tables.tallies, head),
      voidReceipt(tables.receipts, head.receiptNo, next.updatedAt),
    ]);
    return failed.length === 0 ? 'withdrawn' : 'moved';
  },
});
