import type { FormDefinition, FormRule, Section } from './definition.ts';
import { fieldsOf } from './fields.ts';

export interface FormPresentation {
  readonly title: string;
  /** In order: title, hint, fields as they are defined (label, hint, unit, options, columns, `visibleWhen` …) and statements. */
  readonly sections: readonly Section[];
  /** Rules between fields, as data and as a sentence in the language of the notices. */
  readonly rules: readonly (FormRule & { readonly text: string })[];
}

const inWords = (rule: FormRule, quoted: (key: string) => string): string => {
  switch (rule.kind) {
    case 'sum':
      return `${quoted(rule.total)}应等于${rule.parts.map(quoted).join('、')}之和。`;
    case 'columnSum':
      return `${quoted(rule.table)}中${quoted(`${rule.table}.${rule.column}`)}各行之和应等于${quoted(rule.total)}。`;
    case 'order':
      return `${rule.fields.map(quoted).join('、')}应依次不早于（不小于）前一项。`;
    case 'withinAmount':
      return `${quoted(rule.field)}不超过本类别的经费额度。`;
    case 'check':
      return rule.message;
  }
};

/** What a page or a client needs to lay the form out, beside its JSON Schema: plain JSON, in the form's order. `{key}` in a statement stands for an answer. */
export const formPresentation = (form: FormDefinition): FormPresentation => {
  const { all } = fieldsOf(form);
  const labels = new Map(all.map(({ key, label }) => [key, label]));
  for (const table of all)
    if (table.type === 'table')
      for (const column of table.columns) labels.set(`${table.key}.${column.key}`, column.label);
  const quoted = (key: string): string => `“${labels.get(key) ?? key}”`;
  return {
    title: form.title,
    sections: form.sections,
    rules: form.rules.map((rule) => ({ ...rule, text: inWords(rule, quoted) })),
  };
};
