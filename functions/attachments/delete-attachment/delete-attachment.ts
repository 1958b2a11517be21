import * as contract from '#shared/contract/attachments.ts';
import type { AttachmentRemoval } from '#shared/data/attachment-removal.ts';
import type { AttachmentsRepository } from '#shared/data/attachments-repository.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly standings: StandingRepository;
  readonly attachments: Pick<AttachmentsRepository, 'find'>;
  readonly removal: AttachmentRemoval;
}

export const deleteAttachment = ({ submissions, standings, attachments, removal }: Dependencies) =>
  handle(contract.deleteAttachment, async ({ params: { submissionId, attachmentId }, actor, receivedAt }) => {
    const [head, attachment] = await Promise.all([
      submissions.head(submissionId),
      attachments.find(submissionId, attachmentId),
    ]);
    if (head === undefined) throw new DomainError('NOT_FOUND');
    const { applicant } = await standings.of(actor.subject, { head });
    if (!applicant || attachment === undefined) throw new DomainError('NOT_FOUND');
    const outcome = await removal.removeAttachment(head, attachmentId, { by: actor.subject, now: receivedAt });
    if (outcome === 'notFound') throw new DomainError('NOT_FOUND');
    if (outcome === 'moved') {
      const now = await submissions.head(submissionId);
      if (now === undefined) throw new DomainError('NOT_FOUND');
      throw new DomainError(now.status === 'draft' ? 'CONFLICT' : 'NOT_A_DRAFT');
    }
    return {};
  });
