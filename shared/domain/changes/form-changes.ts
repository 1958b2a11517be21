import { at } from '#shared/domain/fault.ts';
import type { Field, FormDefinition, FormRule, ScalarField, TableField } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { formPresentation } from '#shared/domain/form/presentation.ts';
import type { Change, Shown } from './change.ts';
import { compareLists, compareTraits, type Traits, told, untold } from './compare.ts';

const optionsOf = (field: Field | ScalarField) =>
  field.type === 'choice' || field.type === 'choices' ? field.options : [];

const when = (form: FormDefinition, field: Field): Shown | undefined => {
  if (field.visibleWhen === undefined) return undefined;
  const { field: key, in: values } = field.visibleWhen;
  const controller = fieldsOf(form).byKey.get(key);
  const options = controller === undefined ? [] : optionsOf(controller);
  const labelOf = (value: string | boolean) => options.find((option) => option.value === value)?.label ?? value;
  return { field: controller?.label ?? key, in: values.map(labelOf) };
};

const typeTraits = (field: Field | ScalarField): Traits => {
  switch (field.type) {
    case 'text':
      return {
        maxLength: told(field.maxLength),
        minLength: told(field.minLength),
        multiline: told(field.multiline),
        format: told(field.format === undefined ? undefined : { word: field.format }),
      };
    case 'integer':
    case 'money':
      return { min: told(field.min), max: told(field.max), unit: told(field.unit) };
    case 'choices':
      return { min: told(field.min), max: told(field.max) };
    case 'table':
      return {
        minRows: told(field.minRows),
        maxRows: told(field.maxRows),
        firstRow: untold(sortedFirstRow(field.firstRow)),
      };
    case 'date':
    case 'choice':
    case 'boolean':
      return {};
  }
};

/** Records are the same whatever the order their author wrote them in. */
const sortedFirstRow = (firstRow: TableField['firstRow']): unknown => {
  const entries = Object.values({ ...{ sameAs: {}, fixed: {} }, ...firstRow }).map((record) =>
    Object.entries(record ?? {}).sort(),
  );
  return entries.every((each) => each.length === 0) ? undefined : entries;
};

/** A question. Where its type changed, what only one of the types has is not told. */
const fieldTraits = (field: Field | ScalarField, other: Field | ScalarField | undefined): Traits => ({
  name: told(field.label),
  type: told({ word: field.type }),
  required: told(field.required),
  hint: told(field.hint),
  ...(other?.type === field.type ? typeTraits(field) : {}),
});

const compareOptions = (before: Field | ScalarField, after: Field | ScalarField, path: string): Change[] =>
  before.type === after.type
    ? compareLists(optionsOf(before), optionsOf(after), {
        thing: 'option',
        of: after.label,
        idOf: ({ value }) => value,
        nameOf: ({ label }) => label,
        pathOf: (_, place) => at(path, 'options', place),
        traitsOf: ({ label }) => ({ name: told(label) }),
      })
    : [];

const compareColumns = (before: Field, after: Field, path: string): Change[] => {
  if (before.type !== 'table' || after.type !== 'table') return [];
  const columns = { before: keyed(before.columns), after: keyed(after.columns) };
  return compareLists(before.columns, after.columns, {
    thing: 'column',
    of: after.label,
    idOf: ({ key }) => key,
    nameOf: ({ label }) => label,
    pathOf: ({ key }) => at(path, 'columns', key),
    traitsOf: (column, version) =>
      fieldTraits(column, columns[version === 'before' ? 'after' : 'before'].get(column.key)),
    isRequired: ({ required }) => required,
    inside: compareOptions,
  });
};

const keyed = <Item extends { readonly key: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.key, item]));

const compareFields = (before: FormDefinition, after: FormDefinition): Change[] => {
  const forms = { before, after };
  return compareLists(fieldsOf(before).all, fieldsOf(after).all, {
    thing: 'field',
    idOf: ({ key }) => key,
    nameOf: ({ label }) => label,
    pathOf: ({ key }) => at('form', key),
    traitsOf: (field, version) => ({
      ...fieldTraits(field, fieldsOf(forms[version === 'before' ? 'after' : 'before']).byKey.get(field.key)),
      visibleWhen: told(
        when(forms[version], field),
        field.visibleWhen && [field.visibleWhen.field, field.visibleWhen.in.toSorted()],
      ),
    }),
    isRequired: ({ required }) => required,
    inside: (old, next, path) => [...compareOptions(old, next, path), ...compareColumns(old, next, path)],
  });
};

/** Texts of the printed form, wherever in it they stand. */
const statementsOf = (form: FormDefinition) =>
  form.sections.flatMap(({ statements }, section) =>
    statements.map((statement, place) => ({
      ...statement,
      path: at('form', 'sections', section, 'statements', place),
    })),
  );

const hintsOf = (form: FormDefinition) =>
  form.sections.flatMap(({ hint }, section) =>
    hint === undefined ? [] : [{ hint, path: at('form', 'sections', section, 'hint') }],
  );

/** All that a rule is decided by, without what it is told with. */
const decidedBy = (rule: FormRule): unknown => {
  const { clause: _clause, ...rest } = rule;
  if (rest.kind !== 'check') return Object.entries(rest).sort();
  const { message: _message, ...check } = rest;
  return Object.entries(check).sort();
};

/** What is asked differently in another version of a form, in the order of the form. */
export const formChanges = (before: FormDefinition, after: FormDefinition): Change[] => [
  ...compareTraits({ name: told(before.title) }, { name: told(after.title) }, { thing: 'form' }, 'form'),
  ...compareFields(before, after),
  ...compareLists(hintsOf(before), hintsOf(after), {
    thing: 'guidance',
    idOf: ({ hint }) => hint,
    nameOf: ({ hint }) => hint,
    pathOf: ({ path }) => path,
    traitsOf: () => ({}),
  }),
  ...compareLists(statementsOf(before), statementsOf(after), {
    thing: 'statement',
    idOf: ({ kind, text }) => `${kind} ${text}`,
    nameOf: ({ text }) => text,
    pathOf: ({ path }) => path,
    traitsOf: () => ({}),
  }),
  ...compareLists(rulesOf(before), rulesOf(after), {
    thing: 'rule',
    idOf: ({ text }) => text,
    nameOf: ({ text }) => text,
    pathOf: (_, place) => at('form', 'rules', place),
    traitsOf: ({ rule }) => ({ decides: untold(decidedBy(rule)) }),
  }),
];

const rulesOf = (form: FormDefinition) => formPresentation(form).rules.map(({ text, ...rule }) => ({ text, rule }));
