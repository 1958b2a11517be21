import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { LeafTerms } from '#shared/domain/call/category-record.ts';
import type { CategoryPlace } from '#shared/domain/call/category-tree.ts';
import { conditionsOf } from '#shared/domain/call/conditions.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import type { Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';

const SECTION_TITLE = '申报条件声明';

/** Both are immutable and cached with their version, and the form made of them is what other caches go by. */
const made = new WeakMap<FormDefinition, WeakMap<LeafTerms, FormDefinition>>();

const declarationsFor = (
  form: FormDefinition,
  terms: Pick<CallTerms, 'conditions'>,
  place: CategoryPlace,
): readonly Field[] => {
  const { byKey } = fieldsOf(form);
  const fields = new Map<string, Field>();
  for (const { declare: key, text: label, clause } of conditionsOf(place, terms.conditions)) {
    if (key === undefined || byKey.has(key) || fields.has(key)) continue;
    // Not required: that it is missing is the judge's to say, and only of a gate.
    fields.set(key, { key, label, type: 'boolean', required: false, ...clauseIn(clause) });
  }
  return [...fields.values()];
};

/**
 * The form a category really asks for: as it is written, and one section more with a yes/no field for every condition that the applicant declares and the
 * form does not ask itself. Declarations are answers: their shape, schema, presentation and digest are those of any field.
 */
export const withDeclarations = (
  form: FormDefinition,
  terms: Pick<CallTerms, 'conditions'>,
  place: CategoryPlace,
): FormDefinition => {
  const ofForm = made.get(form) ?? new WeakMap<LeafTerms, FormDefinition>();
  made.set(form, ofForm);
  const known = ofForm.get(place.category);
  if (known !== undefined) return known;
  const fields = declarationsFor(form, terms, place);
  const whole =
    fields.length === 0
      ? form
      : { ...form, sections: [...form.sections, { title: SECTION_TITLE, fields: [...fields], statements: [] }] };
  ofForm.set(place.category, whole);
  return whole;
};
