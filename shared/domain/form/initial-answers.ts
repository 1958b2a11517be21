import { checkShape } from './check-shape.ts';
import type { Answers, FormDefinition } from './definition.ts';
import type { FixedAnswers } from './fields.ts';

/** The answers a new draft starts with: those its category fixes, as far as the form asks for them. */
export const initialAnswers = (form: FormDefinition, fixed: FixedAnswers | undefined): Answers =>
  checkShape(form, fixed, {}).answers;
