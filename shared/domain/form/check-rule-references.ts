import { at } from '#shared/domain/fault.ts';
import { repeated } from '#shared/domain/repeated.ts';
import type { Field, FormRule } from './definition.ts';
import type { DefinitionFaults } from './definition-faults.ts';

type Fields = ReadonlyMap<string, Field>;

/** The field a rule names, if it is there and of the type the rule needs; else the fault is told. */
const expectType = (
  key: string,
  types: readonly Field['type'][],
  path: string,
  fields: Fields,
  faults: DefinitionFaults,
): Field | undefined => {
  const field = fields.get(key);
  if (field === undefined) faults.add('UNKNOWN_FIELD', path, { field: key });
  else if (types.includes(field.type)) return field;
  else faults.add('WRONG_FIELD_TYPE', path, { field: key });
  return undefined;
};

const checkSum = (rule: Extract<FormRule, { kind: 'sum' }>, path: string, fields: Fields, faults: DefinitionFaults) => {
  expectType(rule.total, ['money'], at(path, 'total'), fields, faults);
  rule.parts.forEach((key, index) => {
    expectType(key, ['money'], at(path, 'parts', index), fields, faults);
    if (key === rule.total) faults.add('DUPLICATE', at(path, 'parts', index));
  });
  for (const index of repeated(rule.parts)) faults.add('DUPLICATE', at(path, 'parts', index));
};

const checkColumnSum = (
  rule: Extract<FormRule, { kind: 'columnSum' }>,
  path: string,
  fields: Fields,
  faults: DefinitionFaults,
) => {
  expectType(rule.total, ['money'], at(path, 'total'), fields, faults);
  const table = expectType(rule.table, ['table'], at(path, 'table'), fields, faults);
  if (table?.type !== 'table') return;
  const column = table.columns.find(({ key }) => key === rule.column);
  if (column === undefined) faults.add('UNKNOWN_FIELD', at(path, 'column'), { field: rule.column });
  else if (column.type !== 'money') faults.add('WRONG_FIELD_TYPE', at(path, 'column'), { field: rule.column });
};

const checkOrder = (
  rule: Extract<FormRule, { kind: 'order' }>,
  path: string,
  fields: Fields,
  faults: DefinitionFaults,
) => {
  let type: Field['type'] | undefined;
  rule.fields.forEach((key, index) => {
    const allowed: readonly Field['type'][] = type === undefined ? ['date', 'money', 'integer'] : [type];
    const field = expectType(key, allowed, at(path, 'fields', index), fields, faults);
    // The first field that can be compared at all decides what the others have to be.
    type ??= field?.type;
  });
  for (const index of repeated(rule.fields)) faults.add('DUPLICATE', at(path, 'fields', index));
};

/** Checks that a rule names fields of the form, of the types it can compare or add, and each of them once. */
export const checkRuleReferences = (rule: FormRule, path: string, fields: Fields, faults: DefinitionFaults): void => {
  switch (rule.kind) {
    case 'sum':
      checkSum(rule, path, fields, faults);
      break;
    case 'columnSum':
      checkColumnSum(rule, path, fields, faults);
      break;
    case 'order':
      checkOrder(rule, path, fields, faults);
      break;
    case 'withinAmount':
      expectType(rule.field, ['money'], at(path, 'field'), fields, faults);
      break;
    case 'check':
      rule.fields.forEach((key, index) => {
        if (!fields.has(key)) faults.add('UNKNOWN_FIELD', at(path, 'fields', index), { field: key });
      });
      for (const index of repeated(rule.fields)) faults.add('DUPLICATE', at(path, 'fields', index));
      break;
  }
};
