import type { CallChanges } from '#shared/data/call-changes.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { DeadlinePlace, DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { scopedDueAt, scopedEntries } from '#shared/domain/timeline/scoped.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface DeadlinePorts {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly changes: Pick<CallChanges, 'recordAtRevision' | 'markHead'>;
  readonly deadlines: Pick<DeadlinesRepository, 'atPlace' | 'marking'>;
}

/**
 * Reminds of deadlines that a category or a unit was granted, and tells that they have passed, as is due at `now` (ms): in one transaction with the head as it
 * was read before them, so that whoever moves one of them meanwhile, or another tick, comes first or second.
 */
export const advanceDeadlines =
  ({ calls, changes, deadlines }: DeadlinePorts) =>
  async (place: DeadlinePlace, now: number): Promise<void> => {
    const head = await calls.head(place.callId);
    const placed = await deadlines.atPlace(place);
    if (head === undefined || placed === undefined) return;
    const at = toInstant(now);
    const dueAt = scopedDueAt(head, placed.ofItem, at);
    const marking = deadlines.marking(place, at, dueAt === undefined ? undefined : toInstant(dueAt));
    const entries = scopedEntries(head, placed.granted, placed, now);
    if (entries.length === 0) await changes.markHead(head, [marking]);
    else await changes.recordAtRevision(head, entries, [marking]);
  };
