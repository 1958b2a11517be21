import { ParseError, type ParseResult } from '@marcbachmann/cel-js';
import { appraise, type Refusal } from './appraise.ts';
import type { RuleEnvironment } from './environment.ts';
import { type ExpressionFault, explain } from './explain.ts';

/** The most steps one rule may take at worst, some milliseconds; see `appraise` for what a step is. */
export const MOST_STEPS = 20_000;

export interface CheckedExpression {
  readonly faults: readonly ExpressionFault[];
  /** The most steps an evaluation takes; 0 where the rule was refused before they could be counted. */
  readonly steps: number;
  /** Keys of the answers without which it may stay undecided: those it reads and does not ask after with `has`. None where it was refused. */
  readonly answers: readonly string[];
}

/** More than so many names would bury the sentence that lists them. */
const MOST_LISTED = 20;

const listed = (names: readonly string[]): ExpressionFault['params'] =>
  names.length > 0 && names.length <= MOST_LISTED ? { of: 'among', accepted: names.join('、') } : {};

const refusalFault = (refusal: Refusal): ExpressionFault => {
  const { at } = refusal;
  switch (refusal.kind) {
    case 'unknown':
      return { code: 'EXPRESSION_UNKNOWN', params: { name: refusal.name, at, ...listed(refusal.among) } };
    case 'notAllowed':
      return { code: 'EXPRESSION_NOT_ALLOWED', params: { name: refusal.name, at } };
    case 'notAnOption':
      return { code: 'EXPRESSION_TYPE', params: { reason: 'NOT_AN_OPTION', name: refusal.name, at } };
    case 'notAFlag':
      return { code: 'EXPRESSION_TYPE', params: { reason: 'NOT_A_FLAG', name: refusal.name, at } };
    case 'notAnAmount':
      return { code: 'EXPRESSION_TYPE', params: { reason: 'NOT_AN_AMOUNT', at } };
    case 'divisor':
      return { code: 'EXPRESSION_TYPE', params: { reason: 'DIVISOR', at } };
  }
};

const refused = (...faults: readonly ExpressionFault[]): CheckedExpression => ({ faults, steps: 0, answers: [] });

const parsed = (source: string, { cel }: RuleEnvironment): ParseResult | ExpressionFault => {
  try {
    return cel.parse(source);
  } catch (error) {
    return error instanceof ParseError
      ? explain(error, source)
      : { code: 'EXPRESSION_SYNTAX', params: { reason: 'OTHER', at: 1 } };
  }
};

/** Checks one rule: that it can be read, uses only what the language allows and its scope has, fits in its types, says yes or no and ends soon. Never throws. */
export const checkExpression = (source: string, environment: RuleEnvironment): CheckedExpression => {
  const rule = parsed(source, environment);
  if (typeof rule !== 'function') return refused(rule);
  const refusals: Refusal[] = [];
  const answers = { read: new Set<string>(), asked: new Set<string>() };
  const { steps } = appraise(rule.ast, { scope: environment.scope, refusals, answers });
  if (refusals.length > 0) return refused(...refusals.map(refusalFault));
  const { valid, type, error } = rule.check();
  if (error !== undefined) return refused(explain(error, source));
  if (!valid || type !== 'bool')
    return refused({ code: 'EXPRESSION_TYPE', params: { reason: 'NOT_BOOL', type: type ?? '', at: 1 } });
  if (steps <= MOST_STEPS)
    return { faults: [], steps, answers: [...answers.read].filter((key) => !answers.asked.has(key)) };
  const count = Math.min(steps, Number.MAX_SAFE_INTEGER);
  return {
    faults: [{ code: 'EXPRESSION_TOO_COSTLY', params: { count, limit: MOST_STEPS } }],
    steps: count,
    answers: [],
  };
};
