import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { ClosingRepository } from '#shared/data/closing-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { isDueToClose } from '#shared/domain/call/closing.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'dueToClose' | 'head'>;
  readonly tallies: Pick<TalliesRepository, 'allOfCall'>;
  readonly closings: ClosingRepository;
  /** ms. */
  readonly now: () => number;
}

/** Calls a tick takes on, the longest due first; the next tick takes the rest. */
const CALLS_PER_TICK = 25;

/** How much later a close that failed is due again, ms: behind all that are due by now, so that none of them waits for it for ever. */
const PUT_OFF_MS = 5 * 60_000;

/** Records the close of calls whose deadline and drain have passed. Late, doubled and concurrent ticks change nothing: a close is recorded once. */
export const advanceCalls = ({ calls, tallies, closings, now }: Dependencies) => {
  const count = async (callId: string) => {
    let submissions = 0;
    let units = 0;
    let drafts = 0;
    for await (const tally of tallies.allOfCall(callId)) {
      submissions += tally.submitted.length;
      units += tally.submitted.length > 0 ? 1 : 0;
      drafts += tally.drafts.length;
    }
    return { submissions, units, drafts };
  };

  const close = async (callId: string, at: number): Promise<void> => {
    const head = await calls.head(callId);
    if (head === undefined || !isDueToClose(head, at)) return;
    const counts = await count(callId);
    if (await closings.recordCloseOnce(callId, head.closesAt, { recordedAt: toInstant(at), ...counts }))
      log.info('CLOSE_RECORDED', { callId, count: counts.submissions });
  };

  /** A close and, where it fails, its place at the end of the list; gives what went wrong. */
  const closeOrPutOff = async (callId: string, at: number): Promise<unknown[]> => {
    const faults: unknown[] = [];
    const fault = (error: unknown): void => {
      log.error('CLOSE_FAULT', { callId }, error);
      faults.push(error);
    };
    await close(callId, at).catch(fault);
    if (faults.length > 0) await closings.putOff(callId, toInstant(at), toInstant(at + PUT_OFF_MS)).catch(fault);
    return faults;
  };

  return job('advanceCalls', async () => {
    const at = now();
    const faults: unknown[] = [];
    for (const callId of await calls.dueToClose(toInstant(at), CALLS_PER_TICK)) {
      faults.push(...(await closeOrPutOff(callId, at)));
    }
    if (faults.length > 0) throw new AggregateError(faults, 'The close of some calls could not be recorded');
  });
};
