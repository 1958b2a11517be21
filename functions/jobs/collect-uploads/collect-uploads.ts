import type { AttachmentCollection, Collectable } from '#shared/data/attachment-collection.ts';
import type { AttachmentRemoval } from '#shared/data/attachment-removal.ts';
import type { AttachmentsRepository } from '#shared/data/attachments-repository.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import type { LogIds } from '#shared/runtime/log-events.ts';
import type { AttachmentObjects } from '#shared/storage/attachment-objects.ts';
import { keepVerdict, proveAttachment, type Verdicts } from '#shared/storage/settle-attachments.ts';

export interface Dependencies {
  readonly collection: AttachmentCollection;
  readonly attachments: Verdicts & Pick<AttachmentsRepository, 'find'>;
  readonly removal: AttachmentRemoval;
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly deadlines: Pick<DeadlinesRepository, 'ofSubmission'>;
  readonly objects: Pick<AttachmentObjects, 'inspect' | 'removeAttachment' | 'removeSubmission'>;
  /** ms. */
  readonly now: () => number;
}

const idsOf = ({ kind, ...ids }: Collectable): LogIds => ids;

/** What one run takes on, the longest due first. Some 5 requests each, so far inside a minute; the next run takes the rest. */
const PER_RUN = 200;

/** How much later what failed is due again, ms: behind all that is due by now, so that nothing waits for it for ever. */
const PUT_OFF_MS = 15 * 60_000;

/**
 * Clears away what was announced and never came, removed or refused, and what deleted drafts left behind: objects first, then items, so that a run that
 * breaks off is taken up by the next. An announced file whose event was lost is proven here instead.
 */
export const collectUploads = ({
  collection,
  attachments,
  removal,
  submissions,
  deadlines,
  objects,
  now,
}: Dependencies) => {
  const settleExpected = async (submissionId: string, attachmentId: string, at: number): Promise<void> => {
    const attachment = await attachments.find(submissionId, attachmentId);
    if (attachment?.state !== 'expected') return;
    const head = await submissions.head(submissionId);
    const called = head === undefined ? undefined : await deadlines.ofSubmission(head);
    if (head === undefined || called === undefined) return;
    const proven = await proveAttachment(objects, submissionId, attachment, Date.parse(called.deadline.closesAt));
    if (proven.state === 'expected') await removal.removeAttachment(head, attachmentId, { by: undefined, now: at });
    else await keepVerdict(attachments, submissionId, proven, at);
  };

  const collect = async (due: Collectable, at: number): Promise<void> => {
    const { submissionId } = due;
    if (due.kind === 'deletedDraft') {
      await objects.removeSubmission(submissionId);
      return collection.forgetDeletedDraft(submissionId);
    }
    const { attachmentId } = due;
    const state = await collection.stateOf(submissionId, attachmentId);
    switch (state) {
      case 'expected':
        return settleExpected(submissionId, attachmentId, at);
      case 'refused':
        await objects.removeAttachment(submissionId, attachmentId);
        await collection.keepRefused(submissionId, attachmentId);
        return;
      case 'removed':
        await objects.removeAttachment(submissionId, attachmentId);
        await collection.forgetRemoved(submissionId, attachmentId);
        return;
      case 'admitted':
      case undefined:
        return;
    }
  };

  /** Collects and, where that fails, moves to the end of the list; gives what went wrong. */
  const collectOrPutOff = async (due: Collectable, at: number): Promise<unknown[]> => {
    const faults: unknown[] = [];
    const fault = (error: unknown): void => {
      log.error('COLLECT_FAULT', idsOf(due), error);
      faults.push(error);
    };
    await collect(due, at).catch(fault);
    if (faults.length > 0) await collection.putOff(due, at, at + PUT_OFF_MS).catch(fault);
    return faults;
  };

  return job('collectUploads', async () => {
    const at = now();
    const faults: unknown[] = [];
    const due = await collection.due(at, PER_RUN);
    let collected = 0;
    for (const item of due) {
      const wrong = await collectOrPutOff(item, at);
      if (wrong.length === 0) collected += 1;
      faults.push(...wrong);
    }
    log.info('UPLOADS_COLLECTED', { count: collected });
    if (faults.length > 0) throw new AggregateError(faults, 'Some uploads could not be collected');
  });
};
