import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { RetentionChanges } from '#shared/data/retention-changes.ts';
import type { RetentionState } from '#shared/data/retention-items.ts';
import type { RetentionRepository } from '#shared/data/retention-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { isSealed } from '#shared/domain/deadline/latest-deadline.ts';
import { type Expiry, expiries } from '#shared/domain/retention/plan.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { type DeletePorts, deleteKind } from './delete-kind.ts';

export interface Dependencies extends DeletePorts {
  readonly calls: Pick<CallsRepository, 'head' | 'definition'>;
  readonly retention: RetentionRepository;
  readonly changes: RetentionChanges;
  /** ms. */
  readonly now: () => number;
}

/** Calls a run takes on, the longest due first; the next run takes the rest. */
const CALLS_PER_RUN = 100;

/** How long a run deletes, ms: of the 600 s it has, the rest is for what is under way. What is left is still due at the next run. */
const RUN_MS = 480_000;

/** How much later what failed, or is not sealed again yet, is looked at, ms. */
const PUT_OFF_MS = 3_600_000;

/** Each of the three kinds is begun, deleted and ended; races lost come on top. */
const MOST_STEPS = 20;

/**
 * Deletes what calls keep no longer: drafts that were not submitted, records of late attempts, answers and files of what was submitted. Every kind is begun and
 * ended by a change of the call, and each deletion is one transaction that counts it, so runs may break off, come twice and at once. Nothing is deleted of a
 * call that is not sealed, or whose deadline is moved meanwhile.
 */
export const applyRetention = ({ now, ...ports }: Dependencies) => {
  const { calls, retention, changes } = ports;

  const kindsLeft = async (head: CallHead, content: string, { done }: RetentionState): Promise<Expiry[]> => {
    const { retention: terms } = await calls.definition(head.callId, content);
    return expiries(head, terms).filter(({ kind }) => done.every((one) => one.kind !== kind));
  };

  /** One step of a call; whether there may be another one now. */
  const step = async (callId: string, startedAt: number): Promise<boolean> => {
    const [head, state] = await Promise.all([calls.head(callId), retention.find(callId)]);
    if (head === undefined || state === undefined) return false;
    const at = now();
    if (!isSealed(head) || head.publishedContent === undefined) {
      await retention.putOff(callId, state.startedAt, toInstant(at + PUT_OFF_MS));
      return false;
    }
    const left = await kindsLeft(head, head.publishedContent, state);
    if (state.kind === undefined) {
      const [next] = left;
      if (next === undefined) return false;
      if (next.at > at) {
        await retention.putOff(callId, state.startedAt, toInstant(next.at));
        return false;
      }
      if ((await changes.begin(head, state, next.kind, toInstant(at))) === 'begun')
        log.info('RETENTION_BEGUN', { callId, code: next.kind });
      return true;
    }
    const { kind } = state;
    const outcome = await deleteKind(ports, { head, state: { ...state, kind }, at, until: startedAt + RUN_MS, now });
    if (outcome === 'outOfTime') return false;
    if (outcome === 'overtaken') return true;
    const [headNow, counted] = await Promise.all([calls.head(callId), retention.find(callId)]);
    if (headNow === undefined || counted?.kind !== kind || counted.startedAt !== state.startedAt) return true;
    const following = left.find((one) => one.kind !== kind);
    const dueAt = following === undefined ? undefined : toInstant(following.at);
    if ((await changes.finish(headNow, counted, toInstant(at), dueAt)) === 'finished')
      log.info('RETENTION_DONE', { callId, code: kind, count: counted.count ?? 0 });
    return true;
  };

  const settle = async (callId: string, startedAt: number): Promise<void> => {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if (!(await step(callId, startedAt))) return;
    }
    throw new Unavailable('The retention of a call was overtaken at every step');
  };

  /** A call and, where it fails, its place at the end of the list; gives what went wrong. */
  const settleOrPutOff = async (callId: string, startedAt: number): Promise<unknown[]> => {
    const faults: unknown[] = [];
    const fault = (error: unknown): void => {
      log.error('RETENTION_FAULT', { callId }, error);
      faults.push(error);
    };
    const putOff = async (): Promise<void> => {
      const state = await retention.find(callId);
      if (state !== undefined) await retention.putOff(callId, state.startedAt, toInstant(now() + PUT_OFF_MS));
    };
    await settle(callId, startedAt).catch(fault);
    if (faults.length > 0) await putOff().catch(fault);
    return faults;
  };

  return job('applyRetention', async () => {
    const startedAt = now();
    const faults: unknown[] = [];
    for (const callId of await retention.due(toInstant(startedAt), CALLS_PER_RUN)) {
      if (now() - startedAt >= RUN_MS) break;
      faults.push(...(await settleOrPutOff(callId, startedAt)));
    }
    if (faults.length > 0) throw new AggregateError(faults, 'The retention of some calls could not be applied');
  });
};
