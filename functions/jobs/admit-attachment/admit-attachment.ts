import * as z from 'zod';
import type { AttachmentsRepository } from '#shared/data/attachments-repository.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { parseAttachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { AttachmentObjects } from '#shared/storage/attachment-objects.ts';
import { keepVerdict, proveAttachment, type Verdicts } from '#shared/storage/settle-attachments.ts';

export interface Dependencies {
  readonly attachments: Pick<AttachmentsRepository, 'find'>;
  readonly verdicts: Verdicts;
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly deadlines: Pick<DeadlinesRepository, 'ofSubmission'>;
  readonly objects: Pick<AttachmentObjects, 'inspect' | 'removeVersion'>;
  /** ms. */
  readonly now: () => number;
}

/** EventBridge's `Object Created` of a versioned bucket. */
const ObjectCreated = z.object({
  detail: z.object({ object: z.object({ key: z.string(), 'version-id': z.string().min(1) }) }),
});

/**
 * Proves an object that arrived against its announcement. Events come late, twice and in any order: the first proven version is pinned, every other
 * object (surplus, refused, of nothing announced) is removed.
 */
export const admitAttachment = ({ attachments, verdicts, submissions, deadlines, objects, now }: Dependencies) => {
  const settle = async (submissionId: string, attachmentId: string, key: string, versionId: string): Promise<void> => {
    const discard = async (): Promise<void> => {
      await objects.removeVersion(key, versionId);
      log.info('OBJECT_REMOVED', { submissionId, attachmentId });
    };
    const attachment = await attachments.find(submissionId, attachmentId);
    if (attachment === undefined || attachment.state === 'refused') return discard();
    if (attachment.state === 'admitted') return attachment.versionId === versionId ? undefined : discard();

    const head = await submissions.head(submissionId);
    const called = head === undefined ? undefined : await deadlines.ofSubmission(head);
    if (called === undefined) return discard();
    const proven = await proveAttachment(
      objects,
      submissionId,
      attachment,
      Date.parse(called.deadline.closesAt),
      versionId,
    );
    if (proven.state === 'expected') return;
    // Somebody else settled it meanwhile, so it is no longer expected: this ends with the next look.
    if (!(await keepVerdict(verdicts, submissionId, proven, now())))
      return settle(submissionId, attachmentId, key, versionId);
    if (proven.state === 'admitted') {
      log.info('ATTACHMENT_ADMITTED', { submissionId, attachmentId });
    } else {
      log.info('ATTACHMENT_REFUSED', { submissionId, attachmentId, code: proven.reason ?? '' });
      await discard();
    }
  };

  return job('admitAttachment', async (event) => {
    const { key, 'version-id': versionId } = ObjectCreated.parse(event).detail.object;
    const ids = parseAttachmentObjectKey(key);
    if (ids !== undefined) await settle(ids.submissionId, ids.attachmentId, key, versionId);
  });
};
