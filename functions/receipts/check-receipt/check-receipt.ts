import * as contract from '#shared/contract/check-receipt.ts';
import type { ReceiptsRepository } from '#shared/data/receipts-repository.ts';
import type { Sealed } from '#shared/data/seal-items.ts';
import type { SealRecords } from '#shared/data/seal-records.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { findMembership } from '#shared/domain/seal/find-membership.ts';
import { handle } from '#shared/http/handle.ts';
import type { SealedRosters } from '#shared/storage/sealed-rosters.ts';

export interface Dependencies {
  readonly receipts: Pick<ReceiptsRepository, 'find'>;
  readonly seals: Pick<SealRecords, 'ofCall'>;
  readonly rosters: Pick<SealedRosters, 'manifest' | 'part'>;
}

export const checkReceipt = ({ receipts, seals, rosters }: Dependencies) =>
  handle(contract.checkReceipt, async ({ params }) => {
    const stored = await receipts.find(params.receiptNo);
    if (stored === undefined) throw new DomainError('NOT_FOUND');
    const { receiptNo, callId, submittedAt, digest } = stored.receipt;
    const { withdrawnAt } = stored;
    const status: 'submitted' | 'withdrawn' = withdrawnAt === undefined ? 'submitted' : 'withdrawn';
    const membership = await findMembership<Sealed>({ seals, rosters }, stored.receipt);
    return {
      body: {
        ...{ receiptNo, callId, submittedAt, digest, status },
        ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
        ...(membership === undefined ? {} : { membership }),
      },
    };
  });
