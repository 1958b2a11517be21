import { describe, expect, it } from 'vitest';
import { DATE_PATTERN } from '#shared/domain/form/calendar-date.ts';
import { FORMAT_PATTERNS } from '#shared/domain/form/formats.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { FORBIDDEN_CHARACTERS } from '#shared/domain/form/text.ts';
import { decimalPattern } from '#shared/domain/money/decimal.ts';
import { formOf, options } from './forms.ts';

const line = { not: { pattern: FORBIDDEN_CHARACTERS.line } };
const blank = { pattern: '^\\s*$' };
const text = { type: 'text', maxLength: 20 };
const choices = { type: 'choices', options: options('a', 'b', 'c') };
const ofChoices = { type: 'array', items: { type: 'string', enum: ['a', 'b', 'c'] }, uniqueItems: true };
const columns = [
  { key: 'name', label: '姓名', ...text, required: true },
  { key: 'on', label: '日期', type: 'date' },
];
const ofRows = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { title: '姓名', type: 'string', maxLength: 20, ...line, pattern: '\\S' },
      on: { title: '日期', type: 'string', format: 'date', pattern: DATE_PATTERN },
    },
    required: ['name'],
    additionalProperties: false,
  },
};

describe('the schema of one field', () => {
  it.each<[what: string, field: object, schema: object]>([
    ['a text', text, { type: 'string', maxLength: 20, ...line }],
    [
      'a text of several lines',
      { ...text, multiline: true },
      { type: 'string', maxLength: 20, not: { pattern: FORBIDDEN_CHARACTERS.multiline } },
    ],
    ['a required text', { ...text, required: true }, { type: 'string', maxLength: 20, ...line, pattern: '\\S' }],
    [
      'a text of some length, or none',
      { ...text, minLength: 3 },
      { type: 'string', maxLength: 20, ...line, anyOf: [blank, { minLength: 3, pattern: '\\S' }] },
    ],
    [
      'a required text of some length',
      { ...text, minLength: 3, required: true },
      { type: 'string', maxLength: 20, ...line, minLength: 3, pattern: '\\S' },
    ],
    [
      'a text with a format, or none: as long as the format can be',
      { ...text, format: 'uscc' },
      {
        type: 'string',
        maxLength: 20,
        ...line,
        anyOf: [blank, { pattern: FORMAT_PATTERNS.uscc.source, maxLength: 18 }],
      },
    ],
    [
      'a required text with a format: as long as the field takes',
      { ...text, maxLength: 10, format: 'email', required: true },
      { type: 'string', ...line, pattern: FORMAT_PATTERNS.email.source, maxLength: 10 },
    ],
    ['a date', { type: 'date' }, { type: 'string', format: 'date', pattern: DATE_PATTERN }],
    [
      'an integer: those a float can tell apart',
      { type: 'integer' },
      { type: 'integer', minimum: -(2 ** 53 - 1), maximum: 2 ** 53 - 1 },
    ],
    [
      'an integer with bounds and a unit',
      { type: 'integer', min: 0, max: 5, unit: '人' },
      { type: 'integer', minimum: 0, maximum: 5, 'x-unit': '人' },
    ],
    ['an amount', { type: 'money', unit: '元' }, { type: 'string', pattern: decimalPattern('元'), 'x-unit': '元' }],
    ['a choice', { type: 'choice', options: options('a', 'b') }, { type: 'string', enum: ['a', 'b'] }],
    ['choices: as many as there are options, or none', choices, { ...ofChoices, maxItems: 3 }],
    ['required choices: one at least', { ...choices, required: true }, { ...ofChoices, minItems: 1, maxItems: 3 }],
    ['at most so many choices', { ...choices, max: 2 }, { ...ofChoices, maxItems: 2 }],
    ['one choice at least, or none', { ...choices, min: 1 }, { ...ofChoices, maxItems: 3 }],
    [
      'so many choices at least, or none',
      { ...choices, min: 2 },
      { ...ofChoices, maxItems: 3, anyOf: [{ maxItems: 0 }, { minItems: 2 }] },
    ],
    ['a yes or no', { type: 'boolean' }, { type: 'boolean' }],
    ['a table', { type: 'table', maxRows: 5, columns }, { ...ofRows, maxItems: 5 }],
    [
      'a required table of so many rows',
      { type: 'table', minRows: 2, maxRows: 5, required: true, columns },
      { ...ofRows, minItems: 2, maxItems: 5 },
    ],
  ])('of %s', (_, field, schema) => {
    expect(formSchema(formOf([{ key: 'it', label: '栏目', hint: '提示', ...field }]))).toHaveProperty('properties.it', {
      title: '栏目',
      description: '提示',
      ...schema,
    });
    expect(formSchema(formOf([{ key: 'it', label: '栏目', ...field }]))).toHaveProperty('properties.it', {
      title: '栏目',
      ...schema,
    });
  });

  it('of what the category fixes is that answer, which has to be there', () => {
    const form = formOf([{ key: 'it', label: '栏目', type: 'choice', options: options('a', 'b') }]);
    expect(formSchema(form, { it: 'a' })).toMatchObject({
      properties: { it: { title: '栏目', type: 'string', const: 'a' } },
      required: ['it'],
    });
    expect(formSchema(form, { other: 'a' })).toMatchObject({ required: [] });
  });
});

/** A keyword of JSON Schema, and no promise. */
const THEN = 'then';

describe('the schema of a form', () => {
  const shown = (field: string, ...values: readonly (string | boolean)[]) => ({ visibleWhen: { field, in: values } });
  const integer = (key: string, more: object) => ({ key, label: key, type: 'integer', ...more });

  it('asks for fields of one condition together, while it holds, and has nothing of them while it does not', () => {
    const form = formOf([
      { key: 'kind', label: '类型', type: 'choice', options: options('x', 'y'), required: true },
      { key: 'kinds', label: '类型', ...choices },
      integer('one', { ...shown('kind', 'x'), required: true }),
      integer('two', shown('kind', 'x')),
      integer('three', { ...shown('kinds', 'a', 'b'), required: true }),
    ]);
    expect(formSchema(form)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: '申报书',
      type: 'object',
      required: ['kind'],
      additionalProperties: false,
      allOf: [
        {
          if: { type: 'object', properties: { kind: { enum: ['x'] } }, required: ['kind'] },
          [THEN]: { properties: { one: true }, required: ['one'] },
          else: { properties: { one: false, two: false } },
        },
        {
          if: {
            type: 'object',
            properties: { kinds: { type: 'array', contains: { enum: ['a', 'b'] } } },
            required: ['kinds'],
          },
          [THEN]: { properties: { three: true }, required: ['three'] },
          else: { properties: { three: false } },
        },
      ],
    });
  });

  it('says nothing of conditions where there are none', () => {
    expect(formSchema(formOf([integer('one', {})]))).not.toHaveProperty('allOf');
  });

  it('names the bounds of amounts as far as there are some, and the rules of columns', () => {
    const money = (key: string, more: object) => ({ key, label: key, type: 'money', unit: '元', ...more });
    const form = formOf([
      money('any', {}),
      money('least', { min: '1' }),
      money('most', { max: '2' }),
      money('both', { min: '1', max: '2' }),
      { key: 'code', label: 'code', ...text, format: 'email' },
      {
        ...{ key: 'rows', label: 'rows', type: 'table', maxRows: 2 },
        columns: [{ key: 'on', label: 'on', type: 'date' }, money('fee', { max: '5' })],
      },
    ]);
    expect(formSchema(form)['x-rules']).toStrictEqual([
      { kind: 'amountBounds', field: 'least', min: '1' },
      { kind: 'amountBounds', field: 'most', max: '2' },
      { kind: 'amountBounds', field: 'both', min: '1', max: '2' },
      { kind: 'calendarDate', field: 'rows[].on' },
      { kind: 'amountBounds', field: 'rows[].fee', max: '5' },
    ]);
  });
});
