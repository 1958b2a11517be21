import { clockIn } from './clock-in.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** What a clock and a calendar in a zone show. */
interface Shown {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Such as 16:00, with seconds where they are not 00. */
  readonly time: string;
}

const shownIn = (timezone: string, moment: number): Shown => {
  const { year, month, day, hour, minute, second } = clockIn(timezone, moment);
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    time: second === '00' ? `${hour}:${minute}` : `${hour}:${minute}:${second}`,
  };
};

/**
 * A deadline in words with its zone, in both languages: one at the end of a day is that day's 24:00, never the next one's 00:00, which people take for a day more.
 *
 * @param closesAt an instant
 */
export const deadlineWords = (closesAt: string, timezone: string): { readonly zh: string; readonly en: string } => {
  const moment = Date.parse(closesAt);
  const exact = shownIn(timezone, moment);
  // A minute before is on the day before, also where summer time begins at midnight.
  const { year, month, day, time } =
    exact.time === '00:00' ? { ...shownIn(timezone, moment - 60_000), time: '24:00' } : exact;
  return {
    zh: `${year}年${month}月${day}日 ${time}（${timezone}）`,
    en: `${time} on ${day} ${MONTHS[month - 1]} ${year} (${timezone})`,
  };
};
