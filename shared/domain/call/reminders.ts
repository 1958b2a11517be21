import * as z from 'zod';
import type { WellFormedName } from '#shared/contract/well-formed.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import type { CallWindow } from './call-head.ts';
import { duplicates } from './duplicates.ts';
import type { Findings } from './findings.ts';

const DURATION = /^([1-9][0-9]{0,3})(d|h|min)$/;

const UNIT_MS = { d: 86_400_000, h: 3_600_000, min: 60_000 } as const;

/** More would be told as one: a tick comes every minute, and nobody reads the eleventh mail. */
const MOST_REMINDERS = 10;

/** "7d", "24h", "30min": spans of exact hours, so that 1d is 24h also where summer time makes a day of 23. */
const Duration = z.string().regex(DURATION, 'duration' satisfies WellFormedName);

/**
 * When those concerned are reminded, counted back from their deadline; none where `before` is empty. `withoutDraft`: also units that may apply and have
 * not begun.
 */
export const Reminders = z.strictObject({
  before: z.array(Duration).max(MOST_REMINDERS).default(['7d', '24h', '2h']),
  withoutDraft: z.boolean().default(false),
});
export type Reminders = z.output<typeof Reminders>;

/** A duration as `Reminders` writes it, ms. */
export const durationMs = (duration: string): number => {
  const [, count, unit] = DURATION.exec(duration) ?? [];
  if (unit !== 'd' && unit !== 'h' && unit !== 'min') throw new RangeError(`${duration} is no duration`);
  return Number(count) * UNIT_MS[unit];
};

/** The same time written twice is refused; a reminder that would come before the call opens is worth a warning: it is never sent. */
export const checkReminders = (reminders: Reminders | undefined, window: CallWindow | undefined): Findings => {
  const before = (reminders?.before ?? []).map((duration, index) => ({
    path: at('reminders', 'before', index),
    ms: durationMs(duration),
  }));
  const lasts = window === undefined ? Infinity : Date.parse(window.closesAt) - Date.parse(window.opensAt);
  return {
    faults: duplicates(before.map(({ path, ms }) => ({ path, key: String(ms) }))),
    warnings: before.flatMap(({ path, ms }): Fault[] =>
      ms < lasts ? [] : [{ path, code: 'REMINDER_BEFORE_OPENING' }],
    ),
  };
};
