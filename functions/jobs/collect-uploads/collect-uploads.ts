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

/** Asked for at a time, the longest due first. */
const PER_PAGE = 200;

/** What an item takes at most, ms: a deleted draft of 200 files some 800 requests, one after the other. Without so much left a run ends; the next takes the rest. */
const ITEM_MS = 15_000;

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
  const putOff = (due: Collectable, at: number): Promise<boolean> => collection.putOff(due, at, at + PUT_OFF_MS);

  const settleExpected = async (due: Collectable & { kind: 'attachment' }, at: number): Promise<void> => {
    const { submissionId, attachmentId } = due;
    const attachment = await attachments.find(submissionId, attachmentId);
    if (attachment?.state !== 'expected') return;
    const head = await submissions.head(submissionId);
    const called = head === undefined ? undefined : await deadlines.ofSubmission(head);
    if (head === undefined || called === undefined) {
      // Of a deleted draft: it goes with it. At the front of the list it would keep others, the draft itself among them, from their turn.
      await putOff(due, at);
      return;
    }
    const proven = await proveAttachment(objects, submissionId, attachment, Date.parse(called.deadline.closesAt));
    if (proven.state !== 'expected') {
      await keepVerdict(attachments, submissionId, proven, at);
      return;
    }
    const outcome = await removal.removeAttachment(head, attachmentId, { by: undefined, now: at });
    if (outcome === 'moved') await putOff(due, at);
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
        return settleExpected(due, at);
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
    if (faults.length > 0) await putOff(due, at).catch(fault);
    return faults;
  };

  return job('collectUploads', async (_event, context) => {
    const at = now();
    const faults: unknown[] = [];
    const hasTime = (): boolean => context.getRemainingTimeInMillis() > ITEM_MS;
    // The index may still show what was done a moment ago: a page with nothing else is the end.
    const met = new Set<string>();
    const newlyDue = async (): Promise<Collectable[]> => {
      const due = await collection.due(at, PER_PAGE);
      return due.filter((item) => !met.has(JSON.stringify(item)));
    };
    let collected = 0;
    for (let due = await newlyDue(); due.length > 0 && hasTime(); due = await newlyDue()) {
      for (const item of due) {
        if (!hasTime()) break;
        met.add(JSON.stringify(item));
        const wrong = await collectOrPutOff(item, at);
        if (wrong.length === 0) collected += 1;
        faults.push(...wrong);
      }
    }
    log.info('UPLOADS_COLLECTED', { count: collected });
    if (faults.length > 0) throw new AggregateError(faults, 'Some uploads could not be collected');
  });
};
