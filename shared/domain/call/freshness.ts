import type { CallWindow } from './call-head.ts';

/** What is public may be up to half a minute old. */
const MOST_SECONDS = 30;

/** Whole seconds for which a public answer about calls may be kept at `now` (ms): never across an opening or a deadline, so that no status is stale. */
export const secondsFresh = (windows: readonly Pick<CallWindow, 'opensAt' | 'closesAt'>[], now: number): number => {
  const ahead = windows
    .flatMap(({ opensAt, closesAt }) => [Date.parse(opensAt), Date.parse(closesAt)])
    .filter((boundary) => boundary > now);
  return Math.min(MOST_SECONDS, ...ahead.map((boundary) => Math.floor((boundary - now) / 1_000)));
};
