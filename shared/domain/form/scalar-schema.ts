import { decimalPattern } from '#shared/domain/money/decimal.ts';
import { DATE_PATTERN } from './calendar-date.ts';
import type { FieldOf, ScalarField } from './definition.ts';
import { FORMAT_MAX_LENGTH, FORMAT_PATTERNS } from './formats.ts';
import { FORBIDDEN_CHARACTERS } from './text.ts';

/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Title and hint, under the names every schema reader shows. */
export const annotations = ({ label, hint }: { label: string; hint?: string | undefined }): JsonSchema => ({
  title: label,
  ...(hint === undefined ? {} : { description: hint }),
});

const textSchema = (field: FieldOf<'text'>): JsonSchema => {
  const { format, minLength, maxLength } = field;
  const content = {
    ...(minLength === undefined ? {} : { minLength }),
    // Every format needs a character that is not blank, so its pattern says all that the other one does.
    ...(format === undefined
      ? { pattern: '\\S' }
      : { pattern: FORMAT_PATTERNS[format].source, maxLength: Math.min(maxLength, FORMAT_MAX_LENGTH[format]) }),
  };
  const base = {
    type: 'string',
    maxLength,
    not: { pattern: FORBIDDEN_CHARACTERS[field.multiline ? 'multiline' : 'line'] },
  };
  if (field.required) return { ...base, ...content };
  return minLength === undefined && format === undefined ? base : { ...base, anyOf: [{ pattern: '^\\s*$' }, content] };
};

const integerSchema = ({ min, max, unit }: FieldOf<'integer'>): JsonSchema => ({
  type: 'integer',
  minimum: min ?? Number.MIN_SAFE_INTEGER,
  maximum: max ?? Number.MAX_SAFE_INTEGER,
  ...(unit === undefined ? {} : { 'x-unit': unit }),
});

/** Bounds of a list that counts as unanswered while it is empty. */
export const countBounds = (required: boolean, min: number | undefined, max: number): JsonSchema => {
  const minItems = Math.max(min ?? 1, 1);
  if (required) return { minItems, maxItems: max };
  return minItems === 1 ? { maxItems: max } : { maxItems: max, anyOf: [{ maxItems: 0 }, { minItems }] };
};

const valuesOf = (field: FieldOf<'choice' | 'choices'>): readonly string[] => field.options.map(({ value }) => value);

const typeSchema = (field: ScalarField): JsonSchema => {
  switch (field.type) {
    case 'text':
      return textSchema(field);
    case 'date':
      return { type: 'string', format: 'date', pattern: DATE_PATTERN };
    case 'integer':
      return integerSchema(field);
    case 'money':
      return { type: 'string', pattern: decimalPattern(field.unit), 'x-unit': field.unit };
    case 'choice':
      return { type: 'string', enum: valuesOf(field) };
    case 'choices':
      return {
        type: 'array',
        items: { type: 'string', enum: valuesOf(field) },
        uniqueItems: true,
        ...countBounds(field.required, field.min, field.max ?? field.options.length),
      };
    case 'boolean':
      return { type: 'boolean' };
  }
};

/** The schema of one complete answer or cell. */
export const scalarSchema = (field: ScalarField): JsonSchema => ({ ...annotations(field), ...typeSchema(field) });
