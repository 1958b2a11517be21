import { at, type Fault } from '#shared/domain/fault.ts';
import type { Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { MONEY_DECIMALS, type MoneyUnit, parseDecimal } from '#shared/domain/money/decimal.ts';
import { repeated } from '#shared/domain/repeated.ts';
import type { Amount, Category, Material, Quota } from './definition.ts';
import { sizeInBytes } from './material.ts';

/** The most one upload may have, in bytes; see `AttachmentDeclaration`. */
const MAX_FILE_BYTES = 500_000_000;

/** The second and later places where a key stands again. */
export const duplicates = (keyed: readonly { path: string; key: unknown }[]): Fault[] => {
  const again = new Set(repeated(keyed.map(({ key }) => key)));
  return keyed.flatMap(({ path }, index): Fault[] => (again.has(index) ? [{ path, code: 'DUPLICATE' }] : []));
};

const decimalFault = (text: string, unit: MoneyUnit, path: string): Fault[] => {
  const { fault } = parseDecimal(text, unit);
  if (fault === undefined) return [];
  return [{ path, code: fault, ...(fault === 'TOO_PRECISE' ? { params: { limit: MONEY_DECIMALS[unit] } } : {}) }];
};

const amountFaults = (amount: Amount, path: string): Fault[] => {
  switch (amount.kind) {
    case 'fixed':
      return decimalFault(amount.value, amount.unit, at(path, 'value'));
    case 'cap':
      return decimalFault(amount.max, amount.unit, at(path, 'max'));
    case 'range': {
      const min = parseDecimal(amount.min, amount.unit);
      const max = parseDecimal(amount.max, amount.unit);
      if (min.fen !== undefined && max.fen !== undefined) {
        return min.fen > max.fen ? [{ path: at(path, 'min'), code: 'MINIMUM_ABOVE_MAXIMUM' }] : [];
      }
      return [
        ...decimalFault(amount.min, amount.unit, at(path, 'min')),
        ...decimalFault(amount.max, amount.unit, at(path, 'max')),
      ];
    }
    case 'undetermined':
      return [];
  }
};

const quotaFaults = (quota: Quota, path: string): Fault[] =>
  quota.kind === 'range' && quota.min > quota.max ? [{ path: at(path, 'min'), code: 'MINIMUM_ABOVE_MAXIMUM' }] : [];

const materialFaults = (materials: readonly Material[], path: string): Fault[] => [
  ...duplicates(materials.map(({ key }, index) => ({ path: at(path, index, 'key'), key }))),
  ...materials.flatMap(({ maxSize }, index): Fault[] =>
    sizeInBytes(maxSize) > MAX_FILE_BYTES
      ? [{ path: at(path, index, 'maxSize'), code: 'TOO_LARGE', params: { limit: MAX_FILE_BYTES } }]
      : [],
  ),
];

/** A category can decide what is chosen or written in one line, nothing else. */
const fixedFault = (key: string, value: string, field: Field | undefined, path: string): Fault[] => {
  if (field === undefined) return [{ path, code: 'UNKNOWN_FIELD', params: { field: key } }];
  if (field.type === 'choice') {
    return field.options.some((option) => option.value === value) ? [] : [{ path, code: 'NOT_AN_OPTION' }];
  }
  if (field.type !== 'text') return [{ path, code: 'WRONG_FIELD_TYPE', params: { field: key } }];
  return [...value].length > field.maxLength ? [{ path, code: 'TOO_LONG', params: { limit: field.maxLength } }] : [];
};

/**
 * What is wrong with a category that is well formed in itself. `formKeys` are all that were written; `form` is the one it names, where that one is well
 * formed too.
 */
export const checkCategory = (
  category: Category,
  path: string,
  formKeys: ReadonlySet<string>,
  form: FormDefinition | undefined,
): Fault[] => {
  const { from, until } = category.period;
  return [
    ...(formKeys.has(category.form) ? [] : [{ path: at(path, 'form'), code: 'UNKNOWN_FORM' as const }]),
    ...(form === undefined
      ? []
      : Object.entries(category.fixed ?? {}).flatMap(([key, value]) =>
          fixedFault(key, value, fieldsOf(form).byKey.get(key), at(path, 'fixed', key)),
        )),
    ...(category.amount === undefined ? [] : amountFaults(category.amount, at(path, 'amount'))),
    ...(category.quota === undefined ? [] : quotaFaults(category.quota, at(path, 'quota'))),
    ...(from !== undefined && until !== undefined && until < from
      ? [{ path: at(path, 'period', 'until'), code: 'OUT_OF_ORDER' as const, params: { after: 'from' } }]
      : []),
    ...materialFaults(category.materials, at(path, 'materials')),
  ];
};
