import { expect, test } from 'vitest';
import { play } from './play.ts';
import { scheduleOf } from './schedule.ts';
import { setUpFaultsWorld } from './set-up.ts';

const world = setUpFaultsWorld();

/** What of a schedule does not depend on ids, which are drawn anew each time. */
const courseOf = async (seed: number) => {
  const { history, afterwards, moves, sent } = await play(world(), scheduleOf(seed));
  return {
    sent,
    moves: moves.map(({ outcome }) => outcome),
    operations: [...history, ...afterwards].map(({ wish, outcome, from, to, receivedAt }) => ({
      ...{ wish, from, to, receivedAt, kind: outcome.kind },
      code: outcome.kind === 'refused' ? outcome.code : undefined,
    })),
  };
};

/** The short form leaves out the one of 64 submitters. */
const SEEDS = Number(process.env.FAULT_RUNS ?? 200) < 1_000 ? [3, 8] : [3, 8, 50];

test.each(SEEDS)(
  'the schedule of seed %i comes out the same each time it is played',
  async (seed) => {
    const once = await courseOf(seed);
    expect(once.operations.length).toBeGreaterThan(0);
    expect(await courseOf(seed)).toEqual(once);
  },
  180_000,
);
