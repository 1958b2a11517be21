import { nextSampleAt } from './sampling.ts';
import { type Step, stepsOf, type Timetable } from './steps.ts';

/** Steps that are not done: `advancedTo` (instant) is the watermark, what lies at it or before it is done. */
const toCome = (steps: readonly Step[], advancedTo: string | undefined): readonly Step[] => {
  const mark = advancedTo === undefined ? Number.NEGATIVE_INFINITY : Date.parse(advancedTo);
  return steps.filter(({ at }) => at > mark);
};

/** When the next step is due, ms. */
const nextDueAt = (steps: readonly Step[], advancedTo: string | undefined): number | undefined =>
  toCome(steps, advancedTo)[0]?.at;

/**
 * The first step to be done at `now` (ms). After a late tick, of several reminders only the latest is, and none once the deadline (instant) has passed:
 * nobody is told that a day is left when an hour is.
 */
export const dueStep = (
  steps: readonly Step[],
  { advancedTo, closesAt }: { readonly advancedTo?: string | undefined; readonly closesAt: string },
  now: number,
): Step | undefined => {
  const passed = toCome(steps, advancedTo).filter(({ at }) => at <= now);
  const reminder = now < Date.parse(closesAt) ? passed.findLast(({ kind }) => kind === 'reminder') : undefined;
  return passed.find((step) => step.kind !== 'reminder' || step === reminder);
};

/** When a call's head is to be looked at again, ms: at its next step, or when its progress is next counted. */
export const headDueAt = (head: Timetable & { readonly sampledTo?: string | undefined }): number | undefined => {
  const times = [nextDueAt(stepsOf(head), head.advancedTo), nextSampleAt(head)].flatMap((time) => time ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
};
