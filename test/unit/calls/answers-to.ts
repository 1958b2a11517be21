import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { CallDefinition } from '#shared/domain/call/definition.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import { formOf, leafOf } from './read-call.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What a save refuses or, where it takes the answers, a submit. */
export const faultsOf = (
  call: CallDefinition,
  code: string,
  answers: Json,
): { path: string; code: string; clause?: string }[] => {
  const { form: key, fixed, amount } = leafOf(call, code);
  const form = formOf(call, key);
  const shaped = checkShape(form, fixed, answers);
  const context = { fixed, amountCeilingFen: amountCeilingFen(amount) };
  const faults = shaped.faults.length > 0 ? shaped.faults : checkComplete(form, context, shaped.answers);
  return faults.map(({ params: _, ...fault }) => fault);
};

/** As any client validates: with the published schema and a library. */
export const meetsSchema = (call: CallDefinition, code: string, answers: Json): boolean => {
  const { form, fixed } = leafOf(call, code);
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  ajv.addVocabulary(['x-unit', 'x-rules']);
  return ajv.validate(formSchema(formOf(call, form), fixed), answers);
};

/** A budget that asks for one sum and nothing else. */
export const asking = (sum: string): Json => ({
  totalBudget: sum,
  ownFunds: '0',
  requestedFunds: sum,
  budgetLines: [{ item: '示例支出', amount: sum }],
});
