import { at, type Fault } from '#shared/domain/fault.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer } from '#shared/domain/form/fields.ts';
import type { Condition } from './condition.ts';
import type { Category } from './definition.ts';
import type { Goals } from './goals.ts';
import type { Meter } from './meter.ts';

/** Whether a field is asked for whatever else is answered: all that controls it is fixed to values that show it. */
const isAlwaysAsked = (form: FormDefinition, fixed: FixedAnswers | undefined, key: string, meter: Meter): boolean => {
  const { byKey } = fieldsOf(form);
  const passed = new Set<string>();
  for (let field = byKey.get(key); field?.visibleWhen !== undefined; field = byKey.get(field.visibleWhen.field)) {
    meter.spend(1);
    const value = fixedAnswer(fixed, field.visibleWhen.field);
    if (value === undefined || !field.visibleWhen.in.includes(value) || passed.has(field.key)) return false;
    passed.add(field.key);
  }
  return true;
};

/** A gate that the applicant declares by a field of the form which is not always asked: hidden, it cannot be met. `path`: of the condition. */
export const hiddenDeclarations = (
  condition: Condition,
  path: string,
  { category, form }: { category: Category; form: FormDefinition },
  meter: Meter,
): Fault[] => {
  const { declare: key, effect } = condition;
  const field = key === undefined || effect !== 'gate' ? undefined : fieldsOf(form).byKey.get(key);
  if (field === undefined || isAlwaysAsked(form, category.fixed, field.key, meter)) return [];
  return [{ path: at(path, 'declare'), code: 'DECLARATION_HIDDEN', params: { label: field.label } }];
};

/**
 * Answers that a gate's rule hangs on and that may be left blank: without them it is undecided and refuses nobody. What a condition of the category asks
 * to be declared is blank only where that one is no gate. `keys`: of the answers the rule reads; `path`: of the rule.
 */
export const optionalAnswers = (
  keys: readonly string[],
  path: string,
  { category, form, all }: { category: Category; form: FormDefinition; all: readonly Condition[] },
  meter: Meter,
): Fault[] =>
  keys.flatMap((key): Fault[] => {
    meter.spend(1);
    const field = fieldsOf(form).byKey.get(key);
    const declared = all.filter(({ declare }) => declare === key);
    const isNeeded = field?.required === true || declared.some(({ effect }) => effect === 'gate');
    if (isNeeded || fixedAnswer(category.fixed, key) !== undefined) return [];
    return [{ path, code: 'ANSWER_OPTIONAL', params: { label: field?.label ?? declared[0]?.text ?? key } }];
  });

/** Goals to choose from by a field that need not be filled in. `path`: of the goals. */
export const optionalGoals = (
  goals: Goals | undefined,
  form: FormDefinition | undefined,
  fixed: FixedAnswers | undefined,
  path: string,
): Fault[] => {
  const key = goals?.field;
  const field = key === undefined || form === undefined ? undefined : fieldsOf(form).byKey.get(key);
  if (field === undefined || field.required || fixedAnswer(fixed, field.key) !== undefined) return [];
  return [{ path: at(path, 'field'), code: 'ANSWER_OPTIONAL', params: { label: field.label } }];
};
