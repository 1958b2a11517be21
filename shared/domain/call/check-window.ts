import { isBareDate, isKnownZone, windowOf } from '#shared/domain/deadline/window-of.ts';
import type { Fault } from '#shared/domain/fault.ts';
import type { CallWindow } from './call-head.ts';

/** Instants are stored with a four-digit year, and no call runs outside of these. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2199;

/** Whether a moment lies in the years a call may. */
export const isWithinYears = (moment: string): boolean => {
  const year = Number(moment.slice(0, 4));
  return FIRST_YEAR <= year && year <= LAST_YEAR;
};

export interface CheckedWindow {
  readonly window?: CallWindow;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/** What is wrong with a window whose parts are well formed, each part as far as it is there. */
export const checkWindow = (written: {
  opens: string | undefined;
  closes: string | undefined;
  timezone: string | undefined;
}): CheckedWindow => {
  const { opens, closes, timezone } = written;
  const faults: Fault[] = [];
  for (const [path, moment] of Object.entries({ opens, closes })) {
    if (moment !== undefined && !isWithinYears(moment)) faults.push({ path, code: 'NOT_A_DATE' });
  }
  if (timezone !== undefined && !isKnownZone(timezone)) faults.push({ path: 'timezone', code: 'UNKNOWN_TIMEZONE' });
  if (faults.length > 0 || opens === undefined || closes === undefined || timezone === undefined) {
    return { faults, warnings: [] };
  }
  const window = windowOf({ opens, closes, timezone });
  if (window.closesAt <= window.opensAt) {
    return { faults: [{ path: 'closes', code: 'CLOSES_BEFORE_OPENS' }], warnings: [] };
  }
  const warnings: Fault[] = isBareDate(closes)
    ? [{ path: 'closes', code: 'DEADLINE_WITHOUT_HOUR', params: { meaning: window.closesText } }]
    : [];
  return { window, faults, warnings };
};
