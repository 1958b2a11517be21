import type { CallHead } from '#shared/domain/call/call-head.ts';
import {
  type DeadlineScope,
  deadlineInForce,
  type GrantedDeadline,
  grantedWithin,
  ownerOf,
} from '#shared/domain/deadline/deadline-in-force.ts';
import { bySystem, type HistoryEntry } from '#shared/domain/history/entry.ts';
import { drainedAt, remindersOf } from './steps.ts';

/** A step of a deadline that a category, a unit or a unit in a category was granted. `before`: of a reminder, ms. */
interface ScopedStep {
  readonly at: number;
  readonly deadline: GrantedDeadline;
  readonly before?: number;
}

const stepsOfDeadline = (head: CallHead, deadline: GrantedDeadline): ScopedStep[] => {
  const { closesAt, setAt: deadlineSetAt } = deadline;
  const reminders = remindersOf({ opensAt: head.opensAt, closesAt, deadlineSetAt, reminders: head.reminders });
  return [...reminders.map(({ at, before }) => ({ at, before, deadline })), { at: drainedAt(closesAt), deadline }];
};

const toCome = (head: CallHead, granted: readonly GrantedDeadline[], advancedTo: string | undefined): ScopedStep[] => {
  const mark = advancedTo === undefined ? Number.NEGATIVE_INFINITY : Date.parse(advancedTo);
  return granted
    .flatMap((deadline) => stepsOfDeadline(head, deadline))
    .filter(({ at }) => at > mark)
    .sort((one, other) => one.at - other.at);
};

/** When deadlines that lie together are next to be looked at, ms. */
export const scopedDueAt = (
  head: CallHead,
  granted: readonly GrantedDeadline[],
  advancedTo: string | undefined,
): number | undefined => toCome(head, granted, advancedTo)[0]?.at;

const scopeOf = ({ category, unitId }: DeadlineScope): DeadlineScope => ({
  ...(category === undefined ? {} : { category }),
  ...(unitId === undefined ? {} : { unitId }),
});

const entryOf = (head: CallHead, { deadline, before }: ScopedStep, at: string): HistoryEntry => {
  const { closesAt } = deadline;
  return before === undefined
    ? bySystem(at, 'closed', { ...scopeOf(deadline), closesAt })
    : bySystem(at, 'closing-soon', {
        ...{ ...scopeOf(deadline), before, closesAt },
        withoutDraft: head.reminders?.withoutDraft ?? false,
      });
};

/**
 * What is to be told at `now` (ms) of deadlines that lie together, in order. As with the call's own, of several reminders of one deadline only the latest is,
 * and none once it has passed. A deadline that does not hold, because the call or another scope has a later one, is told nothing of.
 *
 * @param granted what lies together, and whatever else was granted to categories and to the unit
 * @param ofItem which of these lie together
 */
export const scopedEntries = (
  head: CallHead,
  granted: readonly GrantedDeadline[],
  { ofItem, advancedTo }: { readonly ofItem: readonly GrantedDeadline[]; readonly advancedTo?: string | undefined },
  now: number,
): HistoryEntry[] => {
  const passed = toCome(head, ofItem, advancedTo).filter(({ at }) => at <= now);
  const isLatest = (step: ScopedStep): boolean =>
    step === passed.findLast(({ deadline, before }) => deadline === step.deadline && before !== undefined);
  const holds = ({ deadline }: ScopedStep): boolean => {
    const { owner, closesAt } = deadlineInForce(head, grantedWithin(granted, deadline));
    return owner === ownerOf(deadline) && closesAt === deadline.closesAt;
  };
  return passed
    .filter((step) => step.before === undefined || (isLatest(step) && now < Date.parse(step.deadline.closesAt)))
    .filter(holds)
    .map((step) => entryOf(head, step, new Date(now).toISOString()));
};
