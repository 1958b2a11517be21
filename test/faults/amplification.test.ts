import { expect, test } from 'vitest';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { underSignal } from '#shared/runtime/request-signal.ts';
import { chanceOf } from './chance.ts';
import type { Ports, Standin } from './instance.ts';
import { play } from './play.ts';
import type { Schedule } from './schedule.ts';
import { setUpFaultsWorld } from './set-up.ts';
import { FAIR, type Fault, type Sort } from './weather.ts';

const SUBMITS = 32;

/** Everybody submits a draft of a unit of its own: what is sent beyond one submit each is for conflicts alone. */
const SCHEDULE: Schedule = {
  ...{ seed: 0, beginsAt: -3_600_000, limit: 2, moves: [], weather: FAIR },
  planned: Array.from({ length: SUBMITS }, (_, place) => ({
    ...{ unit: place, agreed: true, hasFile: false, isCreated: false },
  })),
  clients: Array.from({ length: SUBMITS }, (_, of) => ({ startsAt: -3_600_000, of, wishes: ['submit'] as const })),
};

/** Three of ten, the same ones always. */
const CONFLICTS = [2, 5, 8];

const world = setUpFaultsWorld();

/** What the schedule sends. @param conflicting which of every ten transactions meet a conflict */
const count = async (conflicting: readonly number[], standin?: Standin) => {
  let transactions = 0;
  let conflicts = 0;
  const faultOf = (sort: Sort): Fault => {
    if (sort !== 'transaction') return 'none';
    transactions += 1;
    if (!conflicting.includes(transactions % 10)) return 'none';
    conflicts += 1;
    return 'conflict';
  };
  const { history, sent } = await play(
    world(),
    { schedule: SCHEDULE, chance: chanceOf(1) },
    { faultOf, ...(standin === undefined ? {} : { standin }) },
  );
  expect(history.filter(({ outcome }) => outcome.kind === 'done')).toHaveLength(SUBMITS);
  return { transactions, conflicts, requests: sent };
};

/** By how much conflicts make it more: transactions for each that is needed, requests for each that is sent without conflicts, requests for each conflict. */
const amplification = async (standin?: Standin) => {
  const [calm, met] = [await count([], standin), await count(CONFLICTS, standin)];
  expect(calm).toMatchObject({ transactions: SUBMITS, conflicts: 0 });
  expect(met.conflicts).toBeGreaterThan(SUBMITS / 3);
  const figures = {
    transactions: met.transactions / calm.transactions,
    requests: met.requests / calm.requests,
    perConflict: (met.requests - calm.requests) / met.conflicts,
  };
  process.stdout.write(
    `${met.conflicts} of ${met.transactions} transactions met a conflict: ${figures.transactions.toFixed(2)} for each submit, ${met.requests} requests instead of ${calm.requests} (${figures.requests.toFixed(2)})\n`,
  );
  return figures;
};

const MOST = 1.5;

test('where three of ten transactions meet a conflict, at most half as many again are sent, and nothing else again', async () => {
  const { transactions, requests, perConflict } = await amplification();
  expect(transactions).toBeLessThanOrEqual(MOST);
  expect(requests).toBeLessThanOrEqual(MOST);
  expect(perConflict).toBe(1);
}, 120_000);

/** Gives a transaction up at its first conflict: there is no time for another attempt. */
const tryOnce = ({ outcomes }: Ports, submit: Parameters<Ports['outcomes']['submitWithinLimits']>[0]) =>
  underSignal({ signal: new AbortController().signal, remaining: () => 0 }, () => outcomes.submitWithinLimits(submit));

test('a variant that does the whole submit again at each conflict is found to send more than the transaction again', async () => {
  const { perConflict } = await amplification((ports) => ({
    outcomes: {
      ...ports.outcomes,
      submitWithinLimits: (submit) =>
        tryOnce(ports, submit).catch((error: unknown) => {
          if (error instanceof Unavailable) return 'moved';
          throw error;
        }),
    },
  }));
  expect(perConflict).toBeGreaterThan(2);
}, 120_000);

test('a variant that tries twice at once after a conflict is found above the bound', async () => {
  const { transactions } = await amplification((ports) => ({
    outcomes: {
      ...ports.outcomes,
      submitWithinLimits: (submit) =>
        tryOnce(ports, submit).catch(async (error: unknown) => {
          if (!(error instanceof Unavailable)) throw error;
          const both = [ports.outcomes.submitWithinLimits(submit), ports.outcomes.submitWithinLimits(submit)];
          return (await Promise.all(both)).includes('submitted') ? 'submitted' : 'moved';
        }),
    },
  }));
  expect(transactions).toBeGreaterThan(MOST);
}, 120_000);
