import { clauseIn } from '#shared/domain/clause.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { at, type Fault } from '#shared/domain/fault.ts';

/** A limit that counts for a submit: of the whole call (no `code`), or of a node of its tree above or at the category. */
export interface LimitScope {
  readonly code?: string;
  /** As people know it: the call's or the node's title. */
  readonly title: string;
  readonly limit: number;
  /** Where the notice sets it. */
  readonly clause?: string;
}

interface Limited {
  readonly title: string;
  readonly limitPerUnit?: number | undefined;
  readonly limitClause?: string | undefined;
}

/**
 * How many submissions a unit may have in a call whose notice sets no limit: far more than anybody needs, and a bound on its tally, one item of at most
 * 400 KB. Each id takes 27 bytes in `submitted`, in the call's set and in each of at most 8 nodes above its category: 500 × 27 × 10 ≈ 135 KB, and what
 * is still a draft lies in one set alone.
 */
export const MOST_SUBMISSIONS = 500;

/** How many drafts a unit may have in a call: more than anybody needs, and a bound on what one user can make us keep. */
export const MOST_DRAFTS = 100;

const callLimit = ({ title, limitPerUnit, limitClause }: Limited): LimitScope =>
  limitPerUnit === undefined
    ? { title, limit: MOST_SUBMISSIONS }
    : { title, limit: limitPerUnit, ...clauseIn(limitClause) };

/**
 * The limits on a unit's submissions in a category, the widest first. The first is always the call's: its own, or the one a tally needs.
 *
 * @param path the nodes from the call's top down to the category
 */
export const limitsOf = (
  call: Limited,
  path: readonly (Limited & { readonly code: string; readonly clause?: string | undefined })[],
): LimitScope[] => [
  callLimit(call),
  ...path.flatMap(({ code, title, limitPerUnit, limitClause, clause }) =>
    limitPerUnit === undefined ? [] : [{ code, title, limit: limitPerUnit, ...clauseIn(limitClause ?? clause) }],
  ),
];

/** A limit that leaves no room for one more, with what counts already. */
export interface ReachedLimit {
  readonly limit: number;
  readonly count: number;
  /** Title of what it is set on. */
  readonly scope: string;
  readonly clause?: string;
}

/** The limits that leave no room for one more. `counts` are in the order of `limits`. */
export const limitsReached = (limits: readonly LimitScope[], counts: readonly number[]): ReachedLimit[] =>
  limits.flatMap(({ limit, title, clause }, place) => {
    const count = counts[place] ?? 0;
    return count < limit ? [] : [{ limit, count, scope: title, ...clauseIn(clause) }];
  });

/** Reached limits as faults of the whole submission. */
export const limitFaults = (reached: readonly ReachedLimit[]): Fault[] =>
  reached.map(({ clause, ...params }) => ({ path: '', code: 'LIMIT_REACHED', params, ...clauseIn(clause) }));

/** Limits reached by a partner, named by its place and its name. */
export const partnerLimitFaults = (place: number, unit: string, reached: readonly ReachedLimit[]): Fault[] =>
  limitFaults(reached).map((fault) => ({
    ...fault,
    path: at('partners', place),
    params: { ...fault.params, of: 'partner', unit },
  }));

/** The refusal of what a bound of ours leaves no room for: nothing a notice sets, so it has no clause. `of` chooses the sentence. */
export const boundReached = (of: 'drafts' | 'withdrawals', limit: number, count: number): DomainError => {
  const params = { of, limit, count };
  return new DomainError('LIMIT_REACHED', { params, faults: [{ path: '', code: 'LIMIT_REACHED', params }] });
};
