import type { Report } from '#shared/domain/fault-list.ts';
import { canonicalDecimal, decimalFault, MONEY_DECIMALS } from '#shared/domain/money/decimal.ts';
import { isCalendarDate } from './calendar-date.ts';
import type { FieldOf, Scalar, ScalarField } from './definition.ts';

/**
 * What no text may hold: control characters (tab, line feed and the carriage return that Windows puts before it are fine in multiline text), halves of surrogate pairs, and U+FFFE and U+FFFF, which the
 * XML of a spreadsheet cannot carry either. Written as a character class for both `RegExp` and a published schema.
 */
export const FORBIDDEN_CHARACTERS = {
  line: '[\\u0000-\\u001f\\u007f\\ud800-\\udfff\\ufffe\\uffff]',
  multiline: '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ud800-\\udfff\\ufffe\\uffff]',
} as const;

const FORBIDDEN = {
  line: new RegExp(FORBIDDEN_CHARACTERS.line, 'u'),
  multiline: new RegExp(FORBIDDEN_CHARACTERS.multiline, 'u'),
};

/** The same by UTF-16 units, which also takes halves of whole pairs: thrice as fast, and what it does not find is not there. */
const SUSPECT = {
  line: new RegExp(FORBIDDEN_CHARACTERS.line),
  multiline: new RegExp(FORBIDDEN_CHARACTERS.multiline),
};

const hasForbidden = (text: string, lines: keyof typeof FORBIDDEN): boolean =>
  SUSPECT[lines].test(text) && FORBIDDEN[lines].test(text);

/** Length in Unicode code points, as JSON Schema counts it. */
const lengthOf = (text: string): number => {
  let length = text.length;
  for (let index = 0; index < text.length - 1; index += 1) {
    // A pair's first half is U+D800 to U+DBFF; lone halves are refused elsewhere, so each first half has its second.
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) length -= 1;
  }
  return length;
};

/** Whether a text has more than so many code points. They are as many as its UTF-16 units at most and half as many at least, so it is seldom walked. */
export const isLongerThan = (text: string, limit: number): boolean =>
  text.length > limit && (text.length > 2 * limit || lengthOf(text) > limit);

const textShape = (field: FieldOf<'text'>, value: string, report: Report): string => {
  if (isLongerThan(value, field.maxLength)) report('TOO_LONG', { limit: field.maxLength });
  else if (hasForbidden(value, field.multiline ? 'multiline' : 'line')) report('CONTROL_CHARACTER');
  return value;
};

const integerShape = (value: number, report: Report): number | undefined => {
  if (!Number.isInteger(value)) return wrongType('integer', report);
  if (value > Number.MAX_SAFE_INTEGER) report('TOO_LARGE', { limit: Number.MAX_SAFE_INTEGER });
  else if (value < Number.MIN_SAFE_INTEGER) report('TOO_SMALL', { limit: Number.MIN_SAFE_INTEGER });
  // JSON has -0, its canonical form has not.
  return value === 0 ? 0 : value;
};

const moneyShape = (field: FieldOf<'money'>, value: string, report: Report): string | undefined => {
  const fault = decimalFault(value, field.unit);
  if (fault === undefined) return canonicalDecimal(value);
  report(
    fault,
    fault === 'TOO_PRECISE' ? { limit: MONEY_DECIMALS[field.unit], unit: field.unit } : { unit: field.unit },
  );
  return undefined;
};

const hasOption = (field: FieldOf<'choice' | 'choices'>, value: string): boolean =>
  field.options.some((option) => option.value === value);

const choicesShape = (
  field: FieldOf<'choices'>,
  values: readonly unknown[],
  report: Report,
): readonly string[] | undefined => {
  if (values.length > field.options.length) {
    report('TOO_MANY', { limit: field.options.length });
    return undefined;
  }
  if (!values.every((value) => typeof value === 'string')) return wrongType('list of strings', report);
  if (!values.every((value) => hasOption(field, value))) report('NOT_AN_OPTION');
  else if (new Set(values).size < values.length) report('DUPLICATE');
  return values;
};

const wrongType = (expected: string, report: Report): undefined => {
  report('WRONG_TYPE', { expected });
};

/**
 * Checks one answer, or one cell of a table, for its shape and gives it in its canonical form: amounts without trailing zeros, 0 for -0, all else as it
 * was sent. What was reported comes back as undefined or, where it can still steer other fields, as it is.
 */
export const scalarShape = (field: ScalarField, value: unknown, report: Report): Scalar | undefined => {
  if (value === null) {
    report('NULL');
    return undefined;
  }
  switch (field.type) {
    case 'integer':
      return typeof value === 'number' ? integerShape(value, report) : wrongType('integer', report);
    case 'choices':
      return Array.isArray(value) ? choicesShape(field, value, report) : wrongType('list of strings', report);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrongType('boolean', report);
    case 'text':
    case 'date':
    case 'money':
    case 'choice':
      return typeof value === 'string' ? stringShape(field, value, report) : wrongType('string', report);
  }
};

const stringShape = (
  field: FieldOf<'text' | 'date' | 'money' | 'choice'>,
  value: string,
  report: Report,
): string | undefined => {
  switch (field.type) {
    case 'text':
      return textShape(field, value, report);
    case 'money':
      return moneyShape(field, value, report);
    case 'date':
      if (!isCalendarDate(value)) report('NOT_A_DATE');
      return value;
    case 'choice':
      if (!hasOption(field, value)) report('NOT_AN_OPTION');
      return value;
  }
};
