import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import type { CallDefinition } from '#shared/domain/call/definition.ts';
import { withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import { applyingConditions } from '#shared/domain/eligibility/applying-conditions.ts';
import { judgeConditions } from '#shared/domain/eligibility/judge-conditions.ts';
import { refusals } from '#shared/domain/eligibility/judgement.ts';
import { submissionFacts, unitFacts } from '#shared/domain/eligibility/rule-facts.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { compileRules } from '#shared/domain/expression/compile.ts';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { formSchema } from '#shared/domain/form/json-schema.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import { formOf } from './read-call.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A category with the form it really asks for: declarations with the rest. */
const asked = (call: CallDefinition, code: string) => {
  const place = findCategory(call.categories, code);
  if (place === undefined) throw new Error(`no category ${code}`);
  return { place, form: withDeclarations(formOf(call, place.category.form), call, place) };
};

const DAY = '2024-01-01';

/** What a save refuses of answers or, where it takes them, a submit: the form's fields and rules, and the conditions that answers decide. */
export const faultsOf = (
  call: CallDefinition,
  code: string,
  answers: Json,
): { path: string; code: string; clause?: string }[] => {
  const { place, form } = asked(call, code);
  const { category } = place;
  const { fixed, amount, materials } = category;
  const shaped = checkShape(form, fixed, answers);
  const unit = withoutRecord('unit');
  const facts = {
    unit: unitFacts(unit, DAY),
    call: { fiscalYear: call.fiscalYear ?? 0, opensOn: DAY, closesOn: DAY, today: DAY },
    submission: submissionFacts(category, [], []),
    answers: shaped.answers,
  };
  const conditions = applyingConditions(call, place);
  const scope = categoryScope(
    form,
    category,
    conditions.map(({ condition }) => condition),
  );
  const decide = compileRules(scope);
  const context = {
    fixed,
    amountCeilingFen: amountCeilingFen(amount),
    decide: (rule: string, given: Answers) => decide(rule, { ...facts, answers: given }),
  };
  const declared = conditions.filter(({ condition }) => condition.declare !== undefined);
  const ofAnswers = shaped.faults.length > 0 ? shaped.faults : checkComplete(form, context, shaped.answers);
  const undeclared = refusals(judgeConditions(declared, { unit, facts, decide, materials, begun: new Set() }));
  // As a submit tells them: what the form itself finds at a path is not said twice.
  const faults =
    shaped.faults.length > 0
      ? ofAnswers
      : [...ofAnswers, ...undeclared.filter(({ path }) => !ofAnswers.some((fault) => fault.path === path))];
  return faults.map(({ params: _, ...fault }) => fault);
};

/** As any client validates: with the published schema and a library. */
export const meetsSchema = (call: CallDefinition, code: string, answers: Json): boolean => {
  const { place, form } = asked(call, code);
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  ajv.addVocabulary(['x-unit', 'x-rules']);
  return ajv.validate(formSchema(form, place.category.fixed), answers);
};

/** A budget that asks for one sum and nothing else. */
export const asking = (sum: string): Json => ({
  totalBudget: sum,
  ownFunds: '0',
  requestedFunds: sum,
  budgetLines: [{ item: '示例支出', amount: sum }],
});
