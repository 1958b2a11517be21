import { latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import type { Timetable } from './steps.ts';

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 4 * QUARTER_MS;
/** How long before the last deadline every quarter of an hour is looked at. */
const LAST_DAY_MS = 24 * HOUR_MS;

interface Sampled extends Pick<Timetable, 'publishedVersion' | 'opensAt' | 'closesAt' | 'lastClosesAt' | 'advancedTo'> {
  /** Instant of the last sample. */
  readonly sampledTo?: string | undefined;
}

const after = (instant: number, period: number): number => (Math.floor(instant / period) + 1) * period;

/**
 * When the progress of a call is next to be counted, ms: every full hour while anybody may submit, every quarter in the last day. Instants are those of the
 * clock, not of the deadline, so that an extension leaves them where they are.
 */
export const nextSampleAt = (sampled: Sampled): number | undefined => {
  const last = Date.parse(latestDeadline(sampled));
  const isOver = sampled.advancedTo !== undefined && Date.parse(sampled.advancedTo) >= last;
  if (sampled.publishedVersion === undefined || isOver) return undefined;
  const opened = Date.parse(sampled.opensAt) - 1;
  const from = sampled.sampledTo === undefined ? opened : Math.max(opened, Date.parse(sampled.sampledTo));
  const next = Math.min(after(from, HOUR_MS), after(Math.max(from, last - LAST_DAY_MS - 1), QUARTER_MS));
  return next < last ? next : undefined;
};

/** The instant a sample counted at `now` (ms) stands for; undefined where none is due. After a late tick, what was missed is not made up. */
export const dueSample = (sampled: Sampled, now: number): string | undefined => {
  const next = nextSampleAt(sampled);
  if (next === undefined || now < next || now >= Date.parse(latestDeadline(sampled))) return undefined;
  return new Date(Math.floor(now / QUARTER_MS) * QUARTER_MS).toISOString();
};
