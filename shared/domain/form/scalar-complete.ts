import type { Report } from '#shared/domain/fault-list.ts';
import { parseDecimal } from '#shared/domain/money/decimal.ts';
import type { FieldOf, Scalar, ScalarField } from './definition.ts';
import { isAnswered } from './fields.ts';
import { hasFormat } from './formats.ts';
import { isLongerThan } from './scalar-shape.ts';

const textComplete = (field: FieldOf<'text'>, value: string, report: Report): void => {
  if (field.minLength !== undefined && !isLongerThan(value, field.minLength - 1))
    report('TOO_SHORT', { limit: field.minLength });
  if (field.format !== undefined && !hasFormat(value, field.format)) report('FORMAT', { format: field.format });
};

const integerComplete = (field: FieldOf<'integer'>, value: number, report: Report): void => {
  const unit = field.unit === undefined ? {} : { unit: field.unit };
  if (field.min !== undefined && value < field.min) report('TOO_SMALL', { limit: field.min, ...unit });
  if (field.max !== undefined && value > field.max) report('TOO_LARGE', { limit: field.max, ...unit });
};

const moneyComplete = (field: FieldOf<'money'>, value: string, report: Report): void => {
  if (field.min === undefined && field.max === undefined) return;
  const fen = fenOf(field, value);
  const [min, max] = [fenOf(field, field.min), fenOf(field, field.max)];
  if (fen === undefined) return;
  if (min !== undefined && fen < min) report('TOO_SMALL', { limit: field.min ?? '', unit: field.unit });
  if (max !== undefined && fen > max) report('TOO_LARGE', { limit: field.max ?? '', unit: field.unit });
};

const choicesComplete = (field: FieldOf<'choices'>, chosen: number, report: Report): void => {
  if (field.min !== undefined && chosen < field.min) report('TOO_FEW', { limit: field.min });
  if (field.max !== undefined && chosen > field.max) report('TOO_MANY', { limit: field.max });
};

/** An amount in 分; undefined where there is none or, in what `checkShape` has not seen, none that can be read. */
export const fenOf = (field: FieldOf<'money'>, amount: unknown): bigint | undefined =>
  typeof amount === 'string' ? parseDecimal(amount, field.unit).fen : undefined;

/** What a submit asks of one answer or cell beyond its shape. Bounds and formats ask nothing of what may be, and is, left blank. */
export const scalarComplete = (field: ScalarField, value: Scalar | undefined, report: Report): void => {
  if (!isAnswered(value)) {
    if (field.required) report('REQUIRED');
    return;
  }
  if (field.type === 'text' && typeof value === 'string') textComplete(field, value, report);
  else if (field.type === 'integer' && typeof value === 'number') integerComplete(field, value, report);
  else if (field.type === 'money' && typeof value === 'string') moneyComplete(field, value, report);
  else if (field.type === 'choices' && Array.isArray(value)) choicesComplete(field, value.length, report);
};
