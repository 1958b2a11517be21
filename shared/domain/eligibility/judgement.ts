import type { RuleResult, Verdict } from '#shared/contract/eligibility.ts';
import type { Fault } from '#shared/domain/fault.ts';
import type { Sentence } from '#shared/domain/sentence.ts';

/** What one rule comes to for one unit in one category. */
export interface Judgement {
  readonly kind: 'applicants' | 'sanction' | 'overdue' | 'condition' | 'limit' | 'joint';
  readonly effect: 'gate' | 'priority';
  readonly result: RuleResult;
  /** The rule in the words of the notice, or a sentence where it has none. */
  readonly text: string | Sentence;
  readonly reasons: readonly Sentence[];
  readonly clause?: string;
  /** What a submit is told that this refuses. */
  readonly fault?: Fault;
}

const refuses = ({ effect, result }: Judgement): boolean => effect === 'gate' && result === 'notMet';

/** The faults of what a unit is refused for; of limits there are none here: the transaction of a submit decides on those. */
export const refusals = (judgements: readonly Judgement[]): Fault[] =>
  judgements.flatMap((judgement) => (refuses(judgement) && judgement.fault !== undefined ? [judgement.fault] : []));

/** Whether a unit may apply: priorities and what is only shown do not count. */
export const verdictOf = (judgements: readonly Judgement[]): Verdict => {
  if (judgements.some(refuses)) return 'mayNot';
  const open: readonly RuleResult[] = ['declare', 'attach', 'answer'];
  return judgements.some(({ effect, result }) => effect === 'gate' && open.includes(result))
    ? 'dependsOnDeclarations'
    : 'mayApply';
};
