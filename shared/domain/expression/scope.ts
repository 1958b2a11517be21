import type { Condition } from '#shared/domain/call/condition.ts';
import { declaredKeys } from '#shared/domain/call/conditions.ts';
import type { Category } from '#shared/domain/call/definition.ts';
import type { Field, FormDefinition, ScalarField } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { BOOL, INT, listOf, recordOf, type Scope, type Shape, stringOf } from './shape.ts';

/** 2022-03-31. */
const DATE = stringOf(10);

/** A unit's kinds and those of all its partners; see `OrganizationRecord` and `Joint`. */
const KINDS = listOf(30, stringOf(40));
const PARTNER_KINDS = listOf(300, stringOf(40));
const FLAGS = listOf(50, { kind: 'string', length: 40, flag: true });

const UNIT = recordOf('unit', [
  ['kinds', KINDS],
  ['rating', INT],
  ['foundedOn', DATE],
  ['foundedYear', INT],
  ['flags', FLAGS],
]);

const CALL = recordOf('call', [
  ['fiscalYear', INT],
  ['opensOn', DATE],
  ['closesOn', DATE],
  ['today', DATE],
]);

/** Lengths count code points, each at most two UTF-16 units. */
const textOf = (codePoints: number): Shape => stringOf(2 * codePoints);

const oneOf = (options: readonly { value: string }[]): Shape => ({
  kind: 'string',
  length: options.reduce((length, { value }) => Math.max(length, value.length), 0),
  options: new Set(options.map(({ value }) => value)),
});

const scalarShape = (field: ScalarField | Exclude<Field, { type: 'table' }>): Shape => {
  switch (field.type) {
    case 'text':
      return textOf(field.maxLength);
    case 'date':
      return DATE;
    case 'integer':
      return INT;
    case 'money':
      return { kind: 'int', money: field.unit };
    case 'choice':
      return oneOf(field.options);
    case 'choices':
      return listOf(field.options.length, oneOf(field.options));
    case 'boolean':
      return BOOL;
  }
};

const fieldShape = (field: Field): Shape =>
  field.type === 'table'
    ? listOf(
        field.maxRows,
        recordOf(
          `answers.${field.key}`,
          field.columns.map((column) => [column.key, scalarShape(column)]),
        ),
      )
    : scalarShape(field);

const answersOf = (form: FormDefinition, declared: readonly string[]) =>
  recordOf('answers', [
    ...declared.map((key): readonly [string, Shape] => [key, BOOL]),
    ...fieldsOf(form).all.map((field): readonly [string, Shape] => [field.key, fieldShape(field)]),
  ]);

/** What a rule of a form reads: forms are shared by categories, so `submission`, which differs by category, is not among it. */
export const formScope = (form: FormDefinition): Scope =>
  new Map([
    ['unit', UNIT],
    ['call', CALL],
    ['answers', answersOf(form, [])],
  ]);

/** What a condition of a category reads. Answers are also what `conditions` (those of the category, its groups and its call) ask to be declared. */
export const categoryScope = (
  form: FormDefinition,
  { materials }: Pick<Category, 'materials'>,
  conditions: readonly Condition[],
): Scope =>
  new Map([
    ['unit', UNIT],
    ['call', CALL],
    ['answers', answersOf(form, declaredKeys(conditions))],
    [
      'submission',
      recordOf('submission', [
        ['category', stringOf(40)],
        ['partners', INT],
        ['partnerKinds', PARTNER_KINDS],
        [
          'attachments',
          recordOf(
            'submission.attachments',
            materials.map(({ key }) => [key, INT]),
          ),
        ],
      ]),
    ],
  ]);
