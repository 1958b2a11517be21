import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getCallHistory } from '#functions/calls/get-call-history/get-call-history.ts';
import { getProgress } from '#functions/calls/get-progress/get-progress.ts';
import { listCalls } from '#functions/calls/list-calls/list-calls.ts';
import { listExtensions } from '#functions/calls/list-extensions/list-extensions.ts';
import { listLateAttempts } from '#functions/calls/list-late-attempts/list-late-attempts.ts';
import { listCallSubmissions } from '#functions/submissions/list-call-submissions/list-call-submissions.ts';
import { listSubmissions } from '#functions/submissions/list-submissions/list-submissions.ts';
import { EXAMPLE_CALL_ID } from '#infra/local/seed/example-call.ts';
import { actorNames } from '#shared/data/actor-names.ts';
import { batchPut } from '#shared/data/batch-put.ts';
import { headItem } from '#shared/data/call-items.ts';
import { definitionPart } from '#shared/data/call-parts.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { historyOfCall, recorded } from '#shared/data/history-items.ts';
import { historyRepository } from '#shared/data/history-repository.ts';
import { lateAttemptsRepository } from '#shared/data/late-attempts-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { lateKey } from '#shared/data/submission-items.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { TALLY_SHARDS } from '#shared/data/tally-items.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { manySubmissionId, manyUnitId, seedSubmissions } from '#test/support/many-submissions.ts';
import { addChangde, CATEGORY } from './changde.ts';
import type { FlowStores } from './flow-stores.ts';
import { meter } from './meter.ts';
import { describeTables } from './metered-tables.ts';

type Tables = Pick<FlowStores, 'db' | 'tables'>;

/** How many pages of a list are looked at: the first one, and some further on. */
const PAGES = 3;

/** Of each list, so that there are so many pages of twenty. */
const LEAST = 60;

const BEGAN = Date.UTC(2022, 2, 10);
const SUBMISSIONS_PER_UNIT = 10;

/** Of every hundred submissions of a call. */
const PER_HUNDRED = { late: 10, extensions: 1, changes: 1, otherCalls: 1 };

const times = <Made>(count: number, make: (place: number) => Made): Made[] =>
  Array.from({ length: count }, (_, place) => make(place));

const atPlace = (place: number): string => toInstant(BEGAN + place * 10);

/** Fills the Changde call as such a number of submissions would: every other one a draft, and with the lists that grow beside them. */
const fillCall = async ({ db, tables }: Tables, call: CallHead, count: number): Promise<void> => {
  // Enough for the pages that are looked at, in a small call too.
  const share = (perHundred: number): number => Math.max(LEAST, Math.ceil((count * perHundred) / 100));
  await seedSubmissions(
    { db, tables },
    {
      ...{ call, count, perUnit: SUBMISSIONS_PER_UNIT, submittedFrom: BEGAN },
      categories: [{ code: CATEGORY, countedIn: ['2', CATEGORY] }],
      answersOf: () => ({ name: '学会能力提升' }),
      isDraft: (place) => place % 2 === 0,
    },
  );
  await batchPut(
    db,
    tables.submissions,
    times(share(PER_HUNDRED.late), (place) => ({
      ...lateKey(manySubmissionId(place)),
      ...{ first: atPlace(place), last: atPlace(place), count: 1, howLate: 1_000, lateOf: call.callId },
      ...{ unitId: manyUnitId(Math.floor(place / SUBMISSIONS_PER_UNIT)), category: CATEGORY },
    })),
  );
  await batchPut(
    db,
    tables.history,
    times(share(PER_HUNDRED.changes), (place) => ({
      ...recorded(
        '',
        historyOfCall(call.callId),
        call.revision + 1 + place,
        byOfficer('demo-officer', atPlace(place), 'saved'),
      ).Put?.Item,
    })),
  );
  const definition = { callId: call.callId, item: definitionPart(call.publishedContent ?? '') };
  const { Item: said } = await db.send(new GetCommand({ TableName: tables.calls, Key: definition }));
  const others = times(share(PER_HUNDRED.otherCalls), (place) => `other-${place}`);
  await batchPut(
    db,
    tables.calls,
    others.flatMap((callId) => [{ ...headItem({ ...call, callId }) }, { ...said, callId }]),
  );
  const deadlines = deadlinesRepository(db, tables.calls);
  const { closesAt, closesAtLocal, closesText } = call;
  for (const unitId of times(share(PER_HUNDRED.extensions), manyUnitId)) {
    const granted = { unitId, closesAt, closesAtLocal, closesText, setAt: toInstant(BEGAN) };
    for (const { Update } of deadlines.granting(call.callId, { unitId }, [granted]))
      if (Update !== undefined) await db.send(new UpdateCommand(Update));
  }
};

const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().optional() });

interface Asked {
  readonly handler: HttpHandler;
  readonly query?: Readonly<Record<string, string>>;
  readonly subject?: string;
}

/** The lists, each wired as its handler.ts wires it. */
const listsOf = ({ db, tables }: Tables): Readonly<Record<string, Asked>> => {
  const calls = callsRepository(db, tables.calls);
  const memberships = membershipsRepository(db, tables.memberships);
  const organizations = organizationsRepository(db, tables.organizations);
  const submissions = submissionsRepository(db, tables.submissions);
  const tallies = talliesRepository(db, tables.tallies);
  const deadlines = deadlinesRepository(db, tables.calls);
  const timelines = timelineRepository(db, tables.calls);
  const history = historyRepository(db, tables.history);
  const names = actorNames(db, tables.memberships);
  const progress = getProgress({ calls, memberships, organizations, submissions, tallies, timelines });
  const lateAttempts = lateAttemptsRepository(db, tables.submissions);
  return {
    submissionsOfCall: { handler: listCallSubmissions({ calls, memberships, tallies, submissions }) },
    progressOfDrafts: { handler: progress, query: { show: 'drafts' } },
    progressOfSubmitted: { handler: progress, query: { show: 'submitted' } },
    lateAttempts: { handler: listLateAttempts({ calls, lateAttempts, memberships, organizations }) },
    extensions: { handler: listExtensions({ calls, deadlines, memberships, organizations }) },
    historyOfCall: { handler: getCallHistory({ calls, memberships, history, names }) },
    submissionsOfUnit: { handler: listSubmissions({ memberships, submissions }), subject: 'applicant' },
    publishedCalls: { handler: listCalls({ calls }) },
  };
};

/** Read units of pages, and how many items they had. */
export interface PageCost {
  readonly rru: number;
  readonly items: number;
}

/** Lists that ask each shard for a hundred tallies at most, which are one read unit more than the few that a small call has in it. */
const ASKING_SHARDS = new Set(['progressOfDrafts', 'progressOfSubmitted']);

/** By how many read units a page may cost more in a larger call: it looks at whole units, queries and kilobytes, and a unit more or less is no growth. */
const toleranceOf = (list: string): number => (ASKING_SHARDS.has(list) ? TALLY_SHARDS : 3);

/** The lists of which a page costs more in a larger call than in a smaller one, with both costs. */
export const grownLists = (
  small: Readonly<Record<string, PageCost>>,
  large: Readonly<Record<string, PageCost>>,
): string[] =>
  Object.entries(large).flatMap(([list, { rru }]) => {
    const before = small[list]?.rru ?? 0;
    return rru > before + toleranceOf(list) ? [`${list}: ${rru} read units, and ${before} in a smaller call`] : [];
  });

/**
 * What a page of each list of a call reads at most, in a call of so many submissions.
 * @param stores with empty tables
 * @param observer sees the same tables
 */
export const measureListPages = async (
  stores: Tables,
  observer: DynamoDBClient,
  { count, limit }: { readonly count: number; readonly limit: number },
): Promise<Record<string, PageCost>> => {
  const { db, tables } = stores;
  await addChangde(stores);
  const call = await callsRepository(db, tables.calls).head(EXAMPLE_CALL_ID);
  if (call === undefined) throw new Error('The Changde call is not there');
  await fillCall(stores, call, count);
  await membershipsRepository(db, tables.memberships).put({
    ...{ subject: 'applicant', organizationId: manyUnitId(0), role: 'applicant' },
  });
  const counted = meter(db, await describeTables(observer, tables), observer);

  const pageOf = async ({ handler, query = {}, subject = 'demo-officer' }: Asked, cursor: string | undefined) => {
    const { statusCode, body } = await handler(
      httpEvent({
        claims: { sub: subject, token_use: 'access' },
        pathParameters: { callId: EXAMPLE_CALL_ID },
        query: { limit: String(limit), ...query, ...(cursor === undefined ? {} : { cursor }) },
        receivedAt: Date.now(),
      }),
      lambdaContext(),
    );
    if (statusCode !== 200) throw new Error(`A list was answered with ${statusCode}: ${body}`);
    return Page.parse(JSON.parse(body ?? ''));
  };

  const costs: Record<string, PageCost> = {};
  for (const [name, asked] of Object.entries(listsOf(stores))) {
    // Once before: what an instance keeps of a definition is read once.
    await pageOf(asked, undefined);
    const pages: PageCost[] = [];
    let cursor: string | undefined;
    do {
      const { result, usage } = await counted.measure(() => pageOf(asked, cursor));
      pages.push({ rru: usage.rru, items: result.items.length });
      cursor = result.nextCursor;
    } while (cursor !== undefined && pages.length < PAGES);
    costs[name] = {
      rru: Math.max(...pages.map(({ rru }) => rru)),
      items: Math.max(...pages.map(({ items }) => items)),
    };
  }
  return costs;
};
