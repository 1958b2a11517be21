import { isCalendarDate } from '#shared/domain/form/calendar-date.ts';
import { type MoneyUnit, parseDecimal } from '#shared/domain/money/decimal.ts';

const DAY_MS = 86_400_000;

const instantOf = (date: string): number => {
  if (!isCalendarDate(date)) throw new RangeError('no day of the calendar');
  return Date.parse(`${date}T00:00:00Z`);
};

/** Days from the first date to the second, negative where that one is earlier. Throws where one of them is no day. */
const daysBetween = (first: string, second: string): bigint => BigInt((instantOf(second) - instantOf(first)) / DAY_MS);

/** Whole years from the first date to the second (周岁, 届满); somebody born on 29 February is a year older on 1 March. Throws where one is no day. */
const yearsBetween = (first: string, second: string): bigint => {
  if (instantOf(second) < instantOf(first)) return -yearsBetween(second, first);
  const years = Number(second.slice(0, 4)) - Number(first.slice(0, 4));
  return BigInt(second.slice(5) < first.slice(5) ? years - 1 : years);
};

const amountIn =
  (unit: MoneyUnit) =>
  (amount: string): bigint => {
    const { fen } = parseDecimal(amount, unit);
    if (fen === undefined) throw new RangeError('no amount');
    return fen;
  };

/** Functions of the language besides CEL's own, by signature. Amounts are whole 分. */
export const FUNCTIONS = {
  'daysBetween(string, string): int': daysBetween,
  'yearsBetween(string, string): int': yearsBetween,
  'sum(list<int>): int': (numbers: readonly bigint[]): bigint => numbers.reduce((sum, each) => sum + each, 0n),
  'yuan(string): int': amountIn('元'),
  'wan(string): int': amountIn('万元'),
} as const;

export const isAmount = (text: string, unit: MoneyUnit): boolean => parseDecimal(text, unit).fen !== undefined;
