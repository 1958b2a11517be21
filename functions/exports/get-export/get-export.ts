import * as contract from '#shared/contract/exports.ts';
import { assertOfficer, type Officers } from '#shared/data/assert-officer.ts';
import type { ExportsRepository } from '#shared/data/exports-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { isExpired, stateOf } from '#shared/domain/export/export.ts';
import { presentExport } from '#shared/domain/export/present.ts';
import { exportFailureIn } from '#shared/http/export-failures.ts';
import { handle } from '#shared/http/handle.ts';
import { exportPartKey } from '#shared/storage/export-keys.ts';
import type { DownloadPresigner } from '#shared/storage/presigned-download.ts';

export interface Dependencies extends Officers {
  readonly exports: Pick<ExportsRepository, 'find' | 'parts'>;
  readonly downloads: DownloadPresigner;
}

export const getExport = ({ exports, memberships, downloads }: Dependencies) =>
  handle(contract.getExport, async ({ params: { exportId }, actor, receivedAt, locale }) => {
    const one = await exports.find(exportId);
    if (one === undefined || isExpired(one, receivedAt)) throw new DomainError('NOT_FOUND');
    await assertOfficer({ memberships }, one.organiser, actor.subject);
    const done = stateOf(one, receivedAt) === 'done' ? await exports.parts(one) : [];
    const parts = await Promise.all(
      done.map(async (part) => {
        const key = exportPartKey(exportId, part.part);
        const { url, expiresAt } = await downloads.presign({ key, filename: part.filename }, receivedAt);
        return { ...part, url, urlExpiresAt: expiresAt };
      }),
    );
    return { body: { ...presentExport(one, receivedAt, exportFailureIn(locale)), parts } };
  });
