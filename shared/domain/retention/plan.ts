import { RETENTION_KINDS, type RetentionKind } from '#shared/contract/retention.ts';
import { type Retention, spanMs } from '#shared/domain/call/retention.ts';
import { type HeadDeadlines, latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';

/** A kind of data, how long it is kept, and the instant (ms) from which it is deleted. */
export interface Expiry {
  readonly kind: RetentionKind;
  readonly after: string;
  readonly at: number;
}

const longer = (one: string, other: string): string => (spanMs(one) >= spanMs(other) ? one : other);

/**
 * When each kind goes, the earliest first. A deadline that is moved moves them all. As long as a draft is there it can be late once more, so the records of that
 * go after the drafts.
 */
export const expiries = (head: HeadDeadlines, retention: Retention): Expiry[] => {
  const from = Date.parse(latestDeadline(head));
  const spans = { ...retention, late: longer(retention.late, retention.drafts) };
  return RETENTION_KINDS.map((kind) => ({ kind, after: spans[kind], at: from + spanMs(spans[kind]) })).sort(
    (one, other) => one.at - other.at,
  );
};
