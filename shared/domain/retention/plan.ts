import { RETENTION_KINDS, type RetentionKind } from '#shared/contract/retention.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type Retention, spanMs } from '#shared/domain/call/retention.ts';

/** A kind of data, how long it is kept, and the instant (ms) from which it is deleted. */
export interface Expiry {
  readonly kind: RetentionKind;
  readonly after: string;
  readonly at: number;
}

const longer = (one: string, other: string): string => (spanMs(one) >= spanMs(other) ? one : other);

type Deadlines = Pick<CallHead, 'closesAt' | 'lastClosesAt'>;

/** The latest deadline that is or was in force at any scope, an instant. */
export const latestDeadline = ({ closesAt, lastClosesAt = closesAt }: Deadlines): string =>
  lastClosesAt > closesAt ? lastClosesAt : closesAt;

/**
 * When each kind goes, the earliest first. A deadline that is moved moves them all. As long as a draft is there it can be late once more, so the records of that
 * go after the drafts.
 */
export const expiries = (head: Deadlines, retention: Retention): Expiry[] => {
  const from = Date.parse(latestDeadline(head));
  const spans = { ...retention, late: longer(retention.late, retention.drafts) };
  return RETENTION_KINDS.map((kind) => ({ kind, after: spans[kind], at: from + spanMs(spans[kind]) })).sort(
    (one, other) => one.at - other.at,
  );
};

/** Whether all that was received is sealed: before that, and while anybody may still submit, nothing is deleted. */
export const isSealed = (head: Deadlines & Pick<CallHead, 'seal'>): boolean =>
  head.seal !== undefined && head.seal.through >= latestDeadline(head);
