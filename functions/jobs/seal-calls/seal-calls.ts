import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { Sealed, SealUnderWay, SealWork } from '#shared/data/seal-items.ts';
import type { DueSeal, SealsRepository } from '#shared/data/seals-repository.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { type Finishing, finish } from './finish.ts';
import { gather, type Sources } from './gather.ts';
import { standsFor } from './stands-for.ts';
import { merge, type Rosters, withdraw } from './write-parts.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly tallies: Sources['tallies'];
  readonly submissions: Sources['submissions'];
  readonly receipts: Sources['receipts'];
  readonly seals: SealsRepository;
  readonly objects: Sources['objects'] & Rosters['objects'] & Finishing['objects'];
  readonly rosters: Rosters['rosters'];
  readonly signer: Finishing['signer'];
  /** ms. */
  readonly now: () => number;
  /** Entries sorted in memory at a time, half a KB each; 20 runs for a call of 100,000. */
  readonly runEntries?: number;
  readonly partsPerStep?: number;
}

/** Seals a tick looks at, the longest due first. */
const SEALS_PER_TICK = 25;

/** How long a seal is left to who works on it, ms, from its last step on: less than the minute after which the next tick takes up what was broken off. */
const HELD_MS = 50_000;

/** How much later a seal that failed is due again, ms. */
const PUT_OFF_MS = 5 * 60_000;

/** What a step may take at most, ms: 5,000 entries gathered, or 16 parts written. With less left the next tick goes on. */
const STEP_MS = 60_000;

/**
 * Makes the seals that are due, step by step, each recorded when it is done: a tick that ends early, fails or meets another one leaves what the next one goes on
 * from, to the same bytes. A call that was extended meanwhile is left alone; its seal is given up.
 */
export const sealCalls = ({ runEntries = 5_000, partsPerStep = 16, ...dependencies }: Dependencies) => {
  const { calls, seals, now } = dependencies;
  const rosters = { ...dependencies, partsPerStep };

  const stepsOf = (seal: SealUnderWay, work: Exclude<SealWork, { step: 'finish' }>, earlier: readonly Sealed[]) => {
    switch (work.step) {
      case 'gather':
        return gather(dependencies, seal, work, runEntries);
      case 'merge':
        return merge(rosters, seal, work, earlier);
      case 'withdraw':
        return withdraw(rosters, seal, work, earlier);
    }
  };

  const isNeeded = async (seal: SealUnderWay): Promise<boolean> => {
    const head = await calls.head(seal.callId);
    if (head !== undefined && standsFor(seal, head)) return true;
    if (await seals.giveUp(seal, toInstant(now()))) log.info('SEAL_GIVEN_UP', { callId: seal.callId });
    return false;
  };

  /** Takes a seal as far as there is time for; gives it as it is then, where there is more to do. */
  const proceed = async (
    begun: SealUnderWay,
    earlier: readonly Sealed[],
    hasTime: () => boolean,
  ): Promise<SealUnderWay | undefined> => {
    let seal = begun;
    while (seal.work.step !== 'finish' && hasTime()) {
      for await (const work of stepsOf(seal, seal.work, earlier)) {
        const advanced = await seals.advance(seal, work, toInstant(now() + HELD_MS));
        if (advanced === undefined || !(await isNeeded(advanced))) return undefined;
        seal = advanced;
        if (!hasTime()) break;
      }
    }
    return seal;
  };

  const make = async ({ callId, number }: DueSeal, hasTime: () => boolean): Promise<void> => {
    const found = await seals.find(callId, number);
    // The index lags: what it names may be done, or under way elsewhere.
    if (found?.state !== 'begun' || Date.parse(found.dueAt) > now()) return;
    if (!(await isNeeded(found)) || !(await seals.holdUntil(found, toInstant(now() + HELD_MS)))) return;
    const earlier = await seals.ofCall(callId);
    const seal = await proceed(found, earlier, hasTime);
    if (seal?.work.step !== 'finish' || !hasTime()) return;
    const sealedAt = toInstant(now());
    if ((await finish(dependencies, seal, seal.work, { earlier, sealedAt })) === 'committed')
      log.info('SEAL_COMMITTED', { callId, count: seal.work.parts.reduce((sum, { count }) => sum + count, 0) });
    else await isNeeded(seal);
  };

  /** A fault that a reopening explains is none; any other is told, and the seal due again later, so that none waits behind it for ever. */
  const failed = async ({ callId, number }: DueSeal, error: unknown): Promise<unknown[]> => {
    const seal = await seals.find(callId, number);
    if (seal?.state === 'begun' && !(await isNeeded(seal))) return [];
    log.error('SEAL_FAULT', { callId }, error);
    if (seal?.state === 'begun') await seals.holdUntil(seal, toInstant(now() + PUT_OFF_MS));
    return [error];
  };

  return job('sealCalls', async (_event, context) => {
    const hasTime = (): boolean => context.getRemainingTimeInMillis() > STEP_MS;
    const faults: unknown[] = [];
    for (const due of await seals.due(toInstant(now()), SEALS_PER_TICK)) {
      if (!hasTime()) break;
      try {
        await make(due, hasTime);
      } catch (error) {
        faults.push(...(await failed(due, error)));
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Some seals could not be made');
  });
};
