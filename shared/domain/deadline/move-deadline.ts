import type { CallHead } from '#shared/domain/call/call-head.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import {
  bare,
  type Deadline,
  type DeadlineInForce,
  type DeadlineScope,
  deadlineInForce,
  type GrantedDeadline,
  grantedWithin,
  ownerOf,
} from './deadline-in-force.ts';

/** Longer than any submit received before can still be under way (a function's time-out is 20 s): nobody is cut off by a deadline they could not see. */
const LEAST_NOTICE_MS = 60_000;

/** Five years: further off is a slip of the pen. */
const FURTHEST_MS = 5 * 365.25 * 24 * 60 * 60_000;

/** A call's head and all deadlines that were granted in it, as they were read together. */
export interface CallDeadlines {
  readonly head: CallHead;
  readonly granted: readonly GrantedDeadline[];
}

/** A deadline moved at one scope. */
export interface DeadlineMove {
  /** In force at the scope until now. */
  readonly before: DeadlineInForce;
  /** In force there from now on. */
  readonly after: DeadlineInForce;
  /** The head and what is granted, once it is moved. */
  readonly next: CallDeadlines;
}

const inForceAt = ({ head, granted }: CallDeadlines, scope: DeadlineScope): DeadlineInForce =>
  deadlineInForce(head, grantedWithin(granted, scope));

const isOf = (scope: DeadlineScope) => (one: GrantedDeadline) =>
  one.category === scope.category && one.unitId === scope.unitId;

const latestOf = (granted: readonly GrantedDeadline[]): string | undefined =>
  granted
    .map(({ closesAt }) => closesAt)
    .sort()
    .at(-1);

/** @param at instant of the move */
const moved = (deadlines: CallDeadlines, scope: DeadlineScope, to: Deadline, at: string): CallDeadlines => {
  const { head } = deadlines;
  const revision = head.revision + 1;
  if (ownerOf(scope) === 'call') return { ...deadlines, head: { ...head, ...bare(to), revision, deadlineSetAt: at } };
  const others = deadlines.granted.filter((one) => !isOf(scope)(one));
  const granted = [...others, { ...scope, ...bare(to), setAt: at }];
  return { head: { ...head, revision, lastClosesAt: latestOf(granted) }, granted };
};

const moveOf = (deadlines: CallDeadlines, next: CallDeadlines, scope: DeadlineScope): DeadlineMove => ({
  before: inForceAt(deadlines, scope),
  after: inForceAt(next, scope),
  next,
});

const refuse = (fault: Fault): never => {
  throw new DomainError('VALIDATION_FAILED', { faults: [fault] });
};

const told = ({ closesAt, closesAtLocal, closesText }: Deadline, { timezone }: CallHead) => ({
  closesAt,
  closesAtLocal,
  closesText,
  timezone,
});

const assertPublished = ({ publishedVersion }: CallHead): void => {
  if (publishedVersion === undefined) throw new DomainError('NOT_PUBLISHED');
};

/**
 * Gives longer: to everybody, a category, a unit or a unit in one category. Also after the close, which reopens the call for them, and after a seal. What was
 * recorded of a close that no longer holds for everybody goes.
 *
 * @param to later than what is in force at the scope, in the future, within five years
 * @param receivedAt ms
 * @throws DomainError NOT_PUBLISHED, VALIDATION_FAILED
 */
export const extendDeadline = (
  deadlines: CallDeadlines,
  scope: DeadlineScope,
  to: Deadline,
  receivedAt: number,
): DeadlineMove => {
  assertPublished(deadlines.head);
  if (deadlines.head.erasedFrom !== undefined) throw new DomainError('DATA_ERASED');
  const next = moved(deadlines, scope, to, new Date(receivedAt).toISOString());
  const move = moveOf(deadlines, next, scope);
  const at = Date.parse(to.closesAt);
  if (at <= receivedAt) refuse({ path: 'closesAt', code: 'NOT_IN_FUTURE' });
  if (at - receivedAt > FURTHEST_MS) refuse({ path: 'closesAt', code: 'TOO_FAR_OFF' });
  if (at <= Date.parse(move.before.closesAt))
    refuse({ path: 'closesAt', code: 'NOT_LATER', params: told(move.before, deadlines.head) });
  if (ownerOf(scope) !== 'call') return move;
  return { ...move, next: { ...next, head: { ...next.head, closing: undefined } } };
};

/**
 * Ends a deadline early: the call's own, or one that was granted and is what holds at its scope. What was granted to others stays.
 *
 * @param to at least a minute after `receivedAt` (ms), and before what is in force at the scope
 * @throws DomainError NOT_PUBLISHED, CALL_CLOSED where it has passed already, VALIDATION_FAILED
 */
export const closeEarly = (
  deadlines: CallDeadlines,
  scope: DeadlineScope,
  to: Deadline,
  receivedAt: number,
): DeadlineMove => {
  const { head } = deadlines;
  assertPublished(head);
  const move = moveOf(deadlines, moved(deadlines, scope, to, new Date(receivedAt).toISOString()), scope);
  const { before } = move;
  if (before.owner !== ownerOf(scope))
    refuse({
      path: scope.unitId === undefined ? 'category' : 'unitId',
      code: 'NOT_EXTENDED',
      params: told(before, head),
    });
  const closes = Date.parse(before.closesAt);
  if (closes <= receivedAt) throw new DomainError('CALL_CLOSED', { params: told(before, head) });
  const at = Date.parse(to.closesAt);
  if (at >= closes) refuse({ path: 'closesAt', code: 'NOT_EARLIER', params: told(before, head) });
  if (at < receivedAt + LEAST_NOTICE_MS)
    refuse({ path: 'closesAt', code: 'TOO_SOON', params: { seconds: LEAST_NOTICE_MS / 1_000 } });
  if (to.closesAt <= head.opensAt) refuse({ path: 'closesAt', code: 'CLOSES_BEFORE_OPENS' });
  return move;
};

/** The earliest deadline that a close asked for at `receivedAt` (ms) can have, a whole second, so that words can say it. */
export const earliestClose = (receivedAt: number): number => Math.ceil((receivedAt + LEAST_NOTICE_MS) / 1_000) * 1_000;
