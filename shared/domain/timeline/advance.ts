import type { CallHead, Closing } from '#shared/domain/call/call-head.ts';
import { bySystem, type HistoryEntry } from '#shared/domain/history/entry.ts';
import type { Step } from './steps.ts';

/** A head once a step is done, and what its history says of it. */
export interface Advanced {
  readonly head: CallHead;
  readonly entry: HistoryEntry;
}

const advanced = (head: CallHead, step: Step): CallHead => ({
  ...head,
  revision: head.revision + 1,
  advancedTo: new Date(step.at).toISOString(),
});

/** The call has opened. `at`: instant of the tick, as in all of these. */
export const openedBy = (head: CallHead, step: Step, at: string): Advanced => ({
  head: advanced(head, step),
  entry: bySystem(at, 'opened', { opensAt: head.opensAt }),
});

/** Those concerned are to be reminded: of which deadline, and how long before it, ms. Who that is, is looked up when they are told. */
export const remindedBy = (head: CallHead, step: Extract<Step, { kind: 'reminder' }>, at: string): Advanced => ({
  head: advanced(head, step),
  entry: bySystem(at, 'closing-soon', {
    before: step.before,
    closesAt: head.closesAt,
    withoutDraft: head.reminders?.withoutDraft ?? false,
  }),
});

/** The call's own deadline has passed, and this is what there was. */
export const closedBy = (head: CallHead, step: Step, counts: Omit<Closing, 'recordedAt'>, at: string): Advanced => ({
  head: { ...advanced(head, step), closing: { recordedAt: at, ...counts } },
  entry: bySystem(at, 'closed', { closesAt: head.closesAt, ...counts }),
});
