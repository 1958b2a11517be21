import { describe, expect, it } from 'vitest';
import { earlyReports } from '#shared/domain/call/obligation.ts';
import { lastDayOf, periodFaults } from '#shared/domain/call/period.ts';
import { checkReminders, durationMs } from '#shared/domain/call/reminders.ts';
import { spanMs } from '#shared/domain/call/retention.ts';
import { callHead } from '#test/support/calls.ts';

const DAY_MS = 86_400_000;

describe('durationMs', () => {
  it.each([
    ['7d', 7 * DAY_MS],
    ['24h', DAY_MS],
    ['9999h', 9_999 * 3_600_000],
    ['30min', 1_800_000],
  ])('reads %s as %i ms', (duration, ms) => {
    expect(durationMs(duration)).toBe(ms);
  });

  it.each(['', '7', 'd', '0d', '7s', '7days', '12345h', 'x7d', '7d '])(
    'fails on %j, which no definition has',
    (text) => {
      expect(() => durationMs(text)).toThrow(`${text} is no duration`);
    },
  );
});

describe('spanMs', () => {
  it.each([
    ['90d', 90 * DAY_MS],
    ['1y', 366 * DAY_MS],
    ['5y', 5 * 366 * DAY_MS],
  ])('reads %s as %i ms', (span, ms) => {
    expect(spanMs(span)).toBe(ms);
  });

  it.each(['', '5', 'y', '0y', '5h', '5years', '12345d', 'x5y', '5y '])(
    'fails on %j, which no definition has',
    (text) => {
      expect(() => spanMs(text)).toThrow(`${text} is no span`);
    },
  );
});

describe('lastDayOf', () => {
  it.each([
    ['2022-11', '2022-11-30'],
    ['2022-12', '2022-12-31'],
    ['2022-01', '2022-01-31'],
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
    ['2022-11-15', '2022-11-15'],
    [undefined, undefined],
  ])('is of a period until %s %s', (until, day) => {
    expect(lastDayOf({ until })).toBe(day);
  });
});

describe('periodFaults', () => {
  it.each([
    ['without days', {}],
    ['without a beginning', { until: '2022-01-01' }],
    ['without an end', { from: '2022-01-01' }],
    ['of one day', { from: '2022-01-01', until: '2022-01-01' }],
    ['from the first day of a month, which begins there', { from: '2022-05', until: '2022-05-01' }],
  ])('has nothing against a period %s', (_, period) => {
    expect(periodFaults({ text: '周期', ...period }, 'period')).toEqual([]);
  });

  it.each([
    ['a day', { from: '2022-05-02', until: '2022-05-01' }],
    ['the month before', { from: '2022-05', until: '2022-04' }],
    ['the day before its month', { from: '2022-05', until: '2022-04-30' }],
  ])('tells of one that ends %s before it begins', (_, period) => {
    expect(periodFaults({ text: '周期', ...period }, 'period')).toEqual([
      { path: 'period.until', code: 'OUT_OF_ORDER', params: { after: 'from' } },
    ]);
  });
});

describe('earlyReports', () => {
  const due = (on: string, report = true) => ({ text: '报告', report, due: { kind: 'date' as const, on } });

  it('holds each report against the last of the days, in whichever order they are', () => {
    const obligations = [due('2022-10-01'), due('2022-12-01'), due('2022-11-29', false), due('2022-11-29')];
    for (const lastDays of [
      ['2022-11-30', '2022-08-31'],
      ['2022-08-31', '2022-11-30'],
    ]) {
      expect(earlyReports(obligations, lastDays, 'obligations')).toEqual(
        [0, 3].map((index) => ({
          path: `obligations[${index}].due.on`,
          code: 'DUE_BEFORE_PERIOD_ENDS',
          params: { until: '2022-11-30' },
        })),
      );
    }
  });

  it('says nothing where no day is known, of the project or of the report', () => {
    expect(earlyReports([due('2022-10-01')], [], 'obligations')).toEqual([]);
    expect(earlyReports([{ text: '报告', report: true }], ['2022-11-30'], 'obligations')).toEqual([]);
  });
});

describe('checkReminders', () => {
  const reminders = (...before: string[]) => ({ before, withoutDraft: false });

  it('has nothing against none, whatever else is known', () => {
    expect(checkReminders(undefined, undefined)).toEqual({ faults: [], warnings: [] });
    expect(checkReminders(reminders(), callHead())).toEqual({ faults: [], warnings: [] });
  });

  it('warns of none that come before the opening while nobody knows when that is', () => {
    expect(checkReminders(reminders('9999d'), undefined)).toEqual({ faults: [], warnings: [] });
  });

  it('warns of each that would come with the opening of a call or before it', () => {
    // The call lasts the 31 days of March.
    expect(checkReminders(reminders('31d', '743h', '745h'), callHead())).toEqual({
      faults: [],
      warnings: [
        { path: 'reminders.before[0]', code: 'REMINDER_BEFORE_OPENING' },
        { path: 'reminders.before[2]', code: 'REMINDER_BEFORE_OPENING' },
      ],
    });
  });
});
