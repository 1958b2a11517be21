import type { CallHead } from './call-head.ts';

/** A submit received just before the deadline is under way for at most the function's time-out, 20 s; the rest is margin. */
const DRAIN_MS = 120_000;

/** When everything received before the deadline has been written or given up, ms. */
export const drainedAt = ({ closesAt }: Pick<CallHead, 'closesAt'>): number => Date.parse(closesAt) + DRAIN_MS;

/** Whether the close of a call is to be recorded at `now` (ms). */
export const isDueToClose = (head: CallHead, now: number): boolean =>
  head.publishedVersion !== undefined && head.closing === undefined && drainedAt(head) <= now;
