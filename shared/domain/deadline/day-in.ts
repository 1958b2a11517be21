/** Making a formatter costs a hundred times what using it does. A zone is one that was checked when its call was written, so there are few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timezone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timezone, made);
  return made;
};

/** The day it is in a zone at `moment` (ms), such as 2022-03-31. Without temporal-polyfill, which a submit does not carry. */
export const dayIn = (timezone: string, moment: number): string => {
  const parts = new Map(
    formatterOf(timezone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  return [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')].join('-');
};
