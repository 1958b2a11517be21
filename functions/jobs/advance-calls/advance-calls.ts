import { headKey } from '#shared/data/call-items.ts';
import type { DuePosition, TimelineRepository } from '#shared/data/timeline-repository.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { advanceDeadlines, type DeadlinePorts } from './advance-deadlines.ts';
import { advanceHead, type HeadPorts } from './advance-head.ts';
import { sampleProgress } from './sample-progress.ts';

export interface Dependencies extends HeadPorts, DeadlinePorts {
  readonly changes: HeadPorts['changes'] & DeadlinePorts['changes'];
  readonly timelines: TimelineRepository;
  /** ms. */
  readonly now: () => number;
}

/** Places a query gives at once, the longest due first. */
const PLACES_PER_QUERY = 25;

/** How long a tick takes on further places, ms: of the 60 s it has, the rest is for the last ones. What is left is still due at the next tick. */
const TICK_MS = 30_000;

/** How much later what failed is due again, ms: behind all that is due by now, so that none of it waits for it for ever. */
const PUT_OFF_MS = 5 * 60_000;

/**
 * Takes the timelines of all calls to the present: opens, reminds, closes, begins to seal, and counts the progress of what is open. Late, doubled, concurrent
 * and missing ticks change no outcome: each step is done once, in the transaction that says so.
 */
export const advanceCalls = ({ timelines, now, ...ports }: Dependencies) => {
  const ofHead = advanceHead(ports);
  const ofDeadlines = advanceDeadlines(ports);
  const progress = sampleProgress(ports);
  const isHead = ({ callId, item }: DuePosition): boolean => item === headKey(callId).item;
  const advance = (place: DuePosition, at: number) =>
    isHead(place) ? ofHead(place.callId, at) : ofDeadlines(place, at);
  const sample = async (place: DuePosition, at: number): Promise<void> => {
    if (isHead(place)) await progress(place.callId, at);
  };

  /** What is done at one place and, where it fails, the place at the end of the list; gives what went wrong. */
  const attempt = async (
    place: DuePosition,
    at: number,
    does: (place: DuePosition, now: number) => Promise<void>,
  ): Promise<unknown[]> => {
    const faults: unknown[] = [];
    const fault = (error: unknown): void => {
      log.error('ADVANCE_FAULT', { callId: place.callId }, error);
      faults.push(error);
    };
    await does(place, at).catch(fault);
    if (faults.length > 0) await timelines.putOff(place, toInstant(at), toInstant(at + PUT_OFF_MS)).catch(fault);
    return faults;
  };

  return job('advanceCalls', async () => {
    const at = now();
    const faults: unknown[] = [];
    let after: DuePosition | undefined;
    do {
      const { positions, next } = await timelines.pageOfDue(toInstant(at), PLACES_PER_QUERY, after);
      // Steps first: what somebody waits for is not held up by what is only counted.
      for (const does of [advance, sample]) {
        for (const place of positions) faults.push(...(await attempt(place, at, does)));
      }
      after = next;
    } while (after !== undefined && now() - at < TICK_MS);
    if (faults.length > 0) throw new AggregateError(faults, 'Some calls could not be advanced');
  });
};
