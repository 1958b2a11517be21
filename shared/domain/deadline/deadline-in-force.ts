import type { CallWindow } from '#shared/domain/call/call-head.ts';

/** The first instant that is too late, as an instant, as the call's zone writes it, and in words. */
export type Deadline = Pick<CallWindow, 'closesAt' | 'closesAtLocal' | 'closesText'>;

/** For whom a deadline was moved: with neither for everybody, with both for one unit in one category. */
export interface DeadlineScope {
  readonly category?: string | undefined;
  readonly unitId?: string | undefined;
}

/** A deadline that holds at a scope. */
export interface ScopedDeadline extends DeadlineScope, Deadline {}

/** One that a category, a unit or a unit in one category was given. */
export interface GrantedDeadline extends ScopedDeadline {
  /** Instant at which it was granted, or last moved. */
  readonly setAt: string;
}

/** Whose deadline one is: the call's, a category's, a unit's, or a unit's in one category; the widest first. */
const OWNERS = ['call', 'category', 'unit', 'unitInCategory'] as const;
export type DeadlineOwner = (typeof OWNERS)[number];

export interface DeadlineInForce extends Deadline {
  readonly owner: DeadlineOwner;
}

export const ownerOf = ({ category, unitId }: DeadlineScope): DeadlineOwner => {
  if (unitId === undefined) return category === undefined ? 'call' : 'category';
  return category === undefined ? 'unit' : 'unitInCategory';
};

/** A deadline without whose it is. */
export const bare = ({ closesAt, closesAtLocal, closesText }: Deadline): Deadline => ({
  closesAt,
  closesAtLocal,
  closesText,
});

/**
 * The deadline that holds for one unit in one category: the latest of the call's own and of those granted to the category, to the unit, and to the unit in
 * the category; of equal ones it is the widest's. So a deadline that was granted never takes anything away. Which were granted is the caller's to read, strongly consistently.
 */
export const deadlineInForce = (call: Deadline, granted: readonly ScopedDeadline[]): DeadlineInForce => {
  let inForce: DeadlineInForce = { ...bare(call), owner: 'call' };
  for (const one of granted) {
    const owner = ownerOf(one);
    const isWider = one.closesAt === inForce.closesAt && OWNERS.indexOf(owner) < OWNERS.indexOf(inForce.owner);
    // Instants are of one width, so their order is that of their texts.
    if (one.closesAt > inForce.closesAt || isWider) inForce = { ...bare(one), owner };
  }
  return inForce;
};

/** Of all that was granted in a call, what counts at a scope: its own, and what wider scopes have that hold it. */
export const grantedWithin = <One extends DeadlineScope>(granted: readonly One[], scope: DeadlineScope): One[] =>
  granted.filter(
    ({ category, unitId }) =>
      (category === undefined || category === scope.category) && (unitId === undefined || unitId === scope.unitId),
  );
