import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayIn } from '#shared/domain/deadline/day-in.ts';

describe('the day in a zone', () => {
  test('begins at midnight there', () => {
    expect(dayIn('Asia/Shanghai', Date.UTC(2022, 2, 31, 16) - 1)).toBe('2022-03-31');
    expect(dayIn('Asia/Shanghai', Date.UTC(2022, 2, 31, 16))).toBe('2022-04-01');
    expect(dayIn('America/New_York', Date.UTC(2022, 2, 31, 3))).toBe('2022-03-30');
  });

  test('is written with four digits of the year, whatever the year', () => {
    expect(dayIn('UTC', Date.parse('0099-03-01T00:00:00Z'))).toBe('0099-03-01');
  });

  test('is the one that the arithmetic of saving a call finds', () => {
    const zone = fc.constantFrom('Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC');
    const moment = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(zone, moment, (timezone, ms) => {
        const day = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).toPlainDate();
        expect(dayIn(timezone, ms)).toBe(day.toString());
      }),
    );
  });
});
