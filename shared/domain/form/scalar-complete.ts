import { parseDecimal } from '#shared/domain/money/decimal.ts';
import type { Answer, FieldOf, Scalar, ScalarField } from './definition.ts';
import { isAnswered, isRows } from './fields.ts';
import { hasFormat } from './formats.ts';
import type { PlacedFaults } from './placed-faults.ts';
import { isLongerThan } from './text.ts';

/** What a submit asks of one answer or cell beyond its shape. */
export type ScalarComplete = (value: Answer | undefined, faults: PlacedFaults) => void;

/** The same of what is filled in. Values of another type are the shape's matter. */
type Filled = (value: Scalar, faults: PlacedFaults) => void;

const textFilled =
  ({ minLength, format }: FieldOf<'text'>): Filled =>
  (value, faults) => {
    if (typeof value !== 'string') return;
    if (minLength !== undefined && !isLongerThan(value, minLength - 1))
      faults.report('TOO_SHORT', { limit: minLength });
    if (format !== undefined && !hasFormat(value, format)) faults.report('FORMAT', { format });
  };

const integerFilled =
  ({ min, max, unit }: FieldOf<'integer'>): Filled =>
  (value, faults) => {
    if (typeof value !== 'number') return;
    const measured = unit === undefined ? {} : { unit };
    if (min !== undefined && value < min) faults.report('TOO_SMALL', { limit: min, ...measured });
    if (max !== undefined && value > max) faults.report('TOO_LARGE', { limit: max, ...measured });
  };

const moneyFilled = (field: FieldOf<'money'>): Filled => {
  const { min = '', max = '', unit } = field;
  const [least, most] = [fenOf(field, min), fenOf(field, max)];
  return (value, faults) => {
    const fen = fenOf(field, value);
    if (fen === undefined) return;
    if (least !== undefined && fen < least) faults.report('TOO_SMALL', { limit: min, unit });
    if (most !== undefined && fen > most) faults.report('TOO_LARGE', { limit: max, unit });
  };
};

const choicesFilled =
  ({ min, max }: FieldOf<'choices'>): Filled =>
  (value, faults) => {
    if (!Array.isArray(value)) return;
    if (min !== undefined && value.length < min) faults.report('TOO_FEW', { limit: min });
    if (max !== undefined && value.length > max) faults.report('TOO_MANY', { limit: max });
  };

const asksNothing: Filled = () => {};

const filled = (field: ScalarField): Filled => {
  switch (field.type) {
    case 'text':
      return textFilled(field);
    case 'integer':
      return integerFilled(field);
    case 'money':
      return field.min === undefined && field.max === undefined ? asksNothing : moneyFilled(field);
    case 'choices':
      return choicesFilled(field);
    case 'date':
    case 'choice':
    case 'boolean':
      return asksNothing;
  }
};

/** An amount in 分; undefined where there is none or, in what `checkShape` has not seen, none that can be read. */
export const fenOf = (field: FieldOf<'money'>, amount: unknown): bigint | undefined =>
  typeof amount === 'string' ? parseDecimal(amount, field.unit).fen : undefined;

/** Made once of each field, as its shape is. Bounds and formats ask nothing of what may be, and is, left blank. */
export const scalarComplete = (field: ScalarField): ScalarComplete => {
  const { required } = field;
  const checkFilled = filled(field);
  return (value, faults) => {
    if (isAnswered(value) && !isRows(value)) checkFilled(value, faults);
    else if (required) faults.report('REQUIRED');
  };
};
