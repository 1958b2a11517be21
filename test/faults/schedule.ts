import { type Chance, chanceOf } from './chance.ts';
import { FAIR, type Weather, weatherOf } from './weather.ts';

/** A submission of a schedule, as it is before anybody does anything. Units by their numbers. */
export interface Planned {
  readonly unit: number;
  /** Applies together with it, and consents or does not yet. */
  readonly partner?: number;
  readonly agreed: boolean;
  /** Whether it has a file that is uploaded and not proven yet. */
  readonly hasFile: boolean;
  /** Not there yet: somebody creates it. */
  readonly isCreated: boolean;
}

export type WishKind = 'submit' | 'withdraw' | 'save' | 'remove' | 'consent' | 'takeBack' | 'create';

/** A client and what it does, one after the other, each until it is answered. */
export interface Client {
  readonly startsAt: number;
  readonly of: number;
  readonly wishes: readonly WishKind[];
}

/** What the officer asks for: a deadline, ms from the call's own as it was. */
export interface Move {
  readonly kind: 'extend' | 'close';
  readonly startsAt: number;
  readonly closesAt: number;
  /** Whose; without it the call's. */
  readonly unit?: number;
}

/** Times in ms from the call's deadline as it was in the beginning. */
export interface Schedule {
  readonly seed: number;
  readonly beginsAt: number;
  readonly limit: number;
  readonly planned: readonly Planned[];
  readonly clients: readonly Client[];
  readonly moves: readonly Move[];
  readonly weather: Weather;
}

/** Every so many schedules one of 64 submitters. */
const LARGE_EVERY = 25;
const MANY = 64;

type Wishes = readonly [readonly WishKind[], ...(readonly WishKind[])[]];

const OWN_WISHES: Wishes = [
  ['submit'],
  ['submit'],
  ['submit', 'submit'],
  ['submit', 'withdraw'],
  ['submit', 'withdraw', 'submit'],
  ['save', 'submit'],
];

const OTHERS_WISHES: Wishes = [['submit'], ['submit'], ['withdraw'], ['withdraw', 'submit'], ['save'], ['remove']];

const PARTNERS_WISHES: Wishes = [['takeBack'], ['takeBack', 'consent'], ['consent']];

/** What happens around the deadline: nothing, it is moved on shortly before or after it, or it is ended early. */
const movesOf = (chance: Chance, beginsAt: number, units: number): Move[] => {
  const unit = chance.is(0.5) ? { unit: chance.below(units) } : {};
  switch (chance.pick(['none', 'none', 'extend', 'close'])) {
    case 'extend': {
      const startsAt = beginsAt + chance.below(200);
      return [{ kind: 'extend', startsAt, closesAt: Math.max(0, startsAt) + 50 + chance.below(2_000), ...unit }];
    }
    case 'close': {
      const startsAt = beginsAt + chance.below(100);
      return [{ kind: 'close', startsAt, closesAt: beginsAt + 61_000 }];
    }
    default:
      return [];
  }
};

const plannedAt = (chance: Chance, units: number, isOld: boolean): Planned => {
  const unit = chance.below(units);
  if (units > 1 && chance.is(0.2))
    return {
      ...{ unit, partner: (unit + 1) % units, agreed: chance.is(0.8) },
      ...{ hasFile: false, isCreated: false },
    };
  const isCreated = !isOld && chance.is(0.2);
  return { unit, agreed: true, hasFile: !isCreated && chance.is(0.1), isCreated };
};

const smallSchedule = (seed: number, chance: Chance): Schedule => {
  const units = 1 + chance.below(3);
  const submitters = 2 + chance.below(7);
  const isClosing = chance.is(0.25);
  const beginsAt = isClosing ? -600_000 : -chance.pick([20, 100, 400, 3_600_000]);
  const moves = isClosing
    ? [{ kind: 'close' as const, startsAt: beginsAt + chance.below(100), closesAt: beginsAt + 61_000 }]
    : movesOf(chance, beginsAt, units);
  /** At once, or close to where the deadline is or will be. */
  const startsAt = (): number => {
    const [move] = moves;
    const near = chance.pick([0, move?.closesAt ?? 0, beginsAt, beginsAt]);
    return Math.max(beginsAt, near - 40) + chance.below(60);
  };
  const planned: Planned[] = [];
  const clients: Client[] = [];
  for (let count = 0; count < submitters; count += 1) {
    const one = planned.length === 0 || chance.is(0.65) ? plannedAt(chance, units, planned.length === 0) : undefined;
    if (one !== undefined) {
      const of = planned.length;
      planned.push(one);
      const own = chance.pick(OWN_WISHES);
      clients.push({ startsAt: startsAt(), of, wishes: one.isCreated ? ['create', ...own] : own });
      if (one.isCreated && chance.is(0.5)) clients.push({ startsAt: startsAt(), of, wishes: ['create'] });
      if (one.partner !== undefined && chance.is(0.7))
        clients.push({ startsAt: startsAt(), of, wishes: chance.pick(PARTNERS_WISHES) });
    } else {
      const of = chance.below(planned.length);
      if (planned[of]?.isCreated === false)
        clients.push({ startsAt: startsAt(), of, wishes: chance.pick(OTHERS_WISHES) });
    }
  }
  const limit = 1 + chance.below(3);
  return { seed, beginsAt, limit, planned, clients, moves, weather: weatherOf(chance) };
};

/** The last seconds: everybody at once, each with a draft of its own. */
const largeSchedule = (seed: number, chance: Chance): Schedule => {
  const units = chance.pick([1, 8, 32]);
  const beginsAt = -chance.pick([400, 3_600_000]);
  const planned = Array.from({ length: MANY }, (_, place) => ({
    ...{ unit: place % units, agreed: true, hasFile: false, isCreated: false },
  }));
  const clients = planned.map((_, of): Client => ({ startsAt: beginsAt + chance.below(100), of, wishes: ['submit'] }));
  const limit = 1 + chance.below(5);
  return { seed, beginsAt, limit, planned, clients, moves: [], weather: weatherOf(chance) };
};

/** The schedule of a seed. The draws after it are the proxy's, with the chance that it leaves. */
export const scheduleOf = (seed: number): { schedule: Schedule; chance: Chance } => {
  const chance = chanceOf(seed);
  const schedule = seed % LARGE_EVERY === 0 ? largeSchedule(seed, chance) : smallSchedule(seed, chance);
  // Some without any fault of the network: what goes wrong there is no fault's doing.
  return { schedule: chance.is(0.05) ? { ...schedule, weather: FAIR } : schedule, chance };
};
