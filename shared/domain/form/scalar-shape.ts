import { canonicalDecimal, decimalFault, MONEY_DECIMALS } from '#shared/domain/money/decimal.ts';
import { isCalendarDate } from './calendar-date.ts';
import type { FieldOf, Scalar, ScalarField } from './definition.ts';
import type { PlacedFaults } from './placed-faults.ts';
import { hasForbidden, isLongerThan } from './text.ts';

/**
 * Checks one answer, or one cell of a table, for its shape and gives it in its canonical form: amounts without trailing zeros, 0 for -0, all else as it
 * was sent. What was reported comes back as undefined or, where it can still steer other fields, as it is.
 */
export type ScalarShape = (value: unknown, faults: PlacedFaults) => Scalar | undefined;

const wrongType = (expected: string, value: unknown, faults: PlacedFaults): undefined => {
  if (value === null) faults.report('NULL');
  else faults.report('WRONG_TYPE', { expected });
};

const textShape = ({ maxLength, multiline }: FieldOf<'text'>): ScalarShape => {
  const lines = multiline ? 'multiline' : 'line';
  return (value, faults) => {
    if (typeof value !== 'string') return wrongType('string', value, faults);
    if (isLongerThan(value, maxLength)) faults.report('TOO_LONG', { limit: maxLength });
    else if (hasForbidden(value, lines)) faults.report('CONTROL_CHARACTER');
    return value;
  };
};

const dateShape: ScalarShape = (value, faults) => {
  if (typeof value !== 'string') return wrongType('string', value, faults);
  if (!isCalendarDate(value)) faults.report('NOT_A_DATE');
  return value;
};

const integerShape: ScalarShape = (value, faults) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('integer', value, faults);
  if (value > Number.MAX_SAFE_INTEGER) faults.report('TOO_LARGE', { limit: Number.MAX_SAFE_INTEGER });
  else if (value < Number.MIN_SAFE_INTEGER) faults.report('TOO_SMALL', { limit: Number.MIN_SAFE_INTEGER });
  // JSON has -0, its canonical form has not.
  return value === 0 ? 0 : value;
};

const moneyShape =
  ({ unit }: FieldOf<'money'>): ScalarShape =>
  (value, faults) => {
    if (typeof value !== 'string') return wrongType('string', value, faults);
    const fault = decimalFault(value, unit);
    if (fault === undefined) return canonicalDecimal(value);
    faults.report(fault, fault === 'TOO_PRECISE' ? { limit: MONEY_DECIMALS[unit], unit } : { unit });
    return undefined;
  };

const valuesOf = ({ options }: FieldOf<'choice' | 'choices'>): ReadonlySet<unknown> =>
  new Set(options.map(({ value }) => value));

const choiceShape = (field: FieldOf<'choice'>): ScalarShape => {
  const known = valuesOf(field);
  return (value, faults) => {
    if (typeof value !== 'string') return wrongType('string', value, faults);
    if (!known.has(value)) faults.report('NOT_AN_OPTION');
    return value;
  };
};

const isText = (value: unknown): value is string => typeof value === 'string';

const choicesShape = (field: FieldOf<'choices'>): ScalarShape => {
  const known = valuesOf(field);
  const limit = field.options.length;
  return (value, faults) => {
    if (!Array.isArray(value)) return wrongType('list of strings', value, faults);
    if (value.length > limit) {
      faults.report('TOO_MANY', { limit });
      return undefined;
    }
    if (!value.every(isText)) return wrongType('list of strings', value, faults);
    if (!value.every((one) => known.has(one))) faults.report('NOT_AN_OPTION');
    else if (new Set(value).size < value.length) faults.report('DUPLICATE');
    return value;
  };
};

const booleanShape: ScalarShape = (value, faults) =>
  typeof value === 'boolean' ? value : wrongType('boolean', value, faults);

/** Made once of each field: what is made reads the definition no more, which would take longer than all it does. */
export const scalarShape = (field: ScalarField): ScalarShape => {
  switch (field.type) {
    case 'text':
      return textShape(field);
    case 'date':
      return dateShape;
    case 'integer':
      return integerShape;
    case 'money':
      return moneyShape(field);
    case 'choice':
      return choiceShape(field);
    case 'choices':
      return choicesShape(field);
    case 'boolean':
      return booleanShape;
  }
};
