import { clockIn } from './clock-in.ts';

/** The day it is in a zone at `moment` (ms), such as 2022-03-31. */
export const dayIn = (timezone: string, moment: number): string => {
  const { year, month, day } = clockIn(timezone, moment);
  return [year?.padStart(4, '0'), month, day].join('-');
};
