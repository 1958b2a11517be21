import type { Receipt } from '#shared/contract/receipts.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import type { Deadline } from '#shared/domain/deadline/deadline-in-force.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { jointOf } from '#shared/domain/eligibility/judge-partners.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { answersDigest } from '#shared/domain/form/digest.ts';
import { type LimitScope, limitsOf } from '#shared/domain/limits/limits.ts';
import { type Candidate, checkSubmission } from './check-submission.ts';
import { countsForPartners } from './partners.ts';
import { issueReceipt } from './receipt.ts';
import type { Attachment, Partner, SubmissionHead } from './submission.ts';
import { submittedHead } from './transitions.ts';

/** A submit as it was received, and all that decides on it. */
export interface SubmitRequest extends Candidate {
  /** In force for the unit in the category. */
  readonly deadline: Deadline;
  /** For the receipt, should one be given. */
  readonly receiptNo: string;
}

/** What is to be written, if the limits allow it: those are the transaction's to hold. */
export interface AcceptedSubmit {
  readonly read: SubmissionHead;
  readonly next: SubmissionHead;
  readonly limits: readonly LimitScope[];
  /** Partners whose own limits it counts against: all of them, or none. */
  readonly counted: readonly Partner[];
  readonly receipt: Receipt;
  /** Where they differ from the ones kept. */
  readonly answers?: Answers;
}

const inReceipt = ({ attachmentId, material, filename, size, sha256 }: Attachment) => ({
  attachmentId,
  material,
  filename,
  size,
  sha256,
});

/**
 * Decides on a draft's submit: first the window, then applicant, partners, answers and materials together.
 *
 * @throws DomainError CALL_NOT_OPEN, CALL_CLOSED, VALIDATION_FAILED with every fault
 */
export const acceptSubmission = (request: SubmitRequest): AcceptedSubmit => {
  const { submission, call, deadline, rules, receivedAt, receiptNo } = request;
  const { head, attachments, partners } = submission;
  assertOpen(call, deadline, receivedAt);
  const { answers, changed, faults } = checkSubmission(request);
  if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

  const submittedAt = new Date(receivedAt).toISOString();
  const digest = answersDigest(answers);
  const receipt = issueReceipt({
    receiptNo,
    submissionId: head.submissionId,
    callId: head.callId,
    callVersion: rules.version,
    category: head.category,
    unitId: head.unitId,
    submittedAt,
    deadline: deadline.closesAt,
    deadlineLocal: deadline.closesAtLocal,
    timezone: call.timezone,
    answersDigest: digest,
    attachments: attachments.map(inReceipt),
    ...(partners.length === 0 ? {} : { partners: partners.map(({ unitId, name }) => ({ unitId, name })) }),
  });
  const counted = countsForPartners(jointOf(rules.call, rules.place.category)) ? partners : [];
  const next = submittedHead(head, {
    callVersion: rules.version,
    answered: Object.keys(answers).length,
    answersRevision: head.answersRevision + (changed ? 1 : 0),
    submittedAt,
    receiptNo,
    answersDigest: digest,
    countedIn: rules.place.path.map(({ code }) => code),
    ...(counted.length === 0 ? {} : { partnersCounted: true }),
  });
  return {
    read: head,
    next,
    limits: limitsOf(rules.call, rules.place.path),
    counted,
    receipt,
    ...(changed ? { answers } : {}),
  };
};
