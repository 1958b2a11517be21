import type { Field, FormDefinition, TableField, Visibility } from './definition.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer } from './fields.ts';
import { annotations, countBounds, type JsonSchema, scalarSchema } from './scalar-schema.ts';
import { schemaRules } from './schema-rules.ts';

const tableSchema = (table: TableField): JsonSchema => ({
  ...annotations(table),
  type: 'array',
  ...countBounds(table.required, table.minRows, table.maxRows),
  items: {
    type: 'object',
    properties: Object.fromEntries(table.columns.map((column) => [column.key, scalarSchema(column)])),
    required: table.columns.filter(({ required }) => required).map(({ key }) => key),
    additionalProperties: false,
  },
});

const fieldSchema = (field: Field, fixed: string | undefined): JsonSchema => {
  if (fixed !== undefined) return { ...annotations(field), type: 'string', const: fixed };
  return field.type === 'table' ? tableSchema(field) : scalarSchema(field);
};

/** Holds where the controller is answered with one of the values; a hidden controller has no answer, so chains need nothing more. */
const conditionSchema = (condition: Visibility, controller: Field | undefined): JsonSchema => {
  const values = { enum: condition.in };
  const value = controller?.type === 'choices' ? { type: 'array', contains: values } : values;
  return { type: 'object', properties: { [condition.field]: value }, required: [condition.field] };
};

const everyOne = (keys: readonly string[], schema: boolean): JsonSchema =>
  Object.fromEntries(keys.map((key) => [key, schema]));

/** A keyword of JSON Schema, and no promise: schemas are never awaited as such. */
const THEN = 'then';

/** Fields under one condition: asked for while it holds, absent while it does not. */
const conditionalSchema = (
  condition: Visibility,
  fields: readonly Field[],
  isNeeded: (field: Field) => boolean,
  controller: Field | undefined,
): JsonSchema => {
  const needed = fields.filter(isNeeded).map(({ key }) => key);
  return {
    if: conditionSchema(condition, controller),
    // Strict readers want every required name among the properties beside it.
    [THEN]: { properties: everyOne(needed, true), required: needed },
    else: {
      properties: everyOne(
        fields.map(({ key }) => key),
        false,
      ),
    },
  };
};

/**
 * JSON Schema 2020-12 of the complete answers of a form in a category: what `checkShape` keeps and `checkComplete` finds nothing wrong with, but for the rules
 * that `x-rules` names. Hidden fields have no answer, fixed ones have theirs. `x-unit` is the unit of an amount or a number.
 */
export const formSchema = (form: FormDefinition, fixed?: FixedAnswers): JsonSchema => {
  const { all, byKey } = fieldsOf(form);
  const isNeeded = (field: Field): boolean => field.required || fixedAnswer(fixed, field.key) !== undefined;
  const byCondition = Map.groupBy(all, ({ visibleWhen }) => visibleWhen && JSON.stringify(visibleWhen));
  const conditions = [...byCondition.values()].flatMap((fields) => {
    const condition = fields[0]?.visibleWhen;
    return condition === undefined ? [] : [conditionalSchema(condition, fields, isNeeded, byKey.get(condition.field))];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form.title,
    type: 'object',
    properties: Object.fromEntries(all.map((field) => [field.key, fieldSchema(field, fixedAnswer(fixed, field.key))])),
    required: all.filter((field) => field.visibleWhen === undefined && isNeeded(field)).map(({ key }) => key),
    additionalProperties: false,
    ...(conditions.length === 0 ? {} : { allOf: conditions }),
    'x-rules': schemaRules(form),
  };
};
