import type { Answer, Answers, Field, FormDefinition } from './definition.ts';
import { fieldsOf } from './fields.ts';
import { oncePerForm } from './once-per-form.ts';
import { fieldPlace, type Place, type PlacedFaults } from './placed-faults.ts';
import { type RuleCheck, ruleCheck } from './rules.ts';
import { scalarComplete } from './scalar-complete.ts';
import { scalarShape } from './scalar-shape.ts';
import { tableComplete } from './table-complete.ts';
import { tableShape } from './table-shape.ts';

/** The two checks of one field. `faults` are turned to its place already. */
export interface FieldCheck {
  readonly key: string;
  readonly place: Place;
  readonly shape: (sent: unknown, faults: PlacedFaults) => Answer | undefined;
  /** `answers` are all of them, for a table whose first row repeats others. */
  readonly complete: (answer: Answer | undefined, faults: PlacedFaults, answers: Answers) => void;
}

export interface FormChecks {
  /** In the order of the form. */
  readonly fields: readonly FieldCheck[];
  readonly rules: readonly RuleCheck[];
}

const fieldCheck = (field: Field, byKey: ReadonlyMap<string, Field>): FieldCheck => ({
  key: field.key,
  place: fieldPlace(field),
  ...(field.type === 'table'
    ? { shape: tableShape(field), complete: tableComplete(field, byKey) }
    : { shape: scalarShape(field), complete: scalarComplete(field) }),
});

/** What a form asks, laid out so that a check of answers walks it straight through and looks nothing up. */
export const checksOf: (form: FormDefinition) => FormChecks = oncePerForm((form) => {
  const { all, byKey } = fieldsOf(form);
  return {
    fields: all.map((field) => fieldCheck(field, byKey)),
    rules: form.rules.map((rule) => ruleCheck(rule, byKey)),
  };
});
