import type { WithdrawalPart } from '#shared/contract/seals.ts';
import * as contract from '#shared/contract/seals.ts';
import { headForOfficer, type OfficerPorts } from '#shared/data/head-for-officer.ts';
import type { SealRecords } from '#shared/data/seal-records.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import type { DownloadPresigner } from '#shared/storage/presigned-download.ts';
import { sealFileKey } from '#shared/storage/seal-keys.ts';
import type { SealedRosters } from '#shared/storage/sealed-rosters.ts';

export interface Dependencies extends OfficerPorts {
  readonly seals: Pick<SealRecords, 'find'>;
  readonly rosters: Pick<SealedRosters, 'manifest'>;
  readonly downloads: DownloadPresigner;
}

export const getSealRoster = ({ calls, memberships, seals, rosters, downloads }: Dependencies) =>
  handle(contract.getSealRoster, async ({ params, actor, receivedAt }) => {
    const { callId } = await headForOfficer({ calls, memberships }, params.callId, actor.subject);
    const seal = await seals.find(callId, params.number);
    if (seal?.state !== 'sealed') throw new DomainError('NOT_FOUND');
    const linkTo = (name: string) =>
      downloads.presign({ key: sealFileKey(seal, name), filename: `${callId}-${params.number}-${name}` }, receivedAt);
    const linked = (parts: readonly WithdrawalPart[]) =>
      Promise.all(
        parts.map(async ({ name, count, bytes, sha256 }) => ({
          ...{ name, count, bytes, sha256, url: (await linkTo(name)).url },
        })),
      );
    const manifest = await rosters.manifest(seal);
    const { expiresAt } = await linkTo('manifest.json');
    const withdrawals = await linked(manifest.withdrawals?.parts ?? []);
    return { body: { parts: await linked(manifest.parts), withdrawals, expiresAt } };
  });
