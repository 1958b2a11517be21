import * as z from 'zod';
import { Key } from './key.ts';

/** Formats a text field may name. Each is one function in formats.ts: no pattern of a definition ever reaches RegExp. */
export const FORMATS = ['uscc', 'phone-cn', 'mobile-cn', 'postcode-cn', 'email'] as const;
export type Format = (typeof FORMATS)[number];

/** Shown, and asked for, only while another choice or yes/no field of the same form has one of these values. */
export const Visibility = z.strictObject({
  field: Key,
  in: z
    .array(z.union([z.string(), z.boolean()]))
    .min(1)
    .max(50),
});

/** What a new draft's field can start with: what the unit's record holds, or what is known of the user who starts it. */
export const PREFILL_SOURCES = [
  'unit.name',
  'unit.uscc',
  'unit.foundedOn',
  'unit.address',
  'unit.postcode',
  'unit.phone',
  'unit.fax',
  'unit.email',
  'unit.head',
  'unit.headMobile',
  'user.name',
  'user.email',
  'user.mobile',
] as const;
export type PrefillSource = (typeof PREFILL_SOURCES)[number];

/** Lower bounds (`minLength`, `min`, `minRows`) speak of what is filled in; only `required` asks that it is. Blank text is not. */
const described = {
  key: Key,
  label: z.string().min(1).max(100),
  hint: z.string().max(500).optional(),
  required: z.boolean().default(false),
};

/** One line, or with `multiline` several. Lengths count Unicode code points. */
const text = {
  type: z.literal('text'),
  maxLength: z.int().min(1).max(20_000),
  minLength: z.int().min(1).max(20_000).optional(),
  multiline: z.boolean().default(false),
  format: z.enum(FORMATS).optional(),
};
const date = { type: z.literal('date') };
const prefill = { prefill: z.enum(PREFILL_SOURCES).optional() };
const integer = {
  type: z.literal('integer'),
  min: z.int().optional(),
  max: z.int().optional(),
  unit: z.string().max(20).optional(),
};
/** An exact decimal, written as a string ("0.5"): 元 has at most 2 decimals, 万元 at most 6; both are kept and compared as integer 分. */
const money = {
  type: z.literal('money'),
  unit: z.enum(['元', '万元']),
  min: z.string().optional(),
  max: z.string().optional(),
};
const choice = {
  type: z.literal('choice'),
  options: z
    .array(z.strictObject({ value: z.string().min(1).max(60), label: z.string().min(1).max(100) }))
    .min(1)
    .max(100),
};
/** Several options at once (可任选一项也可多项). */
const choices = {
  ...choice,
  type: z.literal('choices'),
  min: z.int().min(1).optional(),
  max: z.int().min(1).optional(),
};
const yesNo = { type: z.literal('boolean') };

export const ScalarField = z.discriminatedUnion('type', [
  z.strictObject({ ...described, ...text }),
  z.strictObject({ ...described, ...date }),
  z.strictObject({ ...described, ...integer }),
  z.strictObject({ ...described, ...money }),
  z.strictObject({ ...described, ...choice }),
  z.strictObject({ ...described, ...choices }),
  z.strictObject({ ...described, ...yesNo }),
]);

const visibleWhen = { visibleWhen: Visibility.optional(), clause: z.string().max(200).optional() };

/** A table: rows of scalar columns. `numbered` prints 序号; `firstRow` fixes values of its first row (the project's leader). */
export const TableField = z.strictObject({
  ...described,
  type: z.literal('table'),
  columns: z.array(ScalarField).min(1).max(20),
  minRows: z.int().min(0).max(500).default(0),
  maxRows: z.int().min(1).max(500),
  numbered: z.boolean().default(false),
  firstRow: z
    .strictObject({
      /** Column → the field whose answer it must repeat. */
      sameAs: z.record(Key, Key).optional(),
      /** Column → the text it must hold. */
      fixed: z.record(Key, z.string().max(100)).optional(),
    })
    .optional(),
  ...visibleWhen,
});

export const Field = z.discriminatedUnion('type', [
  z.strictObject({ ...described, ...text, ...prefill, ...visibleWhen }),
  z.strictObject({ ...described, ...date, ...prefill, ...visibleWhen }),
  z.strictObject({ ...described, ...integer, ...visibleWhen }),
  z.strictObject({ ...described, ...money, ...visibleWhen }),
  z.strictObject({ ...described, ...choice, ...visibleWhen }),
  z.strictObject({ ...described, ...choices, ...visibleWhen }),
  z.strictObject({ ...described, ...yesNo, ...visibleWhen }),
  TableField,
]);

/** Rules between fields. A rule with a side that is hidden or not answered yet says nothing: `required` is what asks for answers. */
export const FormRule = z.discriminatedUnion('kind', [
  /** The answer of `total` equals the sum of `parts` (money fields of any unit, compared in 分). A part nobody has to fill in counts as nothing. */
  z.strictObject({
    kind: z.literal('sum'),
    total: Key,
    parts: z.array(Key).min(1).max(20),
    clause: z.string().max(200).optional(),
  }),
  /** The column's sum over all rows equals `total`. */
  z.strictObject({
    kind: z.literal('columnSum'),
    table: Key,
    column: Key,
    total: Key,
    clause: z.string().max(200).optional(),
  }),
  /** Dates (or all-money, or all-integer fields) in this order, equal ones allowed. */
  z.strictObject({
    kind: z.literal('order'),
    fields: z.array(Key).min(2).max(10),
    clause: z.string().max(200).optional(),
  }),
  /** `field` (money) is at most the ceiling of the category's amount; silent where the amount is undetermined. */
  z.strictObject({ kind: z.literal('withinAmount'), field: Key, clause: z.string().max(200).optional() }),
  /** Whatever else holds between answers: a rule in CEL over `answers`, reported at `fields`, the first of them first. */
  z.strictObject({
    kind: z.literal('check'),
    rule: z.string().min(1).max(1_000),
    message: z.string().min(1).max(300),
    fields: z.array(Key).min(1).max(10),
    clause: z.string().max(200).optional(),
  }),
]);

/** Text of the printed form that is not a question: a commitment, a signature area, an opinion filled in on paper. `{key}` stands for a field's answer. */
export const Statement = z.strictObject({
  kind: z.enum(['commitment', 'signature', 'opinion', 'note']),
  text: z.string().min(1).max(2_000),
});

export const Section = z.strictObject({
  title: z.string().min(1).max(200),
  hint: z.string().max(1_000).optional(),
  fields: z.array(Field).max(100).default([]),
  statements: z.array(Statement).max(20).default([]),
});

/** 申报书: what one category (or several) asks to be filled in. Keys are unique over the whole form. */
export const FormDefinition = z.strictObject({
  title: z.string().min(1).max(200),
  sections: z.array(Section).min(1).max(50),
  rules: z.array(FormRule).max(100).default([]),
});

export type FormDefinition = z.output<typeof FormDefinition>;
export type Section = z.output<typeof Section>;
export type Field = z.output<typeof Field>;
export type ScalarField = z.output<typeof ScalarField>;
/** The fields (or columns) of these types. */
export type FieldOf<Type extends ScalarField['type']> = Extract<ScalarField, { type: Type }>;
export type TableField = z.output<typeof TableField>;
export type FormRule = z.output<typeof FormRule>;
export type Visibility = z.output<typeof Visibility>;

/** What an answer may be; which of them a field takes is the form's matter. Decimals are strings, so no float ever enters. */
export type Scalar = string | number | boolean | readonly string[];
export type Row = { readonly [column: string]: Scalar };
export type Answer = Scalar | readonly Row[];
export type Answers = { readonly [field: string]: Answer };
