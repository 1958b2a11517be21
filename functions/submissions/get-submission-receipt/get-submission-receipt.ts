import * as contract from '#shared/contract/submissions.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { viewOf } from '#shared/domain/submission/visibility.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly standings: StandingRepository;
  readonly receipts: ReceiptsRepository;
}

export const getSubmissionReceipt = ({ submissions, standings, receipts }: Dependencies) =>
  handle(contract.getSubmissionReceipt, async ({ params, actor }) => {
    const head = await submissions.head(params.submissionId);
    if (head === undefined) throw new DomainError('NOT_FOUND');
    viewOf(head, await standings.of(actor.subject, head));
    if (head.receiptNo === undefined) throw new DomainError('NOT_SUBMITTED');
    const stored = await receipts.find(head.receiptNo);
    if (stored === undefined) throw new Error('A submitted submission has no receipt');
    return { body: stored.receipt };
  });
