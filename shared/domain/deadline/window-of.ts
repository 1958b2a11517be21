import { Temporal } from 'temporal-polyfill';
import type { CallWindow } from '#shared/domain/call/call-head.ts';
import type { Deadline } from './deadline-in-force.ts';

export interface WindowInput {
  /** A bare date, or an instant with offset; see `Moment`. */
  readonly opens: string;
  readonly closes: string;
  readonly timezone: string;
}

const BARE_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A deadline that is a bare date: it is read as the end of that day. */
export const isBareDate = (moment: string): boolean => BARE_DATE.test(moment);

/** Zones of the IANA database alone: an offset such as +08:00 knows no summer time, and as a zone it would only look like one. */
export const isKnownZone = (timezone: string): boolean => {
  if (!/^[A-Za-z]/.test(timezone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** The day's first instant, which summer time can make another one than 00:00. */
const startOfDay = (day: Temporal.PlainDate, timezone: string): Temporal.ZonedDateTime =>
  day.toZonedDateTime({ timeZone: timezone });

const instantOf = (moment: string, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Date.parse(moment)).toZonedDateTimeISO(timezone);

const opening = (moment: string, timezone: string): Temporal.ZonedDateTime =>
  isBareDate(moment) ? startOfDay(Temporal.PlainDate.from(moment), timezone) : instantOf(moment, timezone);

/** The first instant that is too late: of a bare date, the start of the day after. */
const closing = (moment: string, timezone: string): Temporal.ZonedDateTime =>
  isBareDate(moment)
    ? startOfDay(Temporal.PlainDate.from(moment).add({ days: 1 }), timezone)
    : instantOf(moment, timezone);

const toUtc = (moment: Temporal.ZonedDateTime): string => new Date(moment.epochMilliseconds).toISOString();

const toLocal = (moment: Temporal.ZonedDateTime): string =>
  moment.toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });

const chineseDate = (day: Temporal.PlainDate): string => `${day.year}年${day.month}月${day.day}日`;

/** As a notice would print it: what ends with a day is that day's 24:00, never the next one's 00:00. */
const inWords = (moment: Temporal.ZonedDateTime): string => {
  const day = moment.toPlainDate();
  const zone = `（${moment.timeZoneId}）`;
  if (moment.equals(moment.startOfDay())) return `${chineseDate(day.subtract({ days: 1 }))}24:00${zone}`;
  const smallestUnit = moment.second === 0 && moment.millisecond === 0 ? 'minute' : 'second';
  return `${chineseDate(day)}${moment.toPlainTime().toString({ smallestUnit })}${zone}`;
};

const told = (moment: Temporal.ZonedDateTime): Deadline => ({
  closesAt: toUtc(moment),
  closesAtLocal: toLocal(moment),
  closesText: inWords(moment),
});

/**
 * The deadline that a moment is in a zone: a bare date is the end of that day.
 *
 * @throws RangeError on a moment or zone that is none
 */
export const deadlineAt = (closes: string, timezone: string): Deadline => told(closing(closes, timezone));

/**
 * The instants of a window in its zone. Received before `closesAt` is in time, received at it is late. Computed when a call is saved and kept with its
 * version: only saving carries the time zones' arithmetic (temporal-polyfill), a submit compares instants.
 *
 * @throws RangeError on a moment or zone that is none; `isKnownZone` and `Moment` are checked before.
 */
export const windowOf = ({ opens, closes, timezone }: WindowInput): CallWindow => {
  const opensAt = opening(opens, timezone);
  const closesAt = closing(closes, timezone);
  return {
    opensAt: toUtc(opensAt),
    opensAtLocal: toLocal(opensAt),
    ...told(closesAt),
    timezone: closesAt.timeZoneId,
  };
};
