import type { Applicant } from '#shared/domain/eligibility/applicant.ts';
import { applicantFaults } from '#shared/domain/eligibility/applicant-kind.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import type { CategoryRules } from './category-rules.ts';
import { materialFaults } from './materials.ts';
import type { Submission } from './submission.ts';

export interface CheckedSubmission {
  /** As they count: of the version in force, without what it hides. */
  readonly answers: Answers;
  /** Whether these differ from the ones that are kept, which only another version of the call can bring about. */
  readonly changed: boolean;
  readonly faults: readonly Fault[];
}

/** Everything a submit asks of applicant, answers and materials, all faults at once. The window and the limits are not looked at. */
export const checkSubmission = (
  { place: { category }, form }: CategoryRules,
  unit: Applicant,
  { answers: kept, attachments }: Submission,
): CheckedSubmission => {
  const shaped = checkShape(form, category.fixed, kept);
  const context = { fixed: category.fixed, amountCeilingFen: amountCeilingFen(category.amount) };
  return {
    answers: shaped.answers,
    changed: JSON.stringify(shaped.answers) !== JSON.stringify(kept),
    faults: [
      ...applicantFaults(category, unit.kinds),
      ...shaped.faults,
      ...(shaped.faults.length > 0 ? [] : checkComplete(form, context, shaped.answers)),
      ...materialFaults(category.materials, attachments),
    ],
  };
};
