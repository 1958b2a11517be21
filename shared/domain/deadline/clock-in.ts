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

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

/**
 * Zones that have had one offset since an instant, ms. Most calls are in the first, and a first formatter takes 12 ms of the processor: a twentieth of the first
 * submit of an instance. A test holds them to the tz database of the runtime.
 */
export const CONSTANT_ZONES: ReadonlyMap<string, { readonly since: number; readonly offset: number }> = new Map([
  ['Asia/Shanghai', { since: Date.UTC(1992, 0, 1), offset: 8 * 3_600_000 }],
]);

/** Years of four digits alone: what `toISOString` writes beyond them is longer. */
const YEAR_10000 = Date.UTC(10_000, 0, 1);

const partsAt = (moment: number): Parts => {
  const iso = new Date(moment).toISOString();
  return {
    ...{ year: iso.slice(0, 4), month: iso.slice(5, 7), day: iso.slice(8, 10) },
    ...{ hour: iso.slice(11, 13), minute: iso.slice(14, 16), second: iso.slice(17, 19) },
    fractionalSecond: iso.slice(20, 23),
  };
};

/**
 * What calendar and clock of a zone show at `moment` (ms), by the names of `Intl`; all but the year of fixed width. Without temporal-polyfill, which a submit
 * does not carry.
 */
export const clockIn = (timezone: string, moment: number): Parts => {
  const constant = CONSTANT_ZONES.get(timezone);
  const local = moment + (constant?.offset ?? 0);
  if (constant !== undefined && moment >= constant.since && local < YEAR_10000) return partsAt(local);
  return Object.fromEntries(
    formatterOf(timezone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
};
