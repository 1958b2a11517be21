import type { Attachment, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { log } from '#shared/runtime/log.ts';
import type { AttachmentInspector } from './attachment-inspector.ts';
import { keepVerdict, proveAttachment, type Verdicts } from './settle-attachments.ts';

/** Which bytes arrived for which attachment. */
export interface ArrivedVersion {
  readonly submissionId: string;
  readonly attachmentId: string;
  readonly versionId: string;
}

/** `pinned`: they are the attachment's, proven. `surplus`: nothing counts them. `gone`: they are not there any more. */
export type Arrival = 'pinned' | 'surplus' | 'gone';

export interface ArrivalPorts {
  readonly attachments: { find(submissionId: string, attachmentId: string): Promise<Attachment | undefined> };
  readonly verdicts: Verdicts;
  readonly submissions: { head(submissionId: string): Promise<SubmissionHead | undefined> };
  readonly deadlines: {
    ofSubmission(head: SubmissionHead): Promise<{ readonly deadline: { readonly closesAt: string } } | undefined>;
  };
  readonly objects: AttachmentInspector;
  /** ms. */
  readonly now: () => number;
}

/**
 * Proves an object that arrived against its announcement, if that was not done yet: the first proven version is pinned. Whatever tells of an object may come
 * late, twice and in any order.
 */
export const settleArrival = async (ports: ArrivalPorts, arrived: ArrivedVersion): Promise<Arrival> => {
  const { attachments, verdicts, submissions, deadlines, objects, now } = ports;
  const { submissionId, attachmentId, versionId } = arrived;
  const attachment = await attachments.find(submissionId, attachmentId);
  if (attachment === undefined || attachment.state === 'refused') return 'surplus';
  if (attachment.state === 'admitted') return attachment.versionId === versionId ? 'pinned' : 'surplus';

  const head = await submissions.head(submissionId);
  const called = head === undefined ? undefined : await deadlines.ofSubmission(head);
  if (called === undefined) return 'surplus';
  const closesAt = Date.parse(called.deadline.closesAt);
  const proven = await proveAttachment(objects, submissionId, attachment, closesAt, versionId);
  if (proven.state === 'expected') return 'gone';
  // Somebody else settled it meanwhile, so it is no longer expected: this ends with the next look.
  if (!(await keepVerdict(verdicts, submissionId, proven, now()))) return settleArrival(ports, arrived);
  if (proven.state === 'admitted') {
    log.info('ATTACHMENT_ADMITTED', { submissionId, attachmentId });
    return 'pinned';
  }
  log.info('ATTACHMENT_REFUSED', { submissionId, attachmentId, code: proven.reason ?? '' });
  return 'surplus';
};
