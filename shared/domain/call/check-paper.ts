import { isBareDate, windowOf } from '#shared/domain/deadline/window-of.ts';
import type { CallWindow } from './call-head.ts';
import { isWithinYears } from './check-window.ts';
import type { Findings } from './findings.ts';
import type { Paper } from './paper.ts';

const PATH = 'paper.closes';

/** The paper's deadline against the call's own. Paper due first is no fault: some notices want the original before the copy. */
export const checkPaper = (paper: Paper | undefined, window: CallWindow | undefined): Findings => {
  if (paper?.closes === undefined || window === undefined) return { faults: [], warnings: [] };
  if (!isWithinYears(paper.closes)) return { faults: [{ path: PATH, code: 'NOT_A_DATE' }], warnings: [] };
  const { opensAt, closesAt, closesText, timezone } = window;
  const due = windowOf({ opens: opensAt, closes: paper.closes, timezone });
  return {
    faults: [],
    warnings: [
      ...(isBareDate(paper.closes)
        ? [{ path: PATH, code: 'DEADLINE_WITHOUT_HOUR' as const, params: { meaning: due.closesText } }]
        : []),
      ...(due.closesAt < closesAt
        ? [{ path: PATH, code: 'PAPER_BEFORE_ELECTRONIC' as const, params: { closes: closesText } }]
        : []),
    ],
  };
};
