import type { Fault } from '#shared/domain/fault.ts';
import type { Answers, FormDefinition } from './definition.ts';
import { checksOf } from './field-checks.ts';
import { type FixedAnswers, fixedAnswer } from './fields.ts';
import { InOrder } from './in-order.ts';
import { PlacedFaults } from './placed-faults.ts';
import type { DecideAnswers } from './rules.ts';
import { hiddenFields, withoutHidden } from './visibility.ts';

/** What the category adds to its form. */
export interface CompletenessContext {
  readonly fixed?: FixedAnswers | undefined;
  /** The most an award of the category can be, in 分; left out where the notice leaves it open. */
  readonly amountCeilingFen?: bigint | undefined;
  /** Decides the form's rules in CEL; without it they stay undecided. */
  readonly decide?: DecideAnswers | undefined;
}

/**
 * Everything a submit asks of answers, all faults at once in the form's order and then by rule; none means complete.
 * `answers` are what `checkShape` gave for the same form: shapes are not checked again, though nothing here fails on others.
 */
export const checkComplete = (
  form: FormDefinition,
  { fixed, amountCeilingFen, decide = () => 'undecided' }: CompletenessContext,
  answers: Answers,
): readonly Fault[] => {
  const faults = new PlacedFaults();
  const { fields, rules } = checksOf(form);
  const hidden = hiddenFields(form, answers);
  const kept = withoutHidden(answers, hidden);
  const reader = new InOrder(kept);
  for (const { key, place, complete } of fields) {
    if (hidden.has(key)) continue;
    const answer = reader.take(key);
    const expected = fixedAnswer(fixed, key);
    faults.turnTo(place);
    if (expected !== undefined && answer !== expected) faults.report('FIXED_VALUE', { expected });
    else complete(answer, faults, kept);
  }
  const context = { answers: kept, hidden, amountCeilingFen, decide };
  for (const check of rules) check(context, faults);
  return faults.found;
};
