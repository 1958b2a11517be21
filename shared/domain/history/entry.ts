import * as z from 'zod';
import { ACTOR_ROLES, CALL_ACTIONS, SUBMISSION_ACTIONS } from '#shared/contract/history-actions.ts';
import { Instant } from '#shared/contract/primitives.ts';

/** Who did what when. `details` holds ids, codes, instants, numbers and an officer's reason for moving a deadline: no answers, no file names, no addresses. */
export const HistoryEntry = z.object({
  at: Instant,
  /** Subject of the person; absent for a job. */
  by: z.string().optional(),
  role: z.enum(ACTOR_ROLES),
  action: z.enum([...CALL_ACTIONS, ...SUBMISSION_ACTIONS]),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

export type CallAction = (typeof CALL_ACTIONS)[number];
export type SubmissionAction = (typeof SUBMISSION_ACTIONS)[number];

/** What an officer did. `at` is an instant. */
export const byOfficer = (
  by: string,
  at: string,
  action: CallAction,
  details?: Readonly<Record<string, unknown>>,
): HistoryEntry => ({ at, by, role: 'officer', action, ...(details === undefined ? {} : { details }) });

/** What a job did. `at` is an instant. */
export const bySystem = (
  at: string,
  action: HistoryEntry['action'],
  details?: Readonly<Record<string, unknown>>,
): HistoryEntry => ({ at, role: 'system', action, ...(details === undefined ? {} : { details }) });
