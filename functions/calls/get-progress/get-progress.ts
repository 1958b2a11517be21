import * as contract from '#shared/contract/progress.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import { categoryInForce, type Definitions, unknownCategory } from '#shared/data/category-rules.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { headForOfficer } from '#shared/data/head-for-officer.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { countProgress } from '#shared/data/progress-counts.ts';
import { TalliedPosition } from '#shared/data/progress-pages.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import type { TimelineRepository } from '#shared/data/timeline-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { categoryPlaces } from '#shared/domain/call/category-tree.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import { limitsToTell } from '#shared/domain/eligibility/judge-limits.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { limitsOfCall, nodesOf } from '#shared/domain/limits/limits-of-call.ts';
import { MOST_SHOWN, presentTotals, presentUnit } from '#shared/domain/progress/present.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { type FoundUnit, UnitAfter, type UnitPorts, unitsWith, unitsWithNothing, type Wanted } from './units-shown.ts';

export interface Dependencies extends UnitPorts {
  readonly calls: Definitions & Pick<CallsRepository, 'head' | 'definition'>;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly tallies: UnitPorts['tallies'] & Pick<TalliesRepository, 'allOfCall'>;
  readonly submissions: Pick<SubmissionsRepository, 'heads'>;
  readonly timelines: Pick<TimelineRepository, 'lastSamples'>;
}

/** Twelve days of hours, or nine and the last day. */
const MOST_SAMPLES = 300;

export const getProgress = (ports: Dependencies) => {
  const { calls, memberships, tallies, submissions, timelines } = ports;

  /** How many fields the forms of these categories have, as far as the version in force has them: each form is read once per instance. */
  const fieldsIn = async (
    head: CallHead,
    call: CallDefinitionWithoutForms,
    codes: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, number>> => {
    const known = categoryPlaces(call.categories).filter(({ category }) => codes.has(category.code));
    return new Map(
      await Promise.all(
        known.map(async ({ category: { code } }) => {
          const { form } = await categoryInForce(calls, head, code);
          return [code, fieldsOf(form).all.length] as const;
        }),
      ),
    );
  };

  const present = async (head: CallHead, call: CallDefinitionWithoutForms, found: readonly FoundUnit[]) => {
    const shown = found.flatMap(({ tally }) =>
      tally === undefined ? [] : [...tally.drafts.slice(0, MOST_SHOWN), ...tally.submitted.slice(0, MOST_SHOWN)],
    );
    const byUnit = Map.groupBy(await submissions.heads(shown), ({ unitId }: SubmissionHead) => unitId);
    const drafted = [...byUnit.values()].flat().filter(({ status }) => status === 'draft');
    const fields = await fieldsIn(head, call, new Set(drafted.map(({ category }) => category)));
    const limits = limitsOfCall(call);
    return found.map(({ tally, ...unit }) => {
      const counted = limits.map((scope) => ({ scope, count: tally?.counted.get(scope.code ?? '') ?? 0 }));
      return presentUnit(
        {
          ...unit,
          draftCount: tally?.drafts.length ?? 0,
          submissionCount: tally?.submitted.length ?? 0,
          heads: byUnit.get(unit.unitId) ?? [],
          limits: limitsToTell(call, counted).filter(({ scope, count }) => scope.code === undefined || count > 0),
        },
        fields,
      );
    });
  };

  const page = async (show: 'nothing' | 'drafts' | 'submitted', wanted: Wanted, cursor: string | undefined) => {
    const list = `calls/${wanted.callId}/progress?${show}&${wanted.category ?? ''}`;
    const { units, next } =
      show === 'nothing'
        ? await unitsWithNothing(ports, wanted, decodeCursor(list, UnitAfter, cursor))
        : await unitsWith(ports, show, wanted, decodeCursor(list, TalliedPosition, cursor));
    return { units, ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }) };
  };

  /** What there is in all, and how it came to be. */
  const totals = async (
    callId: string,
    call: CallDefinitionWithoutForms,
    category: string | undefined,
    now: number,
  ) => {
    const [counted, samples] = await Promise.all([
      countProgress(tallies, callId),
      timelines.lastSamples(callId, MOST_SAMPLES),
    ]);
    const nothing = { submissions: 0, units: 0, drafts: 0 };
    return {
      totals: presentTotals(counted, nodesOf(call.categories), toInstant(now)),
      overTime: samples.map(({ countedAt, categories, submissions, units, drafts }) => ({
        at: countedAt,
        ...(category === undefined ? { submissions, units, drafts } : (categories[category] ?? nothing)),
      })),
    };
  };

  return handle(contract.getProgress, async ({ params: { callId }, query, actor, receivedAt }) => {
    const head = await headForOfficer({ calls, memberships }, callId, actor.subject);
    const call = await calls.definition(callId, callInForce(head).content);
    const { show, category, limit, cursor } = query;
    const open = categoryPlaces(call.categories).filter(
      (place) => category === undefined || place.category.code === category,
    );
    if (open.length === 0) throw unknownCategory();
    const applicants = new Set(open.flatMap((place) => place.category.applicants));
    const wanted = { callId, organiser: head.organiser, applicants, category, limit };
    const { units, nextCursor } = await page(show, wanted, cursor);
    return {
      body: {
        ...{ callId, show, items: await present(head, call, units) },
        ...(nextCursor === undefined ? {} : { nextCursor }),
        ...(query.totals === 'true' ? await totals(callId, call, category, receivedAt) : {}),
      },
    };
  });
};
