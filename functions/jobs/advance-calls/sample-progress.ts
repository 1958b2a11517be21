import { countProgress } from '#shared/data/progress-counts.ts';
import { sampleItem } from '#shared/data/sample-items.ts';
import { dueSample } from '#shared/domain/timeline/sampling.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { log } from '#shared/runtime/log.ts';
import type { HeadPorts } from './advance-head.ts';

/** Counts what the units of an open call have, where that is due at `now` (ms), and keeps it: progress over time, exact at its instants. */
export const sampleProgress =
  ({ calls, changes, tallies, callsTable }: HeadPorts) =>
  async (callId: string, now: number): Promise<void> => {
    const head = await calls.head(callId);
    const instant = head === undefined ? undefined : dueSample(head, now);
    if (head === undefined || instant === undefined) return;
    const counts = await countProgress(tallies, callId);
    const sampled = { ...head, sampledTo: instant };
    const failed = await changes.markHead(sampled, [
      sampleItem(callsTable, callId, { instant, countedAt: toInstant(now), ...counts }),
    ]);
    if (failed.length === 0) log.info('PROGRESS_SAMPLED', { callId, count: counts.submissions });
    // It was counted before, and what another wrote of the head meanwhile did not know of it.
    else if (failed.every(({ position }) => position > 0)) await changes.markHead(sampled, []);
  };
