import { describe, expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import { faultsOf } from './check.ts';
import { observe } from './observe.ts';
import { type FaultOf, type Played, play } from './play.ts';
import type { Planned, Schedule } from './schedule.ts';
import { setUpFaultsWorld } from './set-up.ts';
import { FAIR } from './weather.ts';

/** The long form lets it die at every request; the short one at every third. */
const STRIDE = Number(process.env.FAULT_RUNS ?? 200) < 1_000 ? 3 : 1;

const ALONE: Planned = { unit: 0, agreed: true, hasFile: false, isCreated: false };
const BEGINS_AT = -3_600_000;

const scheduleOf = (parts: Pick<Schedule, 'planned' | 'clients'> & Partial<Schedule>): Schedule => ({
  ...{ seed: 0, beginsAt: BEGINS_AT, limit: 1, moves: [], weather: FAIR },
  ...parts,
});

/** Schedules that together send every request there is of these operations, one after the other. */
const SCHEDULES = {
  'a draft from its creation to its end': scheduleOf({
    planned: [{ ...ALONE, isCreated: true }],
    clients: [
      {
        startsAt: BEGINS_AT,
        of: 0,
        wishes: ['create', 'save', 'submit', 'submit', 'withdraw', 'submit', 'withdraw', 'remove'],
      },
    ],
  }),
  'a joint submission': scheduleOf({
    planned: [{ ...ALONE, partner: 1, agreed: false }],
    clients: [{ startsAt: BEGINS_AT, of: 0, wishes: ['consent', 'takeBack', 'consent', 'submit', 'withdraw'] }],
  }),
  'a submit that proves its file': scheduleOf({
    planned: [{ ...ALONE, hasFile: true }],
    clients: [{ startsAt: BEGINS_AT, of: 0, wishes: ['submit'] }],
  }),
  'deadlines that are moved': scheduleOf({
    planned: [ALONE],
    clients: [{ startsAt: 10, of: 0, wishes: ['submit'] }],
    moves: [
      { kind: 'extend', startsAt: -500, closesAt: 120_000, unit: 0 },
      { kind: 'extend', startsAt: -400, closesAt: 240_000 },
      { kind: 'close', startsAt: 1_000, closesAt: 180_000 },
    ],
  }),
} as const satisfies Readonly<Record<string, Schedule>>;

const world = setUpFaultsWorld();

const playWith = (schedule: Schedule, faultOf: FaultOf): Promise<Played> =>
  play(world(), { schedule, chance: chanceOf(1) }, { faultOf });

const dyingAt = (request: number, how: 'dies before' | 'dies after'): FaultOf => {
  let sent = 0;
  return () => {
    sent += 1;
    return sent === request ? how : 'none';
  };
};

describe('a function that dies at any of its requests, before or after it was carried out, harms nothing:', () => {
  test.each(Object.entries(SCHEDULES))(
    '%s',
    async (_, schedule) => {
      const { sent, history } = await playWith(schedule, () => 'none');
      expect(history.every(({ outcome }) => outcome.kind === 'done')).toBe(true);
      const found: string[] = [];
      for (let request = 1 + (sent % STRIDE); request <= sent; request += STRIDE) {
        for (const how of ['dies before', 'dies after'] as const) {
          const played = await playWith(schedule, dyingAt(request, how));
          const faults = faultsOf(played, await observe(world(), played));
          if (faults.length > 0) found.push(`${how} ${request} of ${sent}: ${faults.join('\n')}`);
        }
      }
      expect(found).toEqual([]);
    },
    600_000,
  );
});
