import { at } from '#shared/domain/fault.ts';
import type { Field, FormDefinition, Visibility } from './definition.ts';
import type { DefinitionFaults } from './definition-faults.ts';
import { fieldsOf } from './fields.ts';

const canBe = (controller: Field, value: string | boolean): boolean => {
  if (controller.type === 'boolean') return typeof value === 'boolean';
  return (
    (controller.type === 'choice' || controller.type === 'choices') &&
    controller.options.some((option) => option.value === value)
  );
};

/** Whether following controllers from a field leads back into what was passed already. */
const isInCircle = (field: Field, fields: ReadonlyMap<string, Field>): boolean => {
  const passed = new Set<string>();
  let current: Field | undefined = field;
  while (current !== undefined && !passed.has(current.key)) {
    passed.add(current.key);
    current = current.visibleWhen && fields.get(current.visibleWhen.field);
  }
  return current !== undefined;
};

/** Checks a field's condition: it names a choice, several or yes/no, and values that one can have; and some answers can bring the field into view. */
export const checkVisibility = (
  field: Field,
  condition: Visibility,
  form: FormDefinition,
  path: string,
  faults: DefinitionFaults,
): void => {
  const { byKey } = fieldsOf(form);
  const controller = byKey.get(condition.field);
  if (controller === undefined) {
    faults.add('UNKNOWN_FIELD', at(path, 'field'), { field: condition.field });
    return;
  }
  if (controller.type !== 'choice' && controller.type !== 'choices' && controller.type !== 'boolean') {
    faults.add('WRONG_FIELD_TYPE', at(path, 'field'), { field: condition.field });
    return;
  }
  condition.in.forEach((value, index) => {
    if (!canBe(controller, value)) faults.add('NOT_AN_OPTION', at(path, 'in', index), { label: controller.label });
  });
  if (isInCircle(field, byKey)) faults.add('UNREACHABLE', path, { label: field.label });
};
