import type { LimitScope } from '#shared/domain/limits/limits.ts';
import { clauseIn, type Judgement } from './judgement.ts';

/** What each limit leaves room for. `counts` are in the order of `limits`. */
export const judgeLimits = (limits: readonly LimitScope[], counts: readonly number[]): Judgement[] =>
  limits.map(({ title: scope, limit, clause }, place) => {
    const count = counts[place] ?? 0;
    const left = Math.max(0, limit - count);
    return {
      kind: 'limit',
      effect: 'gate',
      result: left > 0 ? 'met' : 'notMet',
      text: { code: 'LIMIT', params: { scope, limit } },
      reasons: [{ code: left > 0 ? 'PLACES_LEFT' : 'NO_PLACE_LEFT', params: { scope, limit, count, left } }],
      ...clauseIn(clause),
    };
  });
