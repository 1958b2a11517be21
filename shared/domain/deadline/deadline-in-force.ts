import type { CallWindow } from '#shared/domain/call/call-head.ts';

/** The first instant that is too late, as an instant, as the call's zone writes it, and in words. */
export type Deadline = Pick<CallWindow, 'closesAt' | 'closesAtLocal' | 'closesText'>;

/**
 * The deadline that holds for one unit in one category: the latest of the call's own and of the extensions granted to the category and to the unit.
 * Which extensions apply is the caller's to read, strongly consistently.
 */
export const deadlineInForce = (call: Deadline, extensions: readonly Deadline[] = []): Deadline => {
  const latest = extensions.reduce((latest, other) => (other.closesAt > latest.closesAt ? other : latest), call);
  return { closesAt: latest.closesAt, closesAtLocal: latest.closesAtLocal, closesText: latest.closesText };
};
