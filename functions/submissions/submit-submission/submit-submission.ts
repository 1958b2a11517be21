import type { Receipt } from '#shared/contract/receipts.ts';
import * as contract from '#shared/contract/submit.ts';
import type { Definitions } from '#shared/data/category-rules.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import type { SituationRepository } from '#shared/data/standing-repository.ts';
import { loadOwnWithRecords, type OwnWithRecords, TRIES } from '#shared/data/submission-access.ts';
import type { SubmissionOutcomes } from '#shared/data/submission-outcomes.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { isOpenAt } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { acceptSubmission } from '#shared/domain/submission/accept-submission.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { log } from '#shared/runtime/log.ts';
import type { AttachmentInspector } from '#shared/storage/attachment-inspector.ts';
import { keepVerdict, proveExpected, type Verdicts } from '#shared/storage/settle-attachments.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load' | 'recordLateAttempt'>;
  readonly situations: SituationRepository;
  readonly definitions: Definitions;
  readonly outcomes: Pick<SubmissionOutcomes, 'submitWithinLimits'>;
  readonly receipts: ReceiptsRepository;
  readonly verdicts: Verdicts;
  readonly objects: AttachmentInspector;
  readonly newReceiptNo: () => string;
}

export const submitSubmission = (dependencies: Dependencies) => {
  const { submissions, definitions, outcomes, receipts, verdicts, objects, newReceiptNo } = dependencies;

  const receiptOf = async (receiptNo: string | undefined): Promise<Receipt> => {
    const stored = receiptNo === undefined ? undefined : await receipts.find(receiptNo);
    if (stored === undefined) throw new Error('A submitted submission has no receipt');
    return stored.receipt;
  };

  /** Files whose events have not come yet are proven by the submit itself; undefined where one changed meanwhile. */
  const settled = async (
    { submission, call, deadline }: OwnWithRecords,
    receivedAt: number,
  ): Promise<Submission | undefined> => {
    if (!isOpenAt(call, deadline, receivedAt)) return submission;
    const checked = await proveExpected(objects, submission, Date.parse(deadline.closesAt));
    const { submissionId } = submission.head;
    const kept = await Promise.all(
      checked.proven.map((attachment) => keepVerdict(verdicts, submissionId, attachment, receivedAt)),
    );
    return kept.every(Boolean) ? checked.submission : undefined;
  };

  /** The receipt, or undefined where the submission changed while it was being decided. `by` is the applicant's subject. */
  const submit = async (own: OwnWithRecords, by: string, receivedAt: number): Promise<Receipt | undefined> => {
    const { submission, call } = own;
    if (submission.head.status === 'submitted') return receiptOf(submission.head.receiptNo);
    const rules = await rulesInForce(definitions, call, submission.head.category);
    const current = await settled(own, receivedAt);
    if (current === undefined) return undefined;
    const accepted = acceptSubmission({
      ...own,
      submission: current,
      rules,
      receivedAt,
      receiptNo: newReceiptNo(),
    });
    if ((await outcomes.submitWithinLimits({ ...accepted, by })) !== 'submitted') return undefined;
    log.count('SUBMISSION_SUBMITTED', { callId: call.callId });
    return accepted.receipt;
  };

  const recordLate = async ({ submission: { head }, deadline }: OwnWithRecords, receivedAt: number): Promise<void> => {
    const howLate = receivedAt - Date.parse(deadline.closesAt);
    await submissions.recordLateAttempt(head, toInstant(receivedAt), howLate);
    log.info('LATE_ATTEMPT_RECORDED', { submissionId: head.submissionId });
  };

  return handle(contract.submitSubmission, async ({ params: { submissionId }, actor, receivedAt }) => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const own = await loadOwnWithRecords(dependencies, submissionId, actor.subject);
      try {
        const receipt = await submit(own, actor.subject, receivedAt);
        if (receipt !== undefined) return { body: receipt };
      } catch (error) {
        if (error instanceof DomainError && error.code === 'CALL_CLOSED') await recordLate(own, receivedAt);
        throw error;
      }
    }
    throw new DomainError('CONFLICT');
  });
};
