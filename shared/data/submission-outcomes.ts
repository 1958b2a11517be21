import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Receipt } from '#shared/contract/receipts.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { submittedEntry, withdrawnEntry } from '#shared/domain/history/submission-entries.ts';
import { type LimitScope, limitFaults, limitsReached, partnerLimitFaults } from '#shared/domain/limits/limits.ts';
import type { Partner, Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { newReceipt, voidReceipt } from './receipts-repository.ts';
import { answersItem } from './submission-items.ts';
import {
  countJoined,
  countSubmitted,
  countWithdrawn,
  recordChange,
  replaceHead,
  uncountJoined,
} from './submission-writes.ts';
import { limitedSet, rawSetSize } from './tally-items.ts';
import { type FailedWrite, transact } from './transact.ts';

/** What a submit writes, as the domain decided it. */
export interface SubmitWrite {
  /** As it was read. */
  readonly read: SubmissionHead;
  /** As it will be: submitted, counted in every code of `countedIn`. */
  readonly next: SubmissionHead;
  readonly limits: readonly LimitScope[];
  /** Partners whose own limits it counts against, each by its own tally. */
  readonly counted: readonly Partner[];
  readonly receipt: Receipt;
  /** Subject of the applicant. */
  readonly by: string;
  /** Where the answers themselves change by being submitted: those of the version in force, without what it hides. */
  readonly answers?: Answers | undefined;
}

/** Where the tallies of partners begin in a submit's transaction: after head, the lead's tally, receipt and history. */
const FIRST_PARTNER = 4;

/** What the tallies that refused a submit say: the lead's first, then each partner's. */
const limitsRefusing = ({ limits, counted }: SubmitWrite, failed: readonly FailedWrite[]): Fault[] =>
  failed.flatMap(({ position, item }): Fault[] => {
    const reached = limitsReached(
      limits,
      limits.map((scope) => rawSetSize(item, limitedSet(scope))),
    );
    if (position === 1) return limitFaults(reached);
    const place = position - FIRST_PARTNER;
    const partner = counted[place];
    return partner === undefined ? [] : partnerLimitFaults(place, partner.name, reached);
  });

export type SubmissionOutcomes = ReturnType<typeof submissionOutcomes>;

/** Submit and withdrawal: head, tallies, receipt and history in one transaction, and no item of anybody but the unit and the partners that consented. */
export const submissionOutcomes = (
  db: DynamoDBDocumentClient,
  tables: {
    readonly submissions: string;
    readonly tallies: string;
    readonly receipts: string;
    readonly history: string;
  },
) => ({
  /**
   * Submits a draft whose content is still what was read, if every limit of the unit and of each partner it counts for leaves room for one more.
   *
   * @returns `moved` where the draft changed or was submitted meanwhile: nothing was written, and it is to be loaded again
   * @throws DomainError LIMIT_REACHED with limit, count and scope of the widest, and every limit reached as a fault with its clause
   */
  async submitWithinLimits(submit: SubmitWrite): Promise<'submitted' | 'moved'> {
    const { read, next, limits, counted, receipt, by, answers } = submit;
    const countedIn = next.countedIn ?? [];
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, read),
      countSubmitted(tables.tallies, read, countedIn, limits),
      newReceipt(tables.receipts, receipt),
      recordChange(tables.history, read, submittedEntry(read, next, by)),
      ...counted.map(({ unitId }) => countJoined(tables.tallies, read, unitId, countedIn, limits)),
      ...(answers === undefined ? [] : [{ Put: { TableName: tables.submissions, Item: answersItem(next, answers) } }]),
    ]);
    if (failed.length === 0) return 'submitted';
    if (failed.some(({ position }) => position === 0)) return 'moved';
    if (failed.some(({ position }) => position === 2))
      throw new Error(`The receipt number ${receipt.receiptNo} was given out twice`);
    const faults = limitsRefusing(submit, failed);
    const [first] = faults;
    if (first === undefined) throw new Error('A tally refused a submit with every limit unreached');
    throw new DomainError('LIMIT_REACHED', { params: first.params ?? {}, faults });
  },

  /**
   * Takes a submission back: a draft again with a copy of its answers as the next edition, its places free, its partners' too, its receipt void.
   *
   * @param by subject of the applicant
   * @returns `moved` where it was withdrawn meanwhile
   */
  async withdraw(
    { head, answers, partners }: Submission,
    next: SubmissionHead,
    by: string,
  ): Promise<'withdrawn' | 'moved'> {
    if (head.receiptNo === undefined) throw new Error(`Submission ${head.submissionId} has no receipt to void`);
    const failed = await transact(db, [
      replaceHead(tables.submissions, next, head),
      { Put: { TableName: tables.submissions, Item: answersItem(next, answers) } },
      countWithdrawn(tables.tallies, head),
      voidReceipt(tables.receipts, head.receiptNo, next.updatedAt),
      recordChange(tables.history, head, withdrawnEntry(head, next, by)),
      ...(head.partnersCounted ? partners.map(({ unitId }) => uncountJoined(tables.tallies, head, unitId)) : []),
    ]);
    return failed.length === 0 ? 'withdrawn' : 'moved';
  },
});
