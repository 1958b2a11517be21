import * as contract from '#shared/contract/seals.ts';
import type { SealRecords } from '#shared/data/seal-records.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import type { SealedRosters } from '#shared/storage/sealed-rosters.ts';

export interface Dependencies {
  readonly seals: Pick<SealRecords, 'find'>;
  readonly rosters: Pick<SealedRosters, 'manifest' | 'signature'>;
}

export const getSeal = ({ seals, rosters }: Dependencies) =>
  handle(contract.getSeal, async ({ params }) => {
    const seal = await seals.find(params.callId, params.number);
    if (seal?.state !== 'sealed') throw new DomainError('NOT_FOUND');
    const [manifest, signature] = await Promise.all([rosters.manifest(seal), rosters.signature(seal)]);
    return { body: { manifest, signature } };
  });
