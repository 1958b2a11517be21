import { EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import { ruleEnvironment } from './environment.ts';
import type { Decide, Decision, RuleFacts } from './facts.ts';
import type { Scope } from './shape.ts';
import { valuesReader } from './values.ts';

/** What the library says of an answer, a row or a variable that is not there. */
const MISSING: ReadonlySet<string> = new Set(['no_such_key', 'index_out_of_bounds', 'unknown_variable']);

const isMissing = (error: unknown): boolean => error instanceof EvaluationError && MISSING.has(error.code);

/** Whether a rule may read what is not there before there is a draft. */
const hangsOnDraft = (rule: string, { answers, submission }: RuleFacts): boolean =>
  (answers === undefined && rule.includes('answers')) || (submission === undefined && rule.includes('submission'));

const evaluated = (evaluate: () => unknown, hangs: boolean): Decision => {
  try {
    return evaluate() === true ? 'met' : 'notMet';
  } catch (error) {
    return hangs || isMissing(error) ? 'undecided' : 'notMet';
  }
};

/**
 * Decides the rules of one version of a category. Each is read once, when it is first asked for.
 *
 * `undecided` where the outcome hangs on an answer, a row or a variable that is not there: `a || b` is met as soon as one side is, whatever is missing on
 * the other, and `a && b` is not met as soon as one is not. `has(answers.x)` asks whether an answer is there and is itself always decided, once there are
 * answers at all. What cannot be worked out (a day that is none, as `unit.foundedOn` where the record has none; a product beyond 64 bits) is not met: a rule
 * nobody can confirm lets nobody pass, and its message tells the applicant, who can have the record mended. But before there is a draft such a rule is
 * undecided where it may read the draft: what is not met without one has to stay so, whatever a draft says (`x || answers.y`).
 */
export const compileRules = (scope: Scope): Decide => {
  const environment = ruleEnvironment(scope);
  const valuesOf = valuesReader(environment);
  const rules = new Map<string, ParseResult>();
  const ruleOf = (source: string): ParseResult => {
    const known = rules.get(source);
    if (known !== undefined) return known;
    const rule = environment.cel.parse(source);
    rules.set(source, rule);
    return rule;
  };
  return (source, facts) => evaluated(() => ruleOf(source)(valuesOf(facts)), hangsOnDraft(source, facts));
};
