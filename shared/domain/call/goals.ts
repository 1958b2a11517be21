import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { Key } from '#shared/domain/form/key.ts';
import { duplicates } from './duplicates.ts';

const Goal = z.strictObject({ value: z.string().min(1).max(60), text: z.string().min(1).max(2_000) });

/** Goals, tasks or directions to choose from: 任选一项 is `one`, 可任选一项也可多项 is `any`. `field` is the question of the form that asks which. */
export const Goals = z.strictObject({
  choose: z.enum(['one', 'any']),
  field: Key.optional(),
  options: z.array(Goal).min(2).max(50),
  clause: z.string().max(200).optional(),
});
export type Goals = z.output<typeof Goals>;

export const goalValues = (goals: Goals | undefined): ReadonlySet<string> =>
  new Set(goals?.options.map(({ value }) => value));

const FIELD_TYPE = { one: 'choice', any: 'choices' } as const;

/** The form asks for exactly the goals of the category, and for as many as may be chosen. */
const fieldFaults = (goals: Goals, form: FormDefinition, path: string): Fault[] => {
  if (goals.field === undefined) return [];
  const field = fieldsOf(form).byKey.get(goals.field);
  const params = { field: goals.field };
  if (field === undefined) return [{ path, code: 'UNKNOWN_FIELD', params }];
  if ((field.type !== 'choice' && field.type !== 'choices') || field.type !== FIELD_TYPE[goals.choose]) {
    return [{ path, code: 'WRONG_FIELD_TYPE', params }];
  }
  const asked = new Set(field.options.map(({ value }) => value));
  const same = asked.size === goals.options.length && goals.options.every(({ value }) => asked.has(value));
  return same ? [] : [{ path, code: 'GOALS_DIFFER', params }];
};

export const goalsFaults = (goals: Goals | undefined, form: FormDefinition | undefined, path: string): Fault[] => {
  if (goals === undefined) return [];
  return [
    ...duplicates(goals.options.map(({ value }, index) => ({ path: at(path, 'options', index, 'value'), key: value }))),
    ...(form === undefined ? [] : fieldFaults(goals, form, at(path, 'field'))),
  ];
};
