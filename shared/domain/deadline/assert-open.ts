import type { CallHead } from '#shared/domain/call/call-head.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Deadline } from './deadline-in-force.ts';

/** Whether what was received at `receivedAt` (ms) is within the window: from the opening on, before the deadline. */
export const isOpenAt = (
  window: Pick<CallHead, 'opensAt'>,
  deadline: Pick<Deadline, 'closesAt'>,
  receivedAt: number,
): boolean => Date.parse(window.opensAt) <= receivedAt && receivedAt < Date.parse(deadline.closesAt);

type WindowRefusal = {
  readonly code: 'CALL_NOT_OPEN' | 'CALL_CLOSED';
  readonly params: Readonly<Record<string, string>>;
};

/** Why a call in force would refuse what was received (ms), with the deadline that holds for who sent it; undefined while it is open. */
export const windowRefusal = (head: CallHead, deadline: Deadline, receivedAt: number): WindowRefusal | undefined => {
  if (isOpenAt(head, deadline, receivedAt)) return undefined;
  const { opensAt, opensAtLocal, timezone } = head;
  const { closesAt, closesAtLocal, closesText } = deadline;
  return {
    code: receivedAt < Date.parse(opensAt) ? 'CALL_NOT_OPEN' : 'CALL_CLOSED',
    params: { opensAt, opensAtLocal, closesAt, closesAtLocal, closesText, timezone },
  };
};

/**
 * Lets pass what was received (ms, API Gateway's clock) while the call takes submissions. `deadline` is the one in force for unit and category.
 *
 * @throws DomainError NOT_FOUND while no version is in force, CALL_NOT_OPEN before the opening, CALL_CLOSED from the deadline on
 */
export const assertOpen = (head: CallHead, deadline: Deadline, receivedAt: number): void => {
  if (head.publishedVersion === undefined) throw new DomainError('NOT_FOUND');
  const refusal = windowRefusal(head, deadline, receivedAt);
  if (refusal !== undefined) throw new DomainError(refusal.code, { params: refusal.params });
};
