import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONSTANT_ZONES, clockIn } from '#shared/domain/deadline/clock-in.ts';

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fractionalSecond'] as const;

/** What the tz database of the runtime says. */
const byDatabase = (timeZone: string) =>
  new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric' },
    ...{ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    fractionalSecondDigits: 3,
  });

describe.each([...CONSTANT_ZONES])('the clock of %s', (timezone, { since, offset }) => {
  const database = byDatabase(timezone);
  const expected = (moment: number) =>
    Object.fromEntries(database.formatToParts(moment).map(({ type, value }) => [type, value]));

  const isAsTheDatabaseSays = (moment: number): void => {
    const clock = clockIn(timezone, moment);
    const said = expected(moment);
    for (const part of PARTS) expect(clock[part], `${part} at ${moment}`).toBe(said[part]);
  };

  test('is as the tz database has it, every day until 2100', () => {
    for (let moment = since; moment < Date.UTC(2100, 0, 1); moment += 86_400_000) isAsTheDatabaseSays(moment);
  });

  test('is as the tz database has it at any millisecond, before its offset was constant too', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(9_999, 11, 31) }), isAsTheDatabaseSays),
      { numRuns: 2_000 },
    );
  });

  test('goes on into years of five digits', () => {
    for (const moment of [Date.UTC(10_000, 0, 1) - offset - 1, Date.UTC(10_000, 0, 1) - offset])
      isAsTheDatabaseSays(moment);
  });
});
