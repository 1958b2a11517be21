import * as z from 'zod';
import { TimelineAction } from '#shared/contract/timeline.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import {
  type DeadlineScope,
  deadlineInForce,
  type GrantedDeadline,
  grantedWithin,
} from '#shared/domain/deadline/deadline-in-force.ts';
import { isSealed, latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import { drainedAt, remindersOf } from './steps.ts';

/** Who reads a timeline: an officer of the organiser, or somebody of these units. */
export interface TimelineReader {
  readonly isOfficer: boolean;
  readonly units: readonly string[];
}

/** What an entry of a call's history says of its timeline. */
const Details = z.object({
  category: z.string().optional(),
  unitId: z.string().optional(),
  closesAt: z.string().optional(),
});

export interface ToldAction extends z.output<typeof Details> {
  readonly action: TimelineAction;
}

/** Reminders are between the organiser and those reminded. */
const FOR_OFFICERS: ReadonlySet<string> = new Set(['closing-soon', 'unpublished', 'publication-restored']);

const concerns = ({ isOfficer, units }: TimelineReader, { unitId }: DeadlineScope): boolean =>
  isOfficer || unitId === undefined || units.includes(unitId);

/** What somebody is told of an entry; undefined for what is no part of the timeline, or of theirs. */
export const toldAction = (entry: HistoryEntry, reader: TimelineReader): ToldAction | undefined => {
  const { data: action } = TimelineAction.safeParse(entry.action);
  if (action === undefined || (FOR_OFFICERS.has(action) && !reader.isOfficer)) return undefined;
  const details = Details.parse(entry.details ?? {});
  return concerns(reader, details) ? { action, ...details } : undefined;
};

/**
 * What an entry says, as far as somebody is told: how much there was at the close is the organiser's to know, as progress is, while a reopening may let others
 * still hand in.
 */
export const toldDetails = (
  { details = {} }: HistoryEntry,
  { isOfficer }: TimelineReader,
): Readonly<Record<string, unknown>> => {
  if (isOfficer) return details;
  const { submissions: _submissions, units: _units, drafts: _drafts, ...others } = details;
  return others;
};

/** A step that lies ahead, at an instant in ms. */
export interface StepAhead extends DeadlineScope {
  readonly step: 'opens' | 'reminder' | 'closes' | 'seals';
  readonly at: number;
  /** Of a reminder, ms. */
  readonly before?: number;
}

const aheadOf = (
  head: CallHead,
  { closesAt, deadlineSetAt }: { closesAt: string; deadlineSetAt?: string | undefined },
  scope: DeadlineScope,
): StepAhead[] => [
  ...remindersOf({ opensAt: head.opensAt, closesAt, deadlineSetAt, reminders: head.reminders }).map(
    ({ at, before }) => ({ step: 'reminder' as const, at, before, ...scope }),
  ),
  { step: 'closes', at: Date.parse(closesAt), ...scope },
];

/** Deadlines that hold for somebody: later than all wider ones. */
const holding = (head: CallHead, granted: readonly GrantedDeadline[]): GrantedDeadline[] =>
  granted.filter((one) => {
    const others = grantedWithin(granted, one).filter((other) => other !== one);
    return one.closesAt > deadlineInForce(head, others).closesAt;
  });

/**
 * What is to come after `now` (ms) of a published call, in order. The seal comes once nobody can submit any more and all is in, or as soon as may be where
 * that was before.
 *
 * @param granted deadlines of categories and units, as far as they are to be told of
 */
export const stepsAhead = (
  head: CallHead,
  granted: readonly GrantedDeadline[],
  reader: TimelineReader,
  now: number,
): StepAhead[] => {
  if (head.publishedVersion === undefined) return [];
  const dated: StepAhead[] = [
    { step: 'opens', at: Date.parse(head.opensAt) },
    ...aheadOf(head, head, {}),
    ...holding(head, granted)
      .filter((one) => concerns(reader, one))
      .flatMap((one) =>
        aheadOf(
          head,
          { closesAt: one.closesAt, deadlineSetAt: one.setAt },
          {
            ...(one.category === undefined ? {} : { category: one.category }),
            ...(one.unitId === undefined ? {} : { unitId: one.unitId }),
          },
        ),
      ),
  ];
  return [
    ...dated.filter(({ step, at }) => at > now && (step !== 'reminder' || reader.isOfficer)),
    ...(isSealed(head) ? [] : [{ step: 'seals' as const, at: Math.max(drainedAt(latestDeadline(head)), now) }]),
  ].sort((one, other) => one.at - other.at);
};
