import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';

/** What a submit does with the answers it has read: both checks. They are complete, so anything found is a fault of the bench. */
export const checkSixty = (form: FormDefinition, answers: unknown): void => {
  const shaped = checkShape(form, undefined, answers);
  const found = checkComplete(form, { amountCeilingFen: 5_000_000n }, shaped.answers);
  const faults = [...shaped.faults, ...found];
  if (faults.length > 0) throw new Error(`The answers have faults: ${JSON.stringify(faults)}`);
};
