import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Fault } from '#shared/domain/fault.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import type { FixedAnswers } from '#shared/domain/form/fields.ts';
import { FORMAT_PATTERNS } from '#shared/domain/form/formats.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { type SchemaRule, schemaRules } from '#shared/domain/form/schema-rules.ts';
import type { Body } from './generated-answers.ts';

const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
ajv.addVocabulary(['x-unit', 'x-rules']);

/** Compiling checks a schema against the meta-schema, and in strict mode for keywords without effect. */
export const schemaValidator = (form: FormDefinition, fixed?: FixedAnswers): ((body: unknown) => boolean) => {
  const validate = ajv.compile(formSchema(form, fixed));
  return (body) => validate(body);
};

/** Where a fault lies, as `x-rules` writes it: `table[].column` for every row. */
const lies = (path: string, field: string): boolean => path === field || path.replace(/\[[0-9]+\]/, '[]') === field;

const valueAt = (body: Body, path: string): unknown => {
  let value: unknown = body;
  for (const step of path.split(/[.[\]]+/).filter((one) => one !== ''))
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(step) : undefined;
  return value;
};

/** Whether a rule beyond JSON Schema explains a fault. A calendar date explains none: a validator that knows the format `date` finds them all. */
const explains = (rule: SchemaRule, { path, code }: Fault, body: Body): boolean => {
  switch (rule.kind) {
    case 'sum':
      return code === 'SUM_MISMATCH' && path === rule.total;
    case 'columnSum':
      return code === 'COLUMN_SUM_MISMATCH' && path === rule.table;
    case 'order':
      return code === 'OUT_OF_ORDER' && rule.fields.includes(path);
    case 'withinAmount':
      return code === 'ABOVE_AMOUNT' && path === rule.field;
    case 'check':
      return code === 'RULE_NOT_MET' && path === rule.fields[0];
    case 'sameAs':
    case 'fixedText':
      return code === 'FIRST_ROW' && path === rule.field;
    case 'amountBounds':
      return (code === 'TOO_SMALL' || code === 'TOO_LARGE') && lies(path, rule.field);
    case 'checkDigit':
      return code === 'FORMAT' && lies(path, rule.field) && FORMAT_PATTERNS.uscc.test(String(valueAt(body, path)));
    case 'calendarDate':
      return false;
  }
};

/** Whether our two checks take a body as it is, but for the rules that `x-rules` names: nothing is dropped, nothing put in, no other fault found. */
export const isTaken = (form: FormDefinition, fixed: FixedAnswers | undefined, body: Body): boolean => {
  const { answers, dropped, faults } = checkShape(form, fixed, body);
  if (faults.length > 0 || dropped.length > 0 || Object.keys(answers).length !== Object.keys(body).length) return false;
  const rules = schemaRules(form);
  const found = checkComplete(form, { fixed, amountCeilingFen: 1_000_000n }, answers);
  return found.every((fault) => rules.some((rule) => explains(rule, fault, body)));
};
