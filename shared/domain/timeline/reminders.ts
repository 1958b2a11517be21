import * as z from 'zod';

/**
 * A call's reminders as its head keeps them, so that what is due follows from the head alone: spans before the deadline, ms, and whether units that have not
 * begun are reminded too.
 */
export const ReminderPlan = z.object({ before: z.array(z.int()), withoutDraft: z.boolean() });
export type ReminderPlan = z.output<typeof ReminderPlan>;
