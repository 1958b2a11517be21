import * as contract from '#shared/contract/submissions.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import { loadVisible } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly standings: StandingRepository;
  readonly receipts: ReceiptsRepository;
}

export const getSubmissionReceipt = ({ submissions, standings, receipts }: Dependencies) =>
  handle(contract.getSubmissionReceipt, async ({ params, actor }) => {
    const { submission } = await loadVisible({ submissions, standings }, params.submissionId, actor.subject);
    const { head } = submission;
    if (head.receiptNo === undefined) throw new DomainError('NOT_SUBMITTED');
    const stored = await receipts.find(head.receiptNo);
    if (stored === undefined) throw new Error('A submitted submission has no receipt');
    return { body: stored.receipt };
  });
