import { clockIn } from '#shared/domain/deadline/clock-in.ts';

/** An instant as clocks of a zone show it, to the millisecond: `2022-03-31 23:59:59.999`. It sorts by time as text. */
export const localTime = (instant: string, timezone: string): string => {
  const { year, month, day, hour, minute, second, fractionalSecond } = clockIn(timezone, Date.parse(instant));
  return `${year}-${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
};
