import * as contract from '#shared/contract/attachments.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import { loadVisible } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { whyWithheld } from '#shared/domain/submission/scan.ts';
import { handle } from '#shared/http/handle.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { DownloadPresigner } from '#shared/storage/presigned-download.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly standings: StandingRepository;
  readonly downloads: DownloadPresigner;
}

/** Browsers name no JSON and follow the redirect; clients that ask for JSON get the address itself. */
const wantsJson = (accept: string | undefined): boolean => accept?.toLowerCase().includes('application/json') ?? false;

export const getAttachment = (dependencies: Dependencies) =>
  handle(contract.getAttachment, async ({ params, query, headers, actor, receivedAt }) => {
    const { submissionId, attachmentId } = params;
    const { submission, view } = await loadVisible(dependencies, submissionId, actor.subject);
    const attachment = submission.attachments.find((one) => one.attachmentId === attachmentId);
    if (attachment === undefined || view === 'head') throw new DomainError('NOT_FOUND');
    if (submission.head.erasedAt !== undefined) throw new DomainError('DATA_ERASED');
    const { state, versionId, filename } = attachment;
    if (state !== 'admitted') throw new DomainError('ATTACHMENT_NOT_AVAILABLE');
    const withheld = whyWithheld(attachment, receivedAt);
    if (withheld !== undefined && !(withheld === 'NOT_SCANNED' && query.acceptUnscanned === 'true'))
      throw new DomainError(withheld);
    const key = attachmentObjectKey(submissionId, attachmentId);
    const download = await dependencies.downloads.presign({ key, versionId, filename }, receivedAt);
    return wantsJson(headers.accept) ? { status: 200, body: download } : { headers: { location: download.url } };
  });
