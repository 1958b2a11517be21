import type { Fault } from '#shared/domain/fault.ts';
import { FaultList, reportAt } from '#shared/domain/fault-list.ts';
import type { Answer, Answers, Field, FormDefinition } from './definition.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer, isRows } from './fields.ts';
import { InOrder } from './in-order.ts';
import { checkRule, type DecideAnswers } from './rules.ts';
import { scalarComplete } from './scalar-complete.ts';
import { tableComplete } from './table-complete.ts';
import { hiddenFields, withoutHidden } from './visibility.ts';

/** What the category adds to its form. */
export interface CompletenessContext {
  readonly fixed?: FixedAnswers | undefined;
  /** The most an award of the category can be, in 分; left out where the notice leaves it open. */
  readonly amountCeilingFen?: bigint | undefined;
  /** Decides the form's rules in CEL; without it they stay undecided. */
  readonly decide?: DecideAnswers | undefined;
}

const fieldComplete = (
  field: Field,
  answer: Answer | undefined,
  answers: Answers,
  fixed: FixedAnswers | undefined,
  fields: ReadonlyMap<string, Field>,
  faults: FaultList,
): void => {
  const expected = fixedAnswer(fixed, field.key);
  const report = reportAt(faults, field.key, field);
  if (expected !== undefined && answer !== expected) report('FIXED_VALUE', { expected });
  else if (field.type === 'table') tableComplete(field, answers, fields, faults);
  else scalarComplete(field, isRows(answer) ? undefined : answer, report);
};

/**
 * Everything a submit asks of answers, all faults at once in the form's order and then by rule; none means complete.
 * `answers` are what `checkShape` gave for the same form: shapes are not checked again, though nothing here fails on others.
 */
export const checkComplete = (
  form: FormDefinition,
  { fixed, amountCeilingFen, decide = () => 'undecided' }: CompletenessContext,
  answers: Answers,
): readonly Fault[] => {
  const faults = new FaultList();
  const { all, byKey: fields } = fieldsOf(form);
  const hidden = hiddenFields(form, answers);
  const kept = withoutHidden(answers, hidden);
  const reader = new InOrder(kept);
  for (const field of all) {
    if (!hidden.has(field.key)) fieldComplete(field, reader.take(field.key), kept, fixed, fields, faults);
  }
  const context = { answers: kept, fields, isVisible: (key: string) => !hidden.has(key), amountCeilingFen, decide };
  for (const rule of form.rules) checkRule(rule, context, faults);
  return faults.found;
};
