import type { Fault } from '#shared/domain/fault.ts';
import { FaultList } from '#shared/domain/fault-list.ts';
import { isJsonObject } from '#shared/domain/json-object.ts';
import { Canonical } from './canonical.ts';
import type { Answer, Answers, FormDefinition } from './definition.ts';
import { checksOf } from './field-checks.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer } from './fields.ts';
import { PlacedFaults } from './placed-faults.ts';
import { reportUnknown } from './report-unknown.ts';
import { hiddenFields, withoutHidden } from './visibility.ts';

export interface ShapedAnswers {
  /** Canonical, in the form's order, without the hidden ones; the very object that was sent where it is all that already. */
  readonly answers: Answers;
  /** Fields that were sent and are hidden by a condition. */
  readonly dropped: readonly string[];
  readonly faults: readonly Fault[];
}

/**
 * What saving a draft asks of answers: any may be missing, none may have a wrong shape. Required answers, formats, bounds and rules are `checkComplete`'s.
 * Answers the category fixes are put in where they were not sent; answers of hidden fields are left out and named, whatever they are.
 */
export const checkShape = (form: FormDefinition, fixed: FixedAnswers | undefined, input: unknown): ShapedAnswers => {
  const faults = new FaultList();
  if (!isJsonObject(input)) {
    faults.add({ path: '', code: 'WRONG_TYPE', params: { expected: 'object' } });
    return { answers: Object.create(null), dropped: [], faults: faults.found };
  }
  const canonical = new Canonical<Answer>(input);
  const found: { key: string; own: readonly Fault[] }[] = [];
  const own = new PlacedFaults();
  for (const { key, place, shape } of checksOf(form).fields) {
    const sent = canonical.take(key);
    const value = sent === undefined ? fixedAnswer(fixed, key) : sent;
    if (value === undefined) continue;
    own.turnTo(place);
    canonical.put(key, shape(value, own));
    // Kept apart until it is known which fields are hidden.
    if (own.found.length > 0) found.push({ key, own: own.take() });
  }
  const shaped = canonical.made();
  const hidden = hiddenFields(form, shaped);
  for (const { key, own } of found) if (!hidden.has(key)) for (const fault of own) faults.add(fault);
  if (!canonical.isWhole) reportUnknown(input, (key) => fieldsOf(form).byKey.has(key), '', faults);
  const dropped = [...hidden].filter((key) => Object.hasOwn(input, key));
  return { answers: withoutHidden(shaped, hidden), dropped, faults: faults.found };
};
