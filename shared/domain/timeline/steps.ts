import { isSealed, latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import type { ReminderPlan } from './reminders.ts';

/** A submit received just before the deadline is under way for at most the function's time-out, 20 s; the rest is margin. */
const DRAIN_MS = 120_000;

/** When everything received before a deadline (instant) has been written or given up, ms. */
export const drainedAt = (closesAt: string): number => Date.parse(closesAt) + DRAIN_MS;

/** Where the last deadline is the call's own, close and seal would be due at once: the watermark tells them apart by this, ms. */
const AFTER_CLOSE_MS = 1;

/** How much later a seal that was begun is begun again, if need be, ms: a hundred thousand submissions are sealed in less. */
const SEAL_AGAIN_MS = 15 * 60_000;

/** What is to be done at an instant, ms. `before`: the reminder's span before the deadline, ms. */
export type Step = { readonly kind: 'opens' | 'closes' | 'seals'; readonly at: number } | Reminder;

export interface Reminder {
  readonly kind: 'reminder';
  readonly at: number;
  readonly before: number;
}

/** A deadline with its reminders: the call's own, or one that was granted. */
interface RemindedDeadline {
  readonly opensAt: string;
  readonly closesAt: string;
  readonly deadlineSetAt?: string | undefined;
  readonly reminders?: ReminderPlan | undefined;
}

/** What a head says of its call's timeline; all times are instants. */
export interface Timetable extends RemindedDeadline {
  readonly publishedVersion?: number | undefined;
  readonly lastClosesAt?: string | undefined;
  readonly advancedTo?: string | undefined;
  readonly seal?: { readonly through: string } | undefined;
}

/**
 * The reminders of a deadline, in order: none before the call opens, and none that lie before the deadline was set, whether by publication, by extension or
 * by an early close: who hears of the new deadline needs no reminder of it too.
 */
export const remindersOf = ({
  opensAt,
  closesAt,
  deadlineSetAt = opensAt,
  reminders,
}: RemindedDeadline): Reminder[] => {
  const from = Math.max(Date.parse(opensAt), Date.parse(deadlineSetAt));
  return (reminders?.before ?? [])
    .map((before) => ({ kind: 'reminder' as const, at: Date.parse(closesAt) - before, before }))
    .filter(({ at }) => at > from)
    .sort((one, other) => one.at - other.at);
};

/** When sealing begins: once all is in, and again after a while as long as no seal has come of it. */
const sealing = (timetable: Timetable): Step[] => {
  if (isSealed(timetable)) return [];
  const at = drainedAt(latestDeadline(timetable)) + AFTER_CLOSE_MS;
  const advancedTo = timetable.advancedTo === undefined ? undefined : Date.parse(timetable.advancedTo);
  return [{ kind: 'seals', at: advancedTo !== undefined && at <= advancedTo ? advancedTo + SEAL_AGAIN_MS : at }];
};

/** Every step of a call, done or to come, in order. A call that is not published has none. */
export const stepsOf = (timetable: Timetable): Step[] => {
  if (timetable.publishedVersion === undefined) return [];
  return [
    { kind: 'opens', at: Date.parse(timetable.opensAt) },
    ...remindersOf(timetable),
    { kind: 'closes', at: drainedAt(timetable.closesAt) },
    ...sealing(timetable),
  ];
};
