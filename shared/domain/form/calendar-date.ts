/** A date from year 1000 on, as a pattern: what a published schema can say of one. */
export const DATE_PATTERN = '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';

/** Every day of the calendar but the 29th of February. */
const YEARLY =
  /^[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)$/;

const LEAP_DAY = /^[1-9][0-9]{3}-02-29$/;

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Whether a text is a day of the calendar, written 2022-03-31. Dates of this form are in order as strings. */
export const isCalendarDate = (text: string): boolean =>
  YEARLY.test(text) || (LEAP_DAY.test(text) && isLeapYear(Number(text.slice(0, 4))));
