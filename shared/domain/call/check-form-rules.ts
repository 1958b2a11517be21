import { formScope } from '#shared/domain/expression/scope.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import type { RuleChecker } from './rule-checker.ts';

/** What is wrong with the rules of a form that are written in CEL, and the most steps all that are sound take. `path`: of the form. */
export const checkFormRules = (
  form: FormDefinition,
  path: string,
  checker: RuleChecker,
): { readonly faults: readonly Fault[]; readonly steps: number } => {
  const checked = form.rules.flatMap((rule, index) =>
    rule.kind === 'check'
      ? [{ where: at(path, 'rules', index, 'rule'), ...checker.check(rule.rule, path, () => formScope(form)) }]
      : [],
  );
  return {
    faults: checked.flatMap(({ where, faults }) => faults.map((fault) => ({ path: where, ...fault }))),
    steps: checked.reduce((sum, { faults, steps }) => (faults.length > 0 ? sum : sum + steps), 0),
  };
};
