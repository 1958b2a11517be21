/** A date from year 1000 on, as a pattern: what a published schema can say of one. */
export const DATE_PATTERN = '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';

const DATE = new RegExp(DATE_PATTERN);

/** Whether a text is a day of the calendar, written 2022-03-31. Dates of this form are in order as strings. */
export const isCalendarDate = (text: string): boolean => {
  if (!DATE.test(text)) return false;
  // Every month has 28 days.
  if (text.slice(8) <= '28') return true;
  // Date.UTC rolls the 30th of February over into March; a real day stays in its month.
  const day = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8))));
  return day.getUTCMonth() + 1 === Number(text.slice(5, 7));
};
