import type { Decision } from '#shared/domain/expression/facts.ts';
import { type FaultList, type Report, reportAt } from '#shared/domain/fault-list.ts';
import { formatDecimal } from '#shared/domain/money/decimal.ts';
import type { Answers, Field, FormRule } from './definition.ts';
import { answerOf } from './fields.ts';
import { fenOf } from './scalar-complete.ts';
import { rowsOf } from './table-complete.ts';

/** What the rules of a form are checked against. */
export interface RuleContext {
  /** Without the hidden ones. */
  readonly answers: Answers;
  readonly fields: ReadonlyMap<string, Field>;
  readonly isVisible: (key: string) => boolean;
  /** The most a category's award can be, in 分; undefined where the notice leaves it open. */
  readonly amountCeilingFen: bigint | undefined;
  /** Decides a rule in CEL over these answers. */
  readonly decide: DecideAnswers;
}

/** What a form's rule in CEL comes to over answers (visible ones, in canonical form). */
export type DecideAnswers = (rule: string, answers: Answers) => Decision;

type Rule<Kind extends FormRule['kind']> = Extract<FormRule, { kind: Kind }>;

const ZERO = 0n;

const amountOf = ({ answers, fields }: RuleContext, key: string): bigint | undefined => {
  const field = fields.get(key);
  return field?.type === 'money' ? fenOf(field, answerOf(answers, key)) : undefined;
};

const labelOf = ({ fields }: RuleContext, key: string): string => fields.get(key)?.label ?? key;

/**
 * Adds amounts up. What need not be filled in counts as nothing; what still has to be leaves the sum open (undefined), and so does a side on which
 * nothing is filled in at all.
 */
const sumOf = <Part>(
  parts: readonly Part[],
  amountOf: (part: Part) => bigint | undefined,
  isNeeded: (part: Part) => boolean,
): bigint | undefined => {
  let sum: bigint | undefined;
  for (const part of parts) {
    const amount = amountOf(part);
    if (amount !== undefined) sum = (sum ?? ZERO) + amount;
    else if (isNeeded(part)) return undefined;
  }
  return sum;
};

const checkSum = (rule: Rule<'sum'>, context: RuleContext, report: Report): void => {
  const total = amountOf(context, rule.total);
  const sum = sumOf(
    rule.parts,
    (key) => amountOf(context, key),
    (key) => context.isVisible(key) && context.fields.get(key)?.required === true,
  );
  if (total === undefined || sum === undefined || sum === total) return;
  const parts = rule.parts.map((key) => `“${labelOf(context, key)}”`).join('、');
  report('SUM_MISMATCH', { total: labelOf(context, rule.total), parts });
};

const checkColumnSum = (rule: Rule<'columnSum'>, context: RuleContext, report: Report): void => {
  const total = amountOf(context, rule.total);
  const table = context.fields.get(rule.table);
  if (total === undefined || table?.type !== 'table') return;
  const column = table.columns.find(({ key }) => key === rule.column);
  if (column?.type !== 'money') return;
  const sum = sumOf(
    rowsOf(answerOf(context.answers, table.key)),
    (row) => fenOf(column, answerOf(row, column.key)),
    () => column.required,
  );
  if (sum === undefined || sum === total) return;
  report('COLUMN_SUM_MISMATCH', { column: column.label, table: table.label, total: labelOf(context, rule.total) });
};

/** Dates are in order as strings, integers as numbers, amounts as 分: each kind is comparable with itself. */
const comparable = (context: RuleContext, key: string): string | number | bigint | undefined => {
  const field = context.fields.get(key);
  const answer = answerOf(context.answers, key);
  if (field?.type === 'money') return fenOf(field, answer);
  const isComparable = field?.type === 'date' || field?.type === 'integer';
  return isComparable && (typeof answer === 'string' || typeof answer === 'number') ? answer : undefined;
};

const checkOrder = (rule: Rule<'order'>, context: RuleContext, faults: FaultList): void => {
  let before: { key: string; value: string | number | bigint } | undefined;
  for (const key of rule.fields) {
    const value = comparable(context, key);
    if (value === undefined) continue;
    if (before !== undefined && typeof before.value === typeof value && value < before.value)
      reportRule(rule, key, context, faults)('OUT_OF_ORDER', { after: labelOf(context, before.key) });
    before = { key, value };
  }
};

const checkWithinAmount = (rule: Rule<'withinAmount'>, context: RuleContext, report: Report): void => {
  const field = context.fields.get(rule.field);
  const amount = amountOf(context, rule.field);
  const ceiling = context.amountCeilingFen;
  if (field?.type !== 'money' || amount === undefined || ceiling === undefined || amount <= ceiling) return;
  report('ABOVE_AMOUNT', { limit: formatDecimal(ceiling, field.unit), unit: field.unit });
};

/** Whatever else it speaks of, its author says at which fields it shows: the first is the fault's place, the others are named with it. */
const checkExpression = (rule: Rule<'check'>, context: RuleContext, faults: FaultList): void => {
  const [first, ...others] = rule.fields;
  if (first === undefined || context.decide(rule.rule, context.answers) !== 'notMet') return;
  const named = others.map((key) => `“${labelOf(context, key)}”`).join('、');
  reportRule(
    rule,
    first,
    context,
    faults,
  )('RULE_NOT_MET', {
    message: rule.message,
    ...(named === '' ? {} : { fields: named }),
  });
};

const reportRule = (rule: FormRule, key: string, context: RuleContext, faults: FaultList): Report =>
  reportAt(faults, key, { label: labelOf(context, key), clause: rule.clause ?? context.fields.get(key)?.clause });

/** Checks one rule between fields. A side that is hidden or not answered yet makes it silent: `required` is what asks for answers. */
export const checkRule = (rule: FormRule, context: RuleContext, faults: FaultList): void => {
  switch (rule.kind) {
    case 'sum':
      checkSum(rule, context, reportRule(rule, rule.total, context, faults));
      break;
    case 'columnSum':
      checkColumnSum(rule, context, reportRule(rule, rule.table, context, faults));
      break;
    case 'order':
      checkOrder(rule, context, faults);
      break;
    case 'withinAmount':
      checkWithinAmount(rule, context, reportRule(rule, rule.field, context, faults));
      break;
    case 'check':
      checkExpression(rule, context, faults);
      break;
  }
};
