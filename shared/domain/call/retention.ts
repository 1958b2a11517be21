import * as z from 'zod';
import type { WellFormedName } from '#shared/contract/well-formed.ts';

const SPAN = /^([1-9][0-9]{0,3})(d|y)$/;

/** A year counts 366 days, so that nothing goes a day before its anniversary. */
const DAYS = { d: 1, y: 366 } as const;
const DAY_MS = 86_400_000;

/** "90d", "5y". */
const Span = z.string().regex(SPAN, 'span' satisfies WellFormedName);

/**
 * How long what a call gathered is kept, counted from the latest deadline that was in force at any scope: drafts that were not submitted, records of refused late
 * submits, and answers, files and their names of what was submitted.
 */
export const Retention = z.strictObject({
  drafts: Span.default('90d'),
  late: Span.default('1y'),
  personal: Span.default('5y'),
});
export type Retention = z.output<typeof Retention>;

/** A span as `Retention` writes it, ms. */
export const spanMs = (span: string): number => {
  const [, count, unit] = SPAN.exec(span) ?? [];
  if (unit !== 'd' && unit !== 'y') throw new RangeError(`${span} is no span`);
  return Number(count) * DAYS[unit] * DAY_MS;
};
