import type { FormDefinition, FormRule, ScalarField } from './definition.ts';
import { fieldsOf } from './fields.ts';

/** What a submit asks beyond what JSON Schema can say. `field` is a key, or `table[].column` for every row, or `table[0].column` for the first. */
export type SchemaRule =
  | FormRule
  | { readonly kind: 'calendarDate'; readonly field: string }
  | { readonly kind: 'checkDigit'; readonly field: string }
  | { readonly kind: 'amountBounds'; readonly field: string; readonly min?: string; readonly max?: string }
  | { readonly kind: 'sameAs'; readonly field: string; readonly other: string }
  | { readonly kind: 'fixedText'; readonly field: string; readonly text: string };

const scalarRules = (field: ScalarField, path: string): readonly SchemaRule[] => {
  if (field.type === 'date') return [{ kind: 'calendarDate', field: path }];
  if (field.type === 'text' && field.format === 'uscc') return [{ kind: 'checkDigit', field: path }];
  if (field.type !== 'money' || (field.min === undefined && field.max === undefined)) return [];
  const { min, max } = field;
  return [
    {
      kind: 'amountBounds',
      field: path,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    },
  ];
};

/** The rules of a form that its JSON Schema leaves to the submit's own check. */
export const schemaRules = (form: FormDefinition): readonly SchemaRule[] => [
  ...fieldsOf(form).all.flatMap((field): readonly SchemaRule[] => {
    if (field.type !== 'table') return scalarRules(field, field.key);
    const { sameAs = {}, fixed = {} } = field.firstRow ?? {};
    return [
      ...field.columns.flatMap((column) => scalarRules(column, `${field.key}[].${column.key}`)),
      ...Object.entries(sameAs).map(([column, other]) => ({
        kind: 'sameAs' as const,
        field: `${field.key}[0].${column}`,
        other,
      })),
      ...Object.entries(fixed).map(([column, text]) => ({
        kind: 'fixedText' as const,
        field: `${field.key}[0].${column}`,
        text,
      })),
    ];
  }),
  ...form.rules,
];
