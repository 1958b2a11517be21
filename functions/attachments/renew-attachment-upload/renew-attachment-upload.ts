import * as contract from '#shared/contract/attachments.ts';
import type { AttachmentsRepository } from '#shared/data/attachments-repository.ts';
import type { ApplicantSituations } from '#shared/data/standing-repository.ts';
import { loadOwn } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { UploadPresigner } from '#shared/storage/presigned-upload.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly situations: ApplicantSituations;
  readonly attachments: Pick<AttachmentsRepository, 'expectAgain'>;
  readonly uploads: UploadPresigner;
}

export const renewAttachmentUpload = (dependencies: Dependencies) =>
  handle(contract.renewAttachmentUpload, async ({ params, query, actor, receivedAt }) => {
    const { submissionId, attachmentId } = params;
    const { submission, call, deadline } = await loadOwn(dependencies, submissionId, actor.subject);
    const attachment = submission.attachments.find((one) => one.attachmentId === attachmentId);
    if (attachment === undefined) throw new DomainError('NOT_FOUND');
    assertOpen(call, deadline, receivedAt);
    if (submission.head.status !== 'draft') throw new DomainError('NOT_A_DRAFT');
    if (attachment.state !== 'expected') throw new DomainError('ALREADY_UPLOADED');
    if (!(await dependencies.attachments.expectAgain(submissionId, attachmentId, receivedAt)))
      throw new DomainError('CONFLICT');
    const { contentType, size, sha256 } = attachment;
    const upload = await dependencies.uploads.presign(
      query.method,
      { key: attachmentObjectKey(submissionId, attachmentId), contentType, size, sha256 },
      { receivedAt, notAfter: Date.parse(deadline.closesAt) },
    );
    return { body: { attachmentId, upload } };
  });
