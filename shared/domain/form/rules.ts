import type { Decision } from '#shared/domain/expression/facts.ts';
import { formatDecimal } from '#shared/domain/money/decimal.ts';
import type { Answers, Field, FormRule } from './definition.ts';
import { answerOf } from './fields.ts';
import type { Place, PlacedFaults } from './placed-faults.ts';
import { fenOf } from './scalar-complete.ts';
import { rowsOf } from './table-complete.ts';

/** What the rules of a form are checked against. */
export interface RuleContext {
  /** Without the hidden ones. */
  readonly answers: Answers;
  /** Keys of the fields that are not asked for. */
  readonly hidden: ReadonlySet<string>;
  /** The most a category's award can be, in 分; undefined where the notice leaves it open. */
  readonly amountCeilingFen: bigint | undefined;
  /** Decides a rule in CEL over these answers. */
  readonly decide: DecideAnswers;
}

/** What a form's rule in CEL comes to over answers (visible ones, in canonical form). */
export type DecideAnswers = (rule: string, answers: Answers) => Decision;

/** Checks one rule between fields. A side that is hidden or not answered yet makes it silent: `required` is what asks for answers. */
export type RuleCheck = (context: RuleContext, faults: PlacedFaults) => void;

type Fields = ReadonlyMap<string, Field>;
type Rule<Kind extends FormRule['kind']> = Extract<FormRule, { kind: Kind }>;

const ZERO = 0n;

const labelOf = (key: string, fields: Fields): string => fields.get(key)?.label ?? key;

const named = (keys: readonly string[], fields: Fields): string =>
  keys.map((key) => `“${labelOf(key, fields)}”`).join('、');

/** A rule's fault lies at one of its fields; the clause is the rule's own, if it has one. */
const rulePlace = (rule: FormRule, key: string, fields: Fields): Place => ({
  path: () => key,
  label: labelOf(key, fields),
  clause: rule.clause ?? fields.get(key)?.clause,
});

const noAmount = (): undefined => undefined;

/** Reads the amount of a field, in 分. */
const amountOf = (key: string, fields: Fields): ((answers: Answers) => bigint | undefined) => {
  const field = fields.get(key);
  return field?.type === 'money' ? (answers) => fenOf(field, answerOf(answers, key)) : noAmount;
};

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

const sumCheck = (rule: Rule<'sum'>, fields: Fields): RuleCheck => {
  const place = rulePlace(rule, rule.total, fields);
  const totalOf = amountOf(rule.total, fields);
  const parts = rule.parts.map((key) => ({
    key,
    amountOf: amountOf(key, fields),
    required: fields.get(key)?.required === true,
  }));
  const params = { total: place.label, parts: named(rule.parts, fields) };
  return ({ answers, hidden }, faults) => {
    const total = totalOf(answers);
    const sum = sumOf(
      parts,
      (part) => part.amountOf(answers),
      (part) => part.required && !hidden.has(part.key),
    );
    if (total === undefined || sum === undefined || sum === total) return;
    faults.turnTo(place);
    faults.report('SUM_MISMATCH', params);
  };
};

const saysNothing: RuleCheck = () => {};

const columnSumCheck = (rule: Rule<'columnSum'>, fields: Fields): RuleCheck => {
  const place = rulePlace(rule, rule.table, fields);
  const totalOf = amountOf(rule.total, fields);
  const table = fields.get(rule.table);
  const column = table?.type === 'table' ? table.columns.find(({ key }) => key === rule.column) : undefined;
  if (column?.type !== 'money') return saysNothing;
  const params = { column: column.label, table: place.label, total: labelOf(rule.total, fields) };
  return ({ answers }, faults) => {
    const total = totalOf(answers);
    const sum = sumOf(
      rowsOf(answerOf(answers, rule.table)),
      (row) => fenOf(column, answerOf(row, column.key)),
      () => column.required,
    );
    if (total === undefined || sum === undefined || sum === total) return;
    faults.turnTo(place);
    faults.report('COLUMN_SUM_MISMATCH', params);
  };
};

type Comparable = string | number | bigint;

/** Dates are in order as strings, integers as numbers, amounts as 分: each kind is comparable with itself. */
const comparableOf = (key: string, fields: Fields): ((answers: Answers) => Comparable | undefined) => {
  const type = fields.get(key)?.type;
  if (type === 'money') return amountOf(key, fields);
  if (type !== 'date' && type !== 'integer') return noAmount;
  return (answers) => {
    const answer = answerOf(answers, key);
    return typeof answer === 'string' || typeof answer === 'number' ? answer : undefined;
  };
};

const orderCheck = (rule: Rule<'order'>, fields: Fields): RuleCheck => {
  const steps = rule.fields.map((key) => ({
    place: rulePlace(rule, key, fields),
    comparable: comparableOf(key, fields),
  }));
  return ({ answers }, faults) => {
    let after = '';
    let before: Comparable | undefined;
    for (const { place, comparable } of steps) {
      const value = comparable(answers);
      if (value === undefined) continue;
      if (typeof before === typeof value && before !== undefined && value < before) {
        faults.turnTo(place);
        faults.report('OUT_OF_ORDER', { after });
      }
      after = place.label;
      before = value;
    }
  };
};

const withinAmountCheck = (rule: Rule<'withinAmount'>, fields: Fields): RuleCheck => {
  const place = rulePlace(rule, rule.field, fields);
  const field = fields.get(rule.field);
  if (field?.type !== 'money') return saysNothing;
  const { unit } = field;
  return ({ answers, amountCeilingFen: ceiling }, faults) => {
    const amount = fenOf(field, answerOf(answers, rule.field));
    if (amount === undefined || ceiling === undefined || amount <= ceiling) return;
    faults.turnTo(place);
    faults.report('ABOVE_AMOUNT', { limit: formatDecimal(ceiling, unit), unit });
  };
};

/** Whatever else it speaks of, its author says at which fields it shows: the first is the fault's place, the others are named with it. */
const expressionCheck = (rule: Rule<'check'>, fields: Fields): RuleCheck => {
  const [first, ...others] = rule.fields;
  if (first === undefined) return saysNothing;
  const place = rulePlace(rule, first, fields);
  const params = { message: rule.message, ...(others.length === 0 ? {} : { fields: named(others, fields) }) };
  return ({ answers, decide }, faults) => {
    if (decide(rule.rule, answers) !== 'notMet') return;
    faults.turnTo(place);
    faults.report('RULE_NOT_MET', params);
  };
};

/** Made once of each rule, with the fields it speaks of. */
export const ruleCheck = (rule: FormRule, fields: Fields): RuleCheck => {
  switch (rule.kind) {
    case 'sum':
      return sumCheck(rule, fields);
    case 'columnSum':
      return columnSumCheck(rule, fields);
    case 'order':
      return orderCheck(rule, fields);
    case 'withinAmount':
      return withinAmountCheck(rule, fields);
    case 'check':
      return expressionCheck(rule, fields);
  }
};
