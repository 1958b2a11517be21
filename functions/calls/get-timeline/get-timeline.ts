import * as contract from '#shared/contract/timeline.ts';
import type { ActorNames } from '#shared/data/actor-names.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { historyOfCall, type RecordedEntry } from '#shared/data/history-items.ts';
import { HistoryPosition, type HistoryRepository } from '#shared/data/history-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { withActors } from '#shared/data/present-history.ts';
import { unitNames } from '#shared/data/unit-names.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { statusOf } from '#shared/domain/call/status.ts';
import type { GrantedDeadline } from '#shared/domain/deadline/deadline-in-force.ts';
import { deadlineAt } from '#shared/domain/deadline/window-of.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { inRole } from '#shared/domain/organization/in-role.ts';
import {
  stepsAhead,
  type TimelineReader,
  type ToldAction,
  toldAction,
  toldDetails,
} from '#shared/domain/timeline/readers.ts';
import { handle } from '#shared/http/handle.ts';
import { aheadText, happenedText } from '#shared/http/timeline-sentences.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly memberships: Pick<MembershipsRepository, 'ofSubject'>;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
  readonly deadlines: Pick<DeadlinesRepository, 'grantedToUnit' | 'pageOfCall'>;
  readonly history: HistoryRepository;
  readonly names: ActorNames;
}

/** Entries a request looks through: much of a history is saves of drafts of the call, which are no part of its timeline. */
const ENTRIES_PER_QUERY = 100;
const MOST_QUERIES = 5;

/** Of what was granted to single categories and units an officer is shown so many items, and somebody of many units those of the first so many. */
const MOST_GRANTED = 100;
const MOST_UNITS = 10;

interface Told {
  readonly entry: RecordedEntry;
  readonly told: ToldAction;
}

export const getTimeline = ({ calls, memberships, organizations, deadlines, history, names }: Dependencies) => {
  /** The next entries that the reader is told of. */
  const happened = async (
    callId: string,
    reader: TimelineReader,
    { limit, order }: { limit: number; order: 'oldest' | 'newest' },
    from: HistoryPosition | undefined,
  ): Promise<{ found: Told[]; next?: HistoryPosition }> => {
    const found: Told[] = [];
    let after = from;
    for (let query = 1; query <= MOST_QUERIES; query += 1) {
      const page = await history.page(historyOfCall(callId), { limit: ENTRIES_PER_QUERY, order, after });
      for (const entry of page.entries) {
        const told = toldAction(entry, reader);
        if (told !== undefined && found.length === limit) return { found, ...(after && { next: after }) };
        if (told !== undefined) found.push({ entry, told });
        after = { entry: entry.entry };
      }
      if (page.next === undefined) return { found };
    }
    return { found, ...(after && { next: after }) };
  };

  const grantedTo = async (callId: string, { isOfficer, units }: TimelineReader): Promise<GrantedDeadline[]> => {
    // Those of categories come first; what of the rest is nobody's business is left out later.
    if (isOfficer || units.length === 0) return (await deadlines.pageOfCall(callId, MOST_GRANTED, undefined)).granted;
    const all = await Promise.all(units.slice(0, MOST_UNITS).map((unitId) => deadlines.grantedToUnit(callId, unitId)));
    // What a category was granted comes with each unit.
    return all.flatMap((granted, place) => granted.filter(({ unitId }) => place === 0 || unitId !== undefined));
  };

  const readerOf = async (head: CallHead, subject: string): Promise<TimelineReader> => {
    const roles = await memberships.ofSubject(subject);
    return { isOfficer: inRole(roles, 'officer').includes(head.organiser), units: inRole(roles, 'applicant') };
  };

  return handle(contract.getTimeline, async ({ params: { callId }, query, actor: { subject }, receivedAt, locale }) => {
    const head = await calls.head(callId);
    if (head === undefined) throw new DomainError('NOT_FOUND');
    const reader = await readerOf(head, subject);
    if (!reader.isOfficer && head.publishedVersion === undefined) throw new DomainError('NOT_FOUND');
    const list = `calls/${callId}/timeline?${query.order}`;
    const [{ found, next }, granted] = await Promise.all([
      happened(callId, reader, query, decodeCursor(list, HistoryPosition, query.cursor)),
      grantedTo(callId, reader),
    ]);
    const ahead = stepsAhead(head, granted, reader, receivedAt);
    const [actors, unitName] = await Promise.all([
      withActors(
        names,
        found.map(({ entry }) => entry),
        { organiser: head.organiser, knows: () => reader.isOfficer },
      ),
      unitNames(organizations, [...found.map(({ told }) => told.unitId), ...ahead.map(({ unitId }) => unitId)]),
    ]);
    const momentOf = (at: string) => ({ at, atLocal: deadlineAt(at, head.timezone).closesAtLocal });
    const whose = ({ category, unitId }: { category?: string | undefined; unitId?: string | undefined }) => ({
      category,
      unit: unitId === undefined ? undefined : (unitName.get(unitId) ?? unitId),
    });
    return {
      body: {
        ...{ callId, status: statusOf(head, receivedAt), timezone: head.timezone },
        items: found.map(({ entry, told }, place) => {
          const { subject: by, name } = actors[place]?.by ?? {};
          return {
            ...told,
            ...momentOf(entry.at),
            text: happenedText(told.action, toldDetails(entry, reader), whose(told), locale),
            ...(by === undefined ? {} : { by: { subject: by, ...(name === undefined ? {} : { name }) } }),
          };
        }),
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
        toCome: ahead.map(({ at, ...step }) => ({
          ...step,
          ...momentOf(toInstant(at)),
          text: aheadText(step.step, { before: step.before, ...whose(step) }, locale),
        })),
      },
    };
  });
};
