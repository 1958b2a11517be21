import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import { refusalOf } from '#shared/domain/submission/prove-attachment.ts';
import type { Attachment, Submission } from '#shared/domain/submission/submission.ts';
import type { AttachmentInspector } from './attachment-inspector.ts';
import { attachmentObjectKey } from './attachment-keys.ts';

/** Keeps what proving found. False: the attachment was no longer expected. */
export interface Verdicts {
  admitAttachment(submissionId: string, attachmentId: string, versionId: string, now: number): Promise<boolean>;
  refuseAttachment(submissionId: string, attachmentId: string, reason: RefusalReason, now: number): Promise<boolean>;
}

/** What an expected attachment is found to be; still expected where nothing was uploaded. `closesAt` in ms. */
export const proveAttachment = async (
  objects: AttachmentInspector,
  submissionId: string,
  attachment: Attachment,
  closesAt: number,
  versionId?: string,
): Promise<Attachment> => {
  const stored = await objects.inspect(attachmentObjectKey(submissionId, attachment.attachmentId), versionId);
  if (stored === undefined) return attachment;
  const reason = refusalOf(attachment, stored, closesAt);
  return reason === undefined
    ? { ...attachment, state: 'admitted', versionId: stored.versionId }
    : { ...attachment, state: 'refused', reason };
};

/** Keeps a proven attachment's state; false where it changed meanwhile. `now` in ms. */
export const keepVerdict = async (
  verdicts: Verdicts,
  submissionId: string,
  proven: Attachment,
  now: number,
): Promise<boolean> => {
  const { attachmentId, state, versionId, reason } = proven;
  if (state === 'admitted' && versionId !== undefined)
    return verdicts.admitAttachment(submissionId, attachmentId, versionId, now);
  if (state === 'refused' && reason !== undefined)
    return verdicts.refuseAttachment(submissionId, attachmentId, reason, now);
  return true;
};

/**
 * A submission with its expected attachments proven now, for when their events have not come yet. Nothing is kept: `keepVerdict` is the caller's.
 * At most 8 at a time: each takes two requests to S3.
 */
export const proveExpected = async (
  objects: AttachmentInspector,
  submission: Submission,
  closesAt: number,
): Promise<{ submission: Submission; proven: readonly Attachment[] }> => {
  const { submissionId } = submission.head;
  const expected = submission.attachments.filter(({ state }) => state === 'expected');
  const found = new Map<string, Attachment>();
  for (let start = 0; start < expected.length; start += 8) {
    const batch = expected.slice(start, start + 8);
    for (const proven of await Promise.all(
      batch.map((attachment) => proveAttachment(objects, submissionId, attachment, closesAt)),
    ))
      found.set(proven.attachmentId, proven);
  }
  return {
    submission: {
      ...submission,
      attachments: submission.attachments.map((attachment) => found.get(attachment.attachmentId) ?? attachment),
    },
    proven: [...found.values()].filter(({ state }) => state !== 'expected'),
  };
};
