import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import type { LimitScope } from '#shared/domain/limits/limits.ts';
import type { Judgement } from './judgement.ts';

/** A limit, and how many of a unit's submissions count under it. */
export interface CountedLimit {
  readonly scope: LimitScope;
  readonly count: number;
}

/** The limits to speak of: those the notice sets, and the bound on every tally where it is reached. */
export const limitsToTell = (
  { limitPerUnit }: Pick<CallTerms, 'limitPerUnit'>,
  limits: readonly CountedLimit[],
): CountedLimit[] =>
  limits.filter(({ scope, count }) => scope.code !== undefined || limitPerUnit !== undefined || count >= scope.limit);

export const placesLeft = ({ scope: { limit }, count }: CountedLimit): number => Math.max(0, limit - count);

/** Whether each limit leaves room for one more. */
export const judgeLimits = (limits: readonly CountedLimit[]): Judgement[] =>
  limits.map((counted) => {
    const { title: scope, limit, clause } = counted.scope;
    const left = placesLeft(counted);
    return {
      kind: 'limit',
      effect: 'gate',
      result: left > 0 ? 'met' : 'notMet',
      text: { code: 'LIMIT', params: { scope, limit } },
      reasons: [{ code: left > 0 ? 'PLACES_LEFT' : 'NO_PLACE_LEFT', params: { count: counted.count, left } }],
      ...clauseIn(clause),
    };
  });
