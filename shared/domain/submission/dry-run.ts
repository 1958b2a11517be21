import type { CallHead } from '#shared/domain/call/call-head.ts';
import { windowRefusal } from '#shared/domain/deadline/assert-open.ts';
import type { Deadline } from '#shared/domain/deadline/deadline-in-force.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { type LimitScope, limitFaults, limitsReached, partnerLimitFaults } from '#shared/domain/limits/limits.ts';

/**
 * What would refuse a submit received now besides the submission itself: the window and the limits, by the same functions that decide the real one.
 *
 * @param deadline in force for the unit in the category
 * @param receivedAt ms
 * @param counts what counts already under each limit, in the order of `limits`
 * @param partners the same of each partner whose own limits it counts against, with its place among all that are named
 */
export const circumstanceFaults = (
  call: CallHead,
  deadline: Deadline,
  receivedAt: number,
  limits: readonly LimitScope[],
  counts: readonly number[],
  partners: readonly { readonly place: number; readonly name: string; readonly counts: readonly number[] }[],
): Fault[] => {
  const refusal = windowRefusal(call, deadline, receivedAt);
  return [
    ...(refusal === undefined ? [] : [{ path: '', ...refusal }]),
    ...limitFaults(limitsReached(limits, counts)),
    ...partners.flatMap(({ place, name, counts }) => partnerLimitFaults(place, name, limitsReached(limits, counts))),
  ];
};
