import type { Fault } from '#shared/domain/fault.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { fieldsOf, fixedAnswer } from '#shared/domain/form/fields.ts';
import { hiddenFields } from '#shared/domain/form/visibility.ts';
import type { CategoryTerms } from './category-rules.ts';
import { type CopiedAnswers, copyAnswers, type Earlier } from './copy-answers.ts';
import { type Known, knownAnswer } from './known-answers.ts';

/** What the reply to a new draft says of how its answers came about. */
export interface Beginning {
  /** Fields of what was sent that are hidden. */
  readonly dropped: readonly string[];
  /** Fields filled for the applicant, in the form's order: from a copy, or from a source of prefill. */
  readonly filled: readonly { readonly field: string; readonly from: string }[];
  /** Fields of the copied submission that are not taken as they were. */
  readonly notCopied: readonly string[];
}

export interface StartingAnswers extends Beginning {
  readonly answers: Answers;
  readonly faults: readonly Fault[];
}

const NO_COPY: CopiedAnswers = { answers: {}, altered: [] };

/**
 * What a new draft starts with: what was sent, then what is copied, then what is known. Only what was sent can have faults: the rest is left out where
 * the form does not take it, hides it, or the category fixes it.
 */
export const startingAnswers = (
  rules: CategoryTerms,
  { sent, earlier, known }: { sent: Readonly<Record<string, unknown>>; earlier?: Earlier | undefined; known: Known },
): StartingAnswers => {
  const { form, place } = rules;
  const { fixed } = place.category;
  const isSent = (key: string): boolean => Object.hasOwn(sent, key);
  const copy = earlier === undefined ? NO_COPY : copyAnswers(rules, earlier);
  const begun = checkShape(form, fixed, { ...copy.answers, ...sent });

  const hidden = hiddenFields(form, begun.answers);
  const prefilled: Record<string, string> = {};
  const filled: { field: string; from: string }[] = [];
  for (const field of fieldsOf(form).all) {
    const { key } = field;
    if (isSent(key) || hidden.has(key) || fixedAnswer(fixed, key) !== undefined) continue;
    if (Object.hasOwn(copy.answers, key)) {
      filled.push({ field: key, from: 'copy' });
      continue;
    }
    const found = knownAnswer(field, known);
    if (found === undefined) continue;
    prefilled[key] = found.answer;
    filled.push({ field: key, from: found.from });
  }

  const notTaken = new Set([...copy.altered, ...begun.dropped]);
  return {
    // Once more for the form's order; text and dates steer no other field.
    answers: checkShape(form, fixed, { ...begun.answers, ...prefilled }).answers,
    faults: begun.faults,
    filled,
    dropped: begun.dropped.filter(isSent),
    notCopied: Object.keys(earlier?.answers ?? {}).filter((key) => notTaken.has(key) && !isSent(key)),
  };
};
