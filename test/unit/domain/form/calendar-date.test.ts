import { describe, expect, it } from 'vitest';
import { isCalendarDate } from '#shared/domain/form/calendar-date.ts';

const digits = (value: number): string => String(value).padStart(2, '0');

/** Whatever two digits each can stand for month and day. */
const written = (year: number): readonly string[] =>
  Array.from({ length: 100 }, (_, month) => month).flatMap((month) =>
    Array.from({ length: 100 }, (_, day) => `${year}-${digits(month)}-${digits(day)}`),
  );

const daysOf = (year: number): readonly string[] => {
  const days: string[] = [];
  const day = new Date(Date.UTC(year, 0, 1));
  while (day.getUTCFullYear() === year) {
    days.push(day.toISOString().slice(0, 10));
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return days;
};

describe('isCalendarDate', () => {
  it.each([1000, 1900, 2000, 2023, 2024, 9999])('takes the days of %i and nothing else', (year) => {
    expect(written(year).filter(isCalendarDate)).toEqual(daysOf(year));
  });
});
