import { at } from '#shared/domain/fault.ts';
import type { Field, FormDefinition, Visibility } from './definition.ts';
import type { DefinitionFaults } from './definition-faults.ts';
import { fieldsOf } from './fields.ts';

/** The values a controller can have, as many fields as may hang on it. */
const values = new WeakMap<Field, ReadonlySet<string | boolean>>();

const valuesOf = (controller: Extract<Field, { type: 'choice' | 'choices' | 'boolean' }>) => {
  const known = values.get(controller);
  if (known !== undefined) return known;
  const made = new Set<string | boolean>(
    controller.type === 'boolean' ? [true, false] : controller.options.map(({ value }) => value),
  );
  values.set(controller, made);
  return made;
};

/** Fields from which following controllers leads back into what was passed already. Every field is passed once, however long the chains are. */
export const fieldsInCircles = (form: FormDefinition): ReadonlySet<string> => {
  const { all, byKey } = fieldsOf(form);
  const settled = new Map<string, boolean>();
  for (const field of all) {
    const chain = new Set<string>();
    let current: Field | undefined = field;
    while (current !== undefined && !settled.has(current.key) && !chain.has(current.key)) {
      chain.add(current.key);
      current = current.visibleWhen && byKey.get(current.visibleWhen.field);
    }
    const inCircle = current !== undefined && (settled.get(current.key) ?? true);
    for (const key of chain) settled.set(key, inCircle);
  }
  return new Set([...settled].flatMap(([key, inCircle]) => (inCircle ? key : [])));
};

/** Checks a field's condition (`circles`: as `fieldsInCircles` gives them): it names a choice, several or yes/no, and values that one can have; and some answers can bring the field into view. */
export const checkVisibility = (
  field: Field,
  condition: Visibility,
  form: FormDefinition,
  circles: ReadonlySet<string>,
  path: string,
  faults: DefinitionFaults,
): void => {
  const controller = fieldsOf(form).byKey.get(condition.field);
  if (controller === undefined) {
    faults.add('UNKNOWN_FIELD', at(path, 'field'), { field: condition.field });
    return;
  }
  if (controller.type !== 'choice' && controller.type !== 'choices' && controller.type !== 'boolean') {
    faults.add('WRONG_FIELD_TYPE', at(path, 'field'), { field: condition.field });
    return;
  }
  const possible = valuesOf(controller);
  condition.in.forEach((value, index) => {
    if (!possible.has(value)) faults.add('NOT_AN_OPTION', at(path, 'in', index), { label: controller.label });
  });
  if (circles.has(field.key)) faults.add('UNREACHABLE', path, { label: field.label });
};
