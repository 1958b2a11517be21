import * as z from 'zod';
import { Instant } from './primitives.ts';

export const SubmissionStatus = z.enum(['draft', 'submitted']);

/** What a unit is to a submission: it leads it, or is named in it as a partner. */
export const UnitRole = z.enum(['lead', 'partner']);
export type UnitRole = z.output<typeof UnitRole>;

/** Submits refused for coming after the deadline. */
export const LateAttempts = z.object({
  first: Instant,
  last: Instant,
  count: z.int(),
  howLate: z.int().optional().meta({ description: 'The last one, in ms after the deadline in force for it then' }),
});
