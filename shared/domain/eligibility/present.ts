import type * as z from 'zod';
import type { Eligibility } from '#shared/contract/eligibility.ts';
import type { CategoryPlace } from '#shared/domain/call/category-tree.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import { isOpenAt } from '#shared/domain/deadline/assert-open.ts';
import type { DeadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import type { Sentence } from '#shared/domain/sentence.ts';
import { type Case, judge } from './judge.ts';
import { type CountedLimit, judgeLimits, placesLeft } from './judge-limits.ts';
import { type Judgement, verdictOf } from './judgement.ts';

type CategoryEligibility = z.input<typeof Eligibility>['categories'][number];

/** Puts sentences into the reader's words. */
export type Say = (sentences: readonly Sentence[]) => string;

const presentRule = (judgement: Judgement, say: Say): CategoryEligibility['rules'][number] => ({
  kind: judgement.kind,
  effect: judgement.effect,
  result: judgement.result,
  text: typeof judgement.text === 'string' ? judgement.text : say([judgement.text]),
  reason: say(judgement.reasons),
  ...clauseIn(judgement.clause),
});

/** A limit and the places left under it. */
export const presentLimit = (counted: CountedLimit): CategoryEligibility['limits'][number] => {
  const { code, title, limit, clause } = counted.scope;
  return {
    ...(code === undefined ? {} : { code }),
    title,
    limit,
    count: counted.count,
    left: placesLeft(counted),
    ...clauseIn(clause),
  };
};

const groupsOf = ({ path }: CategoryPlace): string[] => path.slice(0, -1).map(({ title }) => title);

/** Whether a unit may apply in a category, and until when, as it is told before it has a draft. */
export const presentCategory = (
  one: Omit<Case, 'draft'>,
  deadline: DeadlineInForce,
  limits: readonly CountedLimit[],
  say: Say,
): CategoryEligibility => {
  const { code, title } = one.place.category;
  const judgements = [...judge(one), ...judgeLimits(limits)];
  return {
    code,
    title,
    groups: groupsOf(one.place),
    open: isOpenAt(one.window, deadline, one.judgedAt),
    deadline,
    verdict: verdictOf(judgements),
    rules: judgements.map((judgement) => presentRule(judgement, say)),
    limits: limits.map(presentLimit),
  };
};
