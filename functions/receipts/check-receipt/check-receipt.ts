import * as contract from '#shared/contract/receipts.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly receipts: ReceiptsRepository;
}

export const checkReceipt = ({ receipts }: Dependencies) =>
  handle(contract.checkReceipt, async ({ params }) => {
    const stored = await receipts.find(params.receiptNo);
    if (stored === undefined) throw new DomainError('NOT_FOUND');
    const { receiptNo, callId, submittedAt, digest } = stored.receipt;
    const { withdrawnAt } = stored;
    const status: 'submitted' | 'withdrawn' = withdrawnAt === undefined ? 'submitted' : 'withdrawn';
    return {
      body: { receiptNo, callId, submittedAt, digest, status, ...(withdrawnAt === undefined ? {} : { withdrawnAt }) },
    };
  });
