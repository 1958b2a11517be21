import type * as z from 'zod';
import type * as contract from '#shared/contract/extensions.ts';
import { latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import { type DeadlineScope, type GrantedDeadline, ownerOf } from './deadline-in-force.ts';
import type { DeadlineMove } from './move-deadline.ts';

const scopeIn = ({ category, unitId }: DeadlineScope) => ({
  ...(category === undefined ? {} : { category }),
  ...(unitId === undefined ? {} : { unitId }),
});

/** What moving a deadline answers. */
export const presentMove = (
  { before, after, next: { head } }: DeadlineMove,
  scope: DeadlineScope,
  reason: string,
): z.input<typeof contract.MovedDeadline> => ({
  callId: head.callId,
  revision: head.revision,
  ...scopeIn(scope),
  reason,
  before,
  deadline: after,
  lastClosesAt: latestDeadline(head),
});

/** What the history keeps of a moved deadline: for whom, from when to when as instants, and the new one in words. */
export const moveDetails = ({ before, after }: DeadlineMove, scope: DeadlineScope, reason: string) => ({
  ...scopeIn(scope),
  closesAt: after.closesAt,
  previousClosesAt: before.closesAt,
  closesText: after.closesText,
  reason,
});

/** A granted deadline at `now` (ms), with the name its unit has. */
export const presentGranted = (
  granted: GrantedDeadline,
  unitNames: ReadonlyMap<string, string>,
  now: number,
): z.input<typeof contract.GrantedDeadline> => {
  const { unitId, closesAt, closesAtLocal, closesText, setAt } = granted;
  const unitName = unitId === undefined ? undefined : unitNames.get(unitId);
  return {
    ...scopeIn(granted),
    ...(unitName === undefined ? {} : { unitName }),
    owner: ownerOf(granted),
    closesAt,
    closesAtLocal,
    closesText,
    setAt,
    open: now < Date.parse(closesAt),
  };
};
