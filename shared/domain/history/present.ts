import * as z from 'zod';
import type { getCallHistory, getSubmissionHistory } from '#shared/contract/history.ts';
import { CALL_ACTIONS, SUBMISSION_ACTIONS } from '#shared/contract/history-actions.ts';
import type { HistoryEntry } from './entry.ts';

/** Who did something, as a reader is told. */
export interface PresentedActor {
  readonly organizationId: string;
  readonly subject?: string;
  readonly name?: string;
}

/** An entry, the revision it stands at, and who it is by; without `by` it happened by itself. */
export interface ToldEntry {
  readonly entry: HistoryEntry & { readonly revision: number };
  readonly by?: PresentedActor;
}

const SubmissionAction = z.enum(SUBMISSION_ACTIONS);
const CallAction = z.enum(CALL_ACTIONS);

const present = ({ entry: { revision, at, role, details = {} }, by }: ToldEntry) => ({
  ...{ revision, at, role, details },
  ...(by === undefined ? {} : { by }),
});

export const presentSubmissionEntry = (
  told: ToldEntry,
): z.input<typeof getSubmissionHistory.reply>['items'][number] => ({
  ...present(told),
  action: SubmissionAction.parse(told.entry.action),
});

export const presentCallEntry = (told: ToldEntry): z.input<typeof getCallHistory.reply>['items'][number] => ({
  ...present(told),
  action: CallAction.parse(told.entry.action),
});
