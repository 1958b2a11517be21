import { type CheckedExpression, checkExpression } from '#shared/domain/expression/check-expression.ts';
import { type RuleEnvironment, ruleEnvironment } from '#shared/domain/expression/environment.ts';
import type { Scope } from '#shared/domain/expression/shape.ts';
import type { Meter } from './meter.ts';

/** Checks rules of one definition: what is the same in many categories is looked at once. */
export interface RuleChecker {
  /** `of` names what the scope is made of: scopes of one name are the same. */
  check(source: string, of: string, scope: () => Scope): CheckedExpression;
}

interface Checked {
  readonly environment: RuleEnvironment;
  readonly bySource: Map<string, CheckedExpression>;
}

/** Building a scope costs as much as reading so many characters of rules. */
const SCOPE_STEPS = 200;

export const ruleChecker = (meter: Meter): RuleChecker => {
  const scopes = new Map<string, Checked>();
  const checkedIn = (of: string, scope: () => Scope): Checked => {
    const known = scopes.get(of);
    if (known !== undefined) return known;
    meter.spend(SCOPE_STEPS);
    const made = { environment: ruleEnvironment(scope()), bySource: new Map<string, CheckedExpression>() };
    scopes.set(of, made);
    return made;
  };
  return {
    check: (source, of, scope) => {
      const { environment, bySource } = checkedIn(of, scope);
      const known = bySource.get(source);
      if (known !== undefined) return known;
      meter.spend(source.length);
      const checked = checkExpression(source, environment);
      bySource.set(source, checked);
      return checked;
    },
  };
};
