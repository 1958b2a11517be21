import { at, type Fault } from '#shared/domain/fault.ts';
import type { Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer } from '#shared/domain/form/fields.ts';
import type { Meter } from './meter.ts';

/** Keys of the fields that some answers can bring into view where a category fixes these. Circles, refused elsewhere, reach nothing. */
const reachable = (form: FormDefinition, fixed: FixedAnswers | undefined, meter: Meter): ReadonlySet<string> => {
  const { all, byKey } = fieldsOf(form);
  const settled = new Map<string, boolean>();
  const isOpen = ({ visibleWhen }: Field): boolean => {
    const value = visibleWhen && fixedAnswer(fixed, visibleWhen.field);
    return visibleWhen === undefined || value === undefined || visibleWhen.in.includes(value);
  };
  for (const field of all) {
    const chain: Field[] = [];
    let current: Field | undefined = field;
    while (current !== undefined && !settled.has(current.key)) {
      settled.set(current.key, false);
      chain.push(current);
      current = current.visibleWhen && byKey.get(current.visibleWhen.field);
    }
    meter.spend(1 + chain.length);
    let seen = current === undefined || settled.get(current.key) === true;
    for (const each of chain.reverse()) {
      seen = seen && isOpen(each);
      settled.set(each.key, seen);
    }
  }
  return new Set(all.flatMap(({ key }) => (settled.get(key) === true ? key : [])));
};

/**
 * Fields that no category asking for the form ever shows, because each fixes something in the way to another value. `fixed`: what each of them fixes. The
 * form's own circles are told where it is checked.
 */
export const unreachableFields = (
  form: FormDefinition,
  path: string,
  fixed: readonly (FixedAnswers | undefined)[],
  meter: Meter,
): Fault[] => {
  if (!fixed.some((each) => each !== undefined)) return [];
  const free = reachable(form, undefined, meter);
  const shown = new Set<string>();
  for (const each of fixed) for (const key of reachable(form, each, meter)) shown.add(key);
  return form.sections.flatMap(({ fields }, section) =>
    fields.flatMap(({ key, label }, index): Fault[] =>
      free.has(key) && !shown.has(key)
        ? [
            {
              path: at(path, 'sections', section, 'fields', index, 'visibleWhen'),
              code: 'UNREACHABLE',
              params: { label },
            },
          ]
        : [],
    ),
  );
};
