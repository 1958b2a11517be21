import fc from 'fast-check';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** With and without summer time, with odd offsets, on both sides of the date line. */
const ZONES = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Honolulu',
] as const;

export const CATEGORIES = ['1', '2-1'] as const;
export const UNITS = ['unit-1', 'unit-2'] as const;

/** One request to move a deadline: when it was received (ms), for whom, and until when; without that, a close as early as can be. */
export interface Move {
  readonly receivedAt: number;
  readonly kind: 'extend' | 'close';
  readonly category: string | undefined;
  readonly unitId: string | undefined;
  readonly closesAt: string | undefined;
}

/** Somebody's submit: when it was received, ms, and of which unit in which category. */
export interface Attempt {
  readonly receivedAt: number;
  readonly category: string;
  readonly unitId: string;
}

/** A submit that is to be received `by` ms after one of the moments that matter in a story: the `near`th, round and round. */
interface NearbyAttempt extends Omit<Attempt, 'receivedAt'> {
  readonly near: number;
  readonly by: number;
}

/** A call as it is written, what was asked for its deadlines in order of receipt, and submits. */
export interface Story {
  readonly timezone: string;
  readonly opens: string;
  readonly closes: string;
  readonly moves: readonly Move[];
  readonly attempts: readonly NearbyAttempt[];
}

/** A moment as somebody writes it: a day, or an instant with an offset that need not be the zone's. */
const written = (moment: number, style: 'day' | 'utc' | 'offset'): string => {
  if (style === 'day') return new Date(moment).toISOString().slice(0, 10);
  if (style === 'utc') return new Date(moment).toISOString();
  return `${new Date(moment + 5.75 * HOUR).toISOString().slice(0, -1)}+05:45`;
};

const style = fc.constantFrom('day', 'utc', 'offset');

/** The last days of March and of October 2024: where Berlin and New York change their clocks, and Chatham and Apia theirs nearby. */
const closing = fc.constantFrom(
  Date.UTC(2024, 2, 31, 1),
  Date.UTC(2024, 2, 10, 7),
  Date.UTC(2024, 9, 27, 1),
  Date.UTC(2024, 10, 3, 6),
  Date.UTC(2024, 3, 6, 14),
  Date.UTC(2022, 2, 31, 16),
);

/** Small steps are as likely as large ones: what lies close together is where mistakes show. */
const offset = fc.oneof(
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer({ min: -6 * HOUR, max: 6 * HOUR }),
  fc.integer({ min: -8 * DAY, max: 14 * DAY }),
);

const move = fc.record({
  at: offset,
  kind: fc.constantFrom('extend' as const, 'extend' as const, 'close' as const),
  category: fc.option(fc.constantFrom(...CATEGORIES), { nil: undefined }),
  unitId: fc.option(fc.constantFrom(...UNITS), { nil: undefined }),
  until: offset,
  style,
  soon: fc.boolean(),
});

/** Stories with up to `moves` requests, half as many at least, and exactly `attempts` submits, each near one of the moments that matter, often at it or 1 ms beside it. */
export const stories = ({ moves, attempts }: { moves: number; attempts: number }): fc.Arbitrary<Story> =>
  fc
    .record({
      timezone: fc.constantFrom(...ZONES),
      closes: closing,
      style,
      moves: fc.array(move, { minLength: Math.ceil(moves / 2), maxLength: moves }),
      attempts: fc.array(
        fc.record({
          near: fc.nat(),
          by: fc.oneof(fc.constantFrom(-1, 0, 0, 1), fc.constantFrom(-1, 0, 1), offset),
          category: fc.constantFrom(...CATEGORIES),
          unitId: fc.constantFrom(...UNITS),
        }),
        { minLength: attempts, maxLength: attempts },
      ),
    })
    .map(({ timezone, closes, style: ofCall, moves: asked, attempts: tried }) => {
      const requests = asked
        .map(({ at, kind, category, unitId, until, style: ofMove, soon }): Move => {
          const receivedAt = closes + at;
          const moment = written(Math.max(closes + until, receivedAt), ofMove);
          const closesAt = kind === 'close' && soon ? undefined : moment;
          return { receivedAt, kind, category, unitId, closesAt };
        })
        .sort((one, other) => one.receivedAt - other.receivedAt);
      return {
        timezone,
        opens: written(closes - 20 * DAY, 'day'),
        closes: written(closes, ofCall),
        moves: requests,
        attempts: tried,
      };
    });
