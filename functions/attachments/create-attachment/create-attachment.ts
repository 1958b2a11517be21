import * as contract from '#shared/contract/attachments.ts';
import type { Upload } from '#shared/contract/upload.ts';
import type { AttachmentsRepository } from '#shared/data/attachments-repository.ts';
import { categoryInForce, type Definitions } from '#shared/data/category-rules.ts';
import type { IdempotencyKey, IdempotencyRepository, RememberedRequest } from '#shared/data/idempotency-repository.ts';
import type { ApplicantSituations } from '#shared/data/standing-repository.ts';
import { loadOwn, type OwnSubmission } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { announcementFaults } from '#shared/domain/submission/materials.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { UploadPresigner } from '#shared/storage/presigned-upload.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly situations: ApplicantSituations;
  readonly definitions: Definitions;
  readonly attachments: Pick<AttachmentsRepository, 'declareAttachment' | 'expectAgain' | 'find'>;
  readonly idempotency: IdempotencyRepository;
  readonly uploads: UploadPresigner;
  readonly newAttachmentId: () => string;
  /** Whether the stage has uploads scanned for malware. */
  readonly scanned: boolean;
}

export const createAttachment = (dependencies: Dependencies) => {
  const { definitions, attachments, idempotency, uploads, newAttachmentId, scanned } = dependencies;

  /** What an earlier request with the same key announced; its right to upload is given anew, and the time it has with it. */
  const replayed = async (
    earlier: RememberedRequest,
    digest: string,
    submissionId: string,
    receivedAt: number,
  ): Promise<Attachment> => {
    if (earlier.digest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    const attachment = await attachments.find(submissionId, earlier.created.attachmentId ?? '');
    if (attachment === undefined) throw new DomainError('NOT_FOUND');
    if (attachment.state !== 'expected') throw new DomainError('ALREADY_UPLOADED');
    if (!(await attachments.expectAgain(submissionId, attachment.attachmentId, receivedAt)))
      throw new DomainError('CONFLICT');
    return attachment;
  };

  const reply = async (
    { submission, deadline }: OwnSubmission,
    attachment: Pick<Attachment, 'attachmentId' | 'contentType' | 'size' | 'sha256'>,
    method: Upload['method'],
    receivedAt: number,
  ) => {
    const { attachmentId, contentType, size, sha256 } = attachment;
    const key = attachmentObjectKey(submission.head.submissionId, attachmentId);
    const notAfter = Date.parse(deadline.closesAt);
    const upload = await uploads.presign(method, { key, contentType, size, sha256 }, { receivedAt, notAfter });
    return { body: { attachmentId, upload } };
  };

  return handle(
    contract.createAttachment,
    async ({ params: { submissionId }, query: { method }, headers, body, actor: { subject }, receivedAt }) => {
      const sentKey = headers['idempotency-key'];
      const key: IdempotencyKey | undefined =
        sentKey === undefined ? undefined : { subject, operation: 'createAttachment', key: sentKey };
      const digest = canonicalDigest({ submissionId, body });
      const [own, earlier] = await Promise.all([
        loadOwn(dependencies, submissionId, subject),
        key === undefined ? undefined : idempotency.find(key, receivedAt),
      ]);
      const { submission, call, deadline } = own;
      assertOpen(call, deadline, receivedAt);
      if (submission.head.status !== 'draft') throw new DomainError('NOT_A_DRAFT');
      if (earlier !== undefined)
        return reply(own, await replayed(earlier, digest, submissionId, receivedAt), method, receivedAt);

      const { place } = await categoryInForce(definitions, call, submission.head.category);
      const faults = announcementFaults(place.category.materials, submission.attachments, body);
      if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

      const attachment = {
        ...body,
        attachmentId: newAttachmentId(),
        state: 'expected' as const,
        createdAt: toInstant(receivedAt),
        // Said from the start, so that whoever admits it need not know, and switching scanning on or off later withholds nothing that is there.
        ...(scanned ? { scan: 'pending' as const } : {}),
      };
      const remember =
        key === undefined
          ? undefined
          : idempotency.remembering(key, { digest, created: { attachmentId: attachment.attachmentId } }, receivedAt);
      const outcome = await attachments.declareAttachment(submission.head, attachment, {
        by: subject,
        now: receivedAt,
        remember,
      });
      if (outcome === 'moved') throw new DomainError('CONFLICT');
      if (outcome === 'keyTaken' && key !== undefined) {
        const winner = await idempotency.find(key, receivedAt);
        if (winner === undefined) throw new DomainError('CONFLICT');
        return reply(own, await replayed(winner, digest, submissionId, receivedAt), method, receivedAt);
      }
      return reply(own, attachment, method, receivedAt);
    },
  );
};
