import { expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import { play } from './play.ts';
import type { Schedule } from './schedule.ts';
import { setUpFaultsWorld } from './set-up.ts';
import { FAIR, type Sort } from './weather.ts';

const SUBMITS = 64;
const CONFLICTS = 0.3;
const ROUNDS = 2;

/** Everybody submits a draft of a unit of its own: what is sent beyond that is for conflicts alone. */
const SCHEDULE: Schedule = {
  ...{ seed: 0, beginsAt: -3_600_000, limit: 2, moves: [], weather: FAIR },
  planned: Array.from({ length: SUBMITS }, (_, place) => ({
    ...{ unit: place % 32, agreed: true, hasFile: false, isCreated: false },
  })),
  clients: Array.from({ length: SUBMITS }, (_, of) => ({ startsAt: -3_600_000, of, wishes: ['submit'] as const })),
};

const world = setUpFaultsWorld();

test('where three of ten transactions meet a conflict, at most half as many again are sent', async () => {
  const chance = chanceOf(1);
  let transactions = 0;
  let requests = 0;
  let conflicts = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { receipts, sent } = await play(
      world(),
      { schedule: SCHEDULE, chance },
      {
        faultOf: (sort: Sort) => {
          if (sort !== 'transaction') return 'none';
          transactions += 1;
          if (!chance.is(CONFLICTS)) return 'none';
          conflicts += 1;
          return 'conflict';
        },
      },
    );
    expect(new Set(receipts.map(({ submissionId }) => submissionId)).size).toBe(SUBMITS);
    requests += sent;
  }
  const needed = ROUNDS * SUBMITS;
  const without = requests - conflicts;
  process.stdout.write(
    `${transactions} transactions for ${needed} submits (${(transactions / needed).toFixed(2)}), ${requests} requests instead of ${without} (${(requests / without).toFixed(2)})\n`,
  );
  expect(conflicts / transactions).toBeGreaterThan(0.2);
  expect(transactions / needed).toBeLessThanOrEqual(1.5);
  expect(requests / without).toBeLessThanOrEqual(1.5);
}, 120_000);
