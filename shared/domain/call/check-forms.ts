import { at, type Fault } from '#shared/domain/fault.ts';
import { checkForm } from '#shared/domain/form/check-form.ts';
import { FormDefinition } from '#shared/domain/form/definition.ts';
import { checkFormRules } from './check-form-rules.ts';
import type { RuleChecker } from './rule-checker.ts';

/** A form for each category of a large notice, twice over. */
const MAX_FORMS = 200;

export interface CheckedForms {
  readonly wellFormed: ReadonlyMap<string, FormDefinition>;
  /** The most steps the rules of each of them take. */
  readonly steps: ReadonlyMap<string, number>;
  readonly faults: readonly Fault[];
}

/** Checks every form that is well formed, with its rules, however wrong the others are. */
export const checkForms = (written: Readonly<Record<string, unknown>>, checker: RuleChecker): CheckedForms => {
  const wellFormed = new Map<string, FormDefinition>();
  for (const [key, value] of Object.entries(written)) {
    const form = FormDefinition.safeParse(value);
    if (form.success) wellFormed.set(key, form.data);
  }
  const steps = new Map<string, number>();
  const faults = [...wellFormed].flatMap(([key, form]) => {
    const path = at('forms', key);
    const rules = checkFormRules(form, path, checker);
    steps.set(key, rules.steps);
    return [...checkForm(form, path), ...rules.faults];
  });
  const tooMany = Object.keys(written).length > MAX_FORMS;
  return {
    wellFormed,
    steps,
    faults: tooMany ? [...faults, { path: 'forms', code: 'TOO_MANY', params: { limit: MAX_FORMS } }] : faults,
  };
};
