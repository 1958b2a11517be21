import { boundReached } from '#shared/domain/limits/limits.ts';
import { jointState } from './partners.ts';
import type { Partner, SubmissionHead } from './submission.ts';

/** A new draft, its answers at revision 1. */
export const draftHead = (
  draft: Pick<
    SubmissionHead,
    'submissionId' | 'callId' | 'organiser' | 'category' | 'callVersion' | 'unitId' | 'answered' | 'createdAt'
  >,
): SubmissionHead => ({
  ...draft,
  status: 'draft',
  edition: 1,
  answersRevision: 1,
  contentRevision: 1,
  attachmentCount: 0,
  updatedAt: draft.createdAt,
});

export const withSavedAnswers = (
  head: SubmissionHead,
  saved: Pick<SubmissionHead, 'answered' | 'callVersion' | 'updatedAt'>,
): SubmissionHead => ({
  ...head,
  ...saved,
  answersRevision: head.answersRevision + 1,
  contentRevision: head.contentRevision + 1,
});

/** With other partners, or consents. `updatedAt` is an instant. */
export const withPartners = (
  head: SubmissionHead,
  partners: readonly Partner[],
  updatedAt: string,
): SubmissionHead => ({ ...head, joint: jointState(partners), contentRevision: head.contentRevision + 1, updatedAt });

export const submittedHead = (
  head: SubmissionHead,
  submit: Required<
    Pick<
      SubmissionHead,
      'callVersion' | 'answered' | 'submittedAt' | 'receiptNo' | 'answersDigest' | 'countedIn' | 'answersRevision'
    >
  > &
    Pick<SubmissionHead, 'partnersCounted'>,
): SubmissionHead => ({
  ...head,
  ...submit,
  status: 'submitted',
  contentRevision: head.contentRevision + 1,
  updatedAt: submit.submittedAt ?? head.updatedAt,
});

/** Withdrawals of one submission: each keeps an edition of the answers and a receipt for good, so they are bounded. */
export const MOST_WITHDRAWALS = 100;

/**
 * A draft again: the next edition begins as a copy, and what was submitted stays as it was. Partners stay named, and their consents stand.
 *
 * @throws DomainError LIMIT_REACHED where it was withdrawn as often as it may be
 */
export const withdrawnHead = (head: SubmissionHead, withdrawnAt: string): SubmissionHead => {
  const withdrawals = head.edition - 1;
  if (withdrawals >= MOST_WITHDRAWALS) throw boundReached('withdrawals', MOST_WITHDRAWALS, withdrawals);
  const {
    submittedAt: _at,
    receiptNo: _no,
    answersDigest: _digest,
    countedIn: _in,
    partnersCounted: _counted,
    malwareFoundAt: _malware,
    ...kept
  } = head;
  return {
    ...kept,
    status: 'draft',
    edition: head.edition + 1,
    contentRevision: head.contentRevision + 1,
    updatedAt: withdrawnAt,
  };
};
