import { describe, expect, test } from 'vitest';
import { faultsOf } from './check.ts';
import type { Standin } from './instance.ts';
import { observe } from './observe.ts';
import { play } from './play.ts';
import { scheduleOf } from './schedule.ts';
import { setUpFaultsWorld } from './set-up.ts';
import { WRONG } from './standins.ts';

const RUNS = Number(process.env.FAULT_RUNS ?? 200);
/** The first seed, so that a long run goes on where another one ended, or several share it. */
const FROM = Number(process.env.FAULT_FROM ?? 1);
const SEED = process.env.FAULT_SEED;

/** A long run says how far it is. */
const TOLD_EVERY = 500;

/** A schedule takes a fraction of a second by itself, and many times that beside other suites. */
const MOST_MS_PER_RUN = 5_000;
const BEGINNING_MS = 60_000;

/** In which every wrong variant has to be found. */
const SHORT = 60;

/** Schedules under way at once: while one waits for DynamoDB, others go on. */
const AT_ONCE = 6;

const world = setUpFaultsWorld();

const faultsIn = async (seed: number, standin?: Standin): Promise<string[]> => {
  const played = await play(world(), scheduleOf(seed), {
    isTakenApart: seed % 2 === 0,
    ...(standin === undefined ? {} : { standin }),
  });
  return faultsOf(played, await observe(world(), played));
};

/** The first seed at which something is wrong, and what. */
const firstFault = async (seeds: readonly number[], standin?: Standin) => {
  const rest = [...seeds];
  const found: { seed: number; faults: string[] }[] = [];
  const work = async (): Promise<void> => {
    for (let seed = rest.shift(); seed !== undefined && found.length === 0; seed = rest.shift()) {
      const faults = await faultsIn(seed, standin).catch((error) => [`it could not be played or checked: ${error}`]);
      if (faults.length > 0) found.push({ seed, faults });
      if (seed % TOLD_EVERY === 0) process.stdout.write(`schedule ${seed}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found.toSorted((one, other) => one.seed - other.seed)[0];
};

const seedsUpTo = (runs: number): number[] =>
  SEED === undefined ? Array.from({ length: runs }, (_, place) => FROM + place) : [Number(SEED)];

describe('under faults of the network, of DynamoDB and of the functions themselves', () => {
  test(
    'limits are held and filled, nothing acknowledged is lost, doubled or changed, and nothing is stuck',
    async () => {
      const found = await firstFault(seedsUpTo(RUNS));
      expect(found?.faults.join('\n\n') ?? '', `FAULT_SEED=${found?.seed} npm run test:faults`).toBe('');
    },
    BEGINNING_MS + RUNS * MOST_MS_PER_RUN,
  );
});

describe('the same schedules find a variant that', () => {
  test.each(Object.entries(WRONG))(
    '%s',
    async (_, { standin, shows }) => {
      const found = await firstFault(
        Array.from({ length: SHORT }, (_each, place) => place + 1),
        standin,
      );
      expect(found?.faults.join('\n\n')).toMatch(shows);
    },
    BEGINNING_MS + SHORT * MOST_MS_PER_RUN,
  );
});
