import type { CallChanges } from '#shared/data/call-changes.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { countProgress } from '#shared/data/progress-counts.ts';
import { beginSeal } from '#shared/data/seal-items.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { closedBy, openedBy, remindedBy } from '#shared/domain/timeline/advance.ts';
import { dueStep } from '#shared/domain/timeline/due.ts';
import { type Step, stepsOf } from '#shared/domain/timeline/steps.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { log } from '#shared/runtime/log.ts';

export interface HeadPorts {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly changes: Pick<CallChanges, 'replaceHeadAtRevision' | 'markHead'>;
  readonly tallies: Pick<TalliesRepository, 'allOfCall'>;
  /** Where seals are begun. */
  readonly callsTable: string;
}

/** Steps and lost races a tick goes through for one call: it opens, reminds, closes and seals. What is left comes with the next tick. */
const MOST_TRIES = 8;

/**
 * Does the steps of a call that are due at `now` (ms), one after the other, each in one transaction with the head as it was read: ticks at the same time
 * read the same head, and one of them writes it.
 */
export const advanceHead = ({ calls, changes, tallies, callsTable }: HeadPorts) => {
  /** Whatever the seals are of by now, the call need not be looked at again so soon. */
  const seal = async (head: CallHead, at: string): Promise<void> => {
    const marked = { ...head, advancedTo: at };
    const failed = await changes.markHead(marked, beginSeal(callsTable, head, at));
    if (failed.some(({ position }) => position === 0)) return;
    if (failed.length > 0) await changes.markHead(marked, []);
    else log.info('SEAL_BEGUN', { callId: head.callId });
  };

  const take = async (head: CallHead, step: Step, at: string): Promise<void> => {
    const { callId } = head;
    switch (step.kind) {
      case 'opens': {
        const { head: opened, entry } = openedBy(head, step, at);
        await changes.replaceHeadAtRevision(opened, head.revision, entry);
        return;
      }
      case 'reminder': {
        const { head: reminded, entry } = remindedBy(head, step, at);
        await changes.replaceHeadAtRevision(reminded, head.revision, entry);
        return;
      }
      case 'closes': {
        const { categories: _, ...counts } = await countProgress(tallies, callId);
        const { head: closed, entry } = closedBy(head, step, counts, at);
        if ((await changes.replaceHeadAtRevision(closed, head.revision, entry)) === 'moved') return;
        log.info('CLOSE_RECORDED', { callId, count: counts.submissions });
        return;
      }
      case 'seals':
        await seal(head, at);
    }
  };

  return async (callId: string, now: number): Promise<void> => {
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const head = await calls.head(callId);
      const step = head === undefined ? undefined : dueStep(stepsOf(head), head, now);
      if (head === undefined || step === undefined) return;
      await take(head, step, toInstant(now));
    }
  };
};
