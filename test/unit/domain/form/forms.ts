import type * as z from 'zod';
import { FormDefinition } from '#shared/domain/form/definition.ts';

type Written = z.input<typeof FormDefinition>;

/** A form of one section per list of fields, parsed as a definition is. */
export const formOf = (...sections: readonly (readonly object[])[]): FormDefinition =>
  parsedForm({ title: '申报书', sections: sections.map((fields, index) => ({ title: `第${index + 1}部分`, fields })) });

export const formWith = (rules: Written['rules'], ...fields: readonly object[]): FormDefinition =>
  parsedForm({ title: '申报书', sections: [{ title: '一', fields }], rules });

export const parsedForm = (form: unknown): FormDefinition => FormDefinition.parse(form);

export const options = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));
