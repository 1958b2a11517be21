/** Making a formatter costs a hundred times what using it does. A zone is one that was checked when its call was written, so there are few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timezone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  formatters.set(timezone, made);
  return made;
};

/**
 * What calendar and clock of a zone show at `moment` (ms), by the names of `Intl`; all but the year of fixed width. Without temporal-polyfill, which a submit
 * does not carry.
 */
export const clockIn = (timezone: string, moment: number): Partial<Record<Intl.DateTimeFormatPartTypes, string>> =>
  Object.fromEntries(
    formatterOf(timezone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
