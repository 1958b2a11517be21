import * as z from 'zod';

export const SubmissionStatus = z.enum(['draft', 'submitted']);

/** What a unit is to a submission: it leads it, or is named in it as a partner. */
export const UnitRole = z.enum(['lead', 'partner']);
export type UnitRole = z.output<typeof UnitRole>;
