import { at, type Fault } from '#shared/domain/fault.ts';
import { repeated } from '#shared/domain/repeated.ts';
import { checkScalarField, checkTableField } from './check-field.ts';
import { checkPrefill } from './check-prefill.ts';
import { checkRuleReferences } from './check-rule-references.ts';
import { checkSize } from './check-size.ts';
import { checkVisibility, fieldsInCircles } from './check-visibility.ts';
import type { Field, FormDefinition, Section } from './definition.ts';
import { DefinitionFaults } from './definition-faults.ts';
import { fieldsOf } from './fields.ts';

const checkStatements = (
  section: Section,
  fields: ReadonlyMap<string, Field>,
  path: string,
  faults: DefinitionFaults,
): void => {
  section.statements.forEach(({ text }, index) => {
    for (const [, key = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
      const field = fields.get(key);
      const where = at(path, 'statements', index, 'text');
      if (field === undefined) faults.add('UNKNOWN_FIELD', where, { field: key });
      else if (field.type === 'table') faults.add('WRONG_FIELD_TYPE', where, { field: key });
    }
  });
};

/**
 * Checks what a form says about itself: keys and options once each, bounds that can be met, conditions, rules, first rows and statements that name fields
 * there are, and a size that can be given out. `path` is where the form stands in what was written (`forms.partyBuilding`); faults are in the order of its text, none means sound.
 */
export const checkForm = (form: FormDefinition, path: string): readonly Fault[] => {
  const faults = new DefinitionFaults();
  const { all, byKey } = fieldsOf(form);
  const doubled = new Set(repeated(all.map(({ key }) => key)));
  const circles = fieldsInCircles(form);
  let place = 0;
  form.sections.forEach((section, sectionIndex) => {
    const sectionPath = at(path, 'sections', sectionIndex);
    section.fields.forEach((field, index) => {
      const fieldPath = at(sectionPath, 'fields', index);
      if (doubled.has(place)) faults.add('DUPLICATE', at(fieldPath, 'key'));
      place += 1;
      if (field.type === 'table') checkTableField(field, byKey, fieldPath, faults);
      else checkScalarField(field, fieldPath, faults);
      if (field.type === 'text' || field.type === 'date') checkPrefill(field, at(fieldPath, 'prefill'), faults);
      if (field.visibleWhen !== undefined)
        checkVisibility(field, field.visibleWhen, form, circles, at(fieldPath, 'visibleWhen'), faults);
    });
    checkStatements(section, byKey, sectionPath, faults);
  });
  form.rules.forEach((rule, index) => {
    checkRuleReferences(rule, at(path, 'rules', index), byKey, faults);
  });
  return [...checkSize(form, path), ...faults.found];
};
