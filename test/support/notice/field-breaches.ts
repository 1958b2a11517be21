import type { FaultCode } from '#shared/contract/problem.ts';
import { at } from '#shared/domain/fault.ts';
import type { Field, ScalarField, TableField } from '#shared/domain/form/definition.ts';
import { MONEY_DECIMALS } from '#shared/domain/money/decimal.ts';
import type { Json, Refused } from './trial.ts';

/** An answer that breaks one bound of one field, all else being right. */
export interface FieldBreach {
  readonly answers: Json;
  readonly refused: Refused;
}

type Broken = readonly [code: FaultCode, value: unknown];

const ONE_CHARACTER = '字';

/** One 分 more or less. */
const moved = (amount: string, by: -1 | 1, unit: keyof typeof MONEY_DECIMALS): string => {
  const decimals = MONEY_DECIMALS[unit];
  const [whole = '0', part = ''] = amount.split('.');
  const parts = BigInt(whole + part.padEnd(decimals, '0')) + BigInt(by);
  const digits = String(parts < 0n ? -parts : parts).padStart(decimals + 1, '0');
  return `${parts < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** No amount is negative, whatever the field says. */
const belowLeast = (amount: string): Broken => [amount.startsWith('-') ? 'NOT_A_DECIMAL' : 'TOO_SMALL', amount];

const textBreaches = (field: Extract<ScalarField, { type: 'text' }>): Broken[] => [
  ['TOO_LONG', ONE_CHARACTER.repeat(field.maxLength + 1)],
  ...(field.minLength !== undefined && field.minLength > 1
    ? [['TOO_SHORT', ONE_CHARACTER.repeat(field.minLength - 1)] as const]
    : []),
  ...(field.format === undefined ? [] : [['FORMAT', ONE_CHARACTER] as const]),
];

const scalarBreaches = (field: ScalarField): Broken[] => {
  switch (field.type) {
    case 'text':
      return textBreaches(field);
    case 'date':
      return [['NOT_A_DATE', '2022-02-30']];
    case 'integer':
      return [
        ['WRONG_TYPE', 1.5],
        ...(field.min === undefined ? [] : [['TOO_SMALL', field.min - 1] as const]),
        ...(field.max === undefined ? [] : [['TOO_LARGE', field.max + 1] as const]),
      ];
    case 'money':
      return [
        ['NOT_A_DECIMAL', '约一万'],
        ['TOO_PRECISE', `0.${'0'.repeat(MONEY_DECIMALS[field.unit])}1`],
        ...(field.min === undefined ? [] : [belowLeast(moved(field.min, -1, field.unit))]),
        ...(field.max === undefined ? [] : [['TOO_LARGE', moved(field.max, 1, field.unit)] as const]),
      ];
    case 'choice':
      return [['NOT_AN_OPTION', '没有这一项']];
    case 'choices':
      return [
        ['NOT_AN_OPTION', ['没有这一项']],
        ...(field.min !== undefined && field.min > 1
          ? [['TOO_FEW', field.options.slice(0, field.min - 1).map(({ value }) => value)] as const]
          : []),
        ...(field.max !== undefined && field.max < field.options.length
          ? [['TOO_MANY', field.options.slice(0, field.max + 1).map(({ value }) => value)] as const]
          : []),
      ];
    case 'boolean':
      return [['WRONG_TYPE', '是']];
  }
};

const clauseIn = ({ clause }: Field): Pick<Refused, 'clause'> => (clause === undefined ? {} : { clause });

const tableBreaches = (table: TableField, rows: readonly Json[]): FieldBreach[] => {
  const one = (code: FaultCode, path: string, value: readonly Json[]): FieldBreach => ({
    answers: { [table.key]: value },
    refused: { path, code, ...clauseIn(table) },
  });
  const last = rows.length - 1;
  const row = rows[last] ?? {};
  const inLast = (column: ScalarField, [code, value]: Broken): FieldBreach =>
    one(code, at(table.key, last, column.key), [...rows.slice(0, last), { ...row, [column.key]: value }]);
  return [
    one(
      'TOO_MANY',
      table.key,
      Array.from({ length: table.maxRows + 1 }, () => row),
    ),
    ...(table.minRows > 1 ? [one('TOO_FEW', table.key, rows.slice(0, table.minRows - 1))] : []),
    ...table.columns.flatMap((column) => [
      ...(column.required ? [inLast(column, ['REQUIRED', undefined])] : []),
      ...scalarBreaches(column).map((broken) => inLast(column, broken)),
    ]),
  ];
};

const isRows = (answer: unknown): answer is readonly Json[] => Array.isArray(answer);

/**
 * Every bound of a visible field that an answer can break: that it is required, its type, length, format, least and most, options, rows. A rule between
 * fields may be broken with it.
 *
 * @param right complete answers
 */
export const fieldBreaches = (field: Field, right: Json): FieldBreach[] => {
  const required: FieldBreach[] = field.required
    ? [{ answers: { [field.key]: undefined }, refused: { path: field.key, code: 'REQUIRED', ...clauseIn(field) } }]
    : [];
  if (field.type === 'table') {
    const rows = right[field.key];
    return [...required, ...tableBreaches(field, isRows(rows) && rows.length > 0 ? rows : [{}])];
  }
  return [
    ...required,
    ...scalarBreaches(field).map(([code, value]) => ({
      answers: { [field.key]: value },
      refused: { path: field.key, code, ...clauseIn(field) },
    })),
  ];
};
