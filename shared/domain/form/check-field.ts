import { at } from '#shared/domain/fault.ts';
import { MONEY_DECIMALS, type MoneyUnit, parseDecimal } from '#shared/domain/money/decimal.ts';
import { repeated } from '#shared/domain/repeated.ts';
import type { Field, ScalarField, TableField } from './definition.ts';
import type { DefinitionFaults } from './definition-faults.ts';

const checkBounds = <Bound extends number | bigint>(
  min: Bound | undefined,
  max: Bound | undefined,
  path: string,
  faults: DefinitionFaults,
): void => {
  if (min !== undefined && max !== undefined && min > max) faults.add('MINIMUM_ABOVE_MAXIMUM', path);
};

const readBound = (
  bound: string | undefined,
  unit: MoneyUnit,
  path: string,
  faults: DefinitionFaults,
): bigint | undefined => {
  if (bound === undefined) return undefined;
  const { fen, fault } = parseDecimal(bound, unit);
  if (fen === undefined) faults.add(fault, path, fault === 'TOO_PRECISE' ? { limit: MONEY_DECIMALS[unit] } : {});
  return fen;
};

/** Checks what one field or column says of itself. */
export const checkScalarField = (field: ScalarField, path: string, faults: DefinitionFaults): void => {
  switch (field.type) {
    case 'text':
      checkBounds(field.minLength, field.maxLength, at(path, 'minLength'), faults);
      break;
    case 'integer':
      checkBounds(field.min, field.max, at(path, 'min'), faults);
      break;
    case 'money': {
      const min = readBound(field.min, field.unit, at(path, 'min'), faults);
      const max = readBound(field.max, field.unit, at(path, 'max'), faults);
      checkBounds(min, max, at(path, 'min'), faults);
      break;
    }
    case 'choice':
    case 'choices':
      for (const index of repeated(field.options.map(({ value }) => value)))
        faults.add('DUPLICATE', at(path, 'options', index, 'value'));
      if (field.type === 'choices') {
        checkBounds(field.min, field.max, at(path, 'min'), faults);
        checkBounds(field.min, field.options.length, at(path, 'min'), faults);
      }
      break;
    case 'date':
    case 'boolean':
      break;
  }
};

/** Fields whose answers can be told to be the same: of one type, and amounts in one unit. */
const canRepeat = (column: ScalarField, field: Field): boolean =>
  column.type === field.type && column.type !== 'choices' && (field.type !== 'money' || sameUnit(column, field.unit));

const sameUnit = (column: ScalarField, unit: MoneyUnit): boolean => column.type === 'money' && column.unit === unit;

const checkFixedCell = (column: ScalarField, text: string, path: string, faults: DefinitionFaults): void => {
  if (column.type === 'choice') {
    if (!column.options.some(({ value }) => value === text)) faults.add('NOT_AN_OPTION', path);
  } else if (column.type !== 'text') {
    faults.add('WRONG_FIELD_TYPE', path, { field: column.key });
  } else if ([...text].length > column.maxLength) {
    faults.add('TOO_LONG', path, { limit: column.maxLength });
  }
};

const checkFirstRow = (
  table: TableField,
  fields: ReadonlyMap<string, Field>,
  path: string,
  faults: DefinitionFaults,
): void => {
  const { sameAs = {}, fixed = {} } = table.firstRow ?? {};
  const columns = new Map(table.columns.map((column) => [column.key, column]));
  for (const [key, source] of Object.entries(sameAs)) {
    const [column, field] = [columns.get(key), fields.get(source)];
    const where = at(path, 'sameAs', key);
    if (column === undefined) faults.add('UNKNOWN_FIELD', where, { field: key });
    if (field === undefined) faults.add('UNKNOWN_FIELD', where, { field: source });
    if (column !== undefined && field !== undefined && !canRepeat(column, field))
      faults.add('WRONG_FIELD_TYPE', where, { field: source });
    if (Object.hasOwn(fixed, key)) faults.add('DUPLICATE', at(path, 'fixed', key));
  }
  for (const [key, text] of Object.entries(fixed)) {
    const column = columns.get(key);
    if (column === undefined) faults.add('UNKNOWN_FIELD', at(path, 'fixed', key), { field: key });
    else checkFixedCell(column, text, at(path, 'fixed', key), faults);
  }
};

/** Checks what a table says of itself, its columns and its first row. */
export const checkTableField = (
  table: TableField,
  fields: ReadonlyMap<string, Field>,
  path: string,
  faults: DefinitionFaults,
): void => {
  checkBounds(table.minRows, table.maxRows, at(path, 'minRows'), faults);
  for (const index of repeated(table.columns.map(({ key }) => key)))
    faults.add('DUPLICATE', at(path, 'columns', index, 'key'));
  table.columns.forEach((column, index) => {
    checkScalarField(column, at(path, 'columns', index), faults);
  });
  checkFirstRow(table, fields, at(path, 'firstRow'), faults);
};
