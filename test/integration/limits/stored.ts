import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Eligibility } from '#shared/contract/eligibility.ts';
import { ListedSubmission, SubmissionHead } from '#shared/contract/submissions.ts';
import { tallyKey } from '#shared/data/tally-items.ts';
import { send } from '#test/support/submission-world.ts';
import type { Run } from './limits-world.ts';
import { countOf, type Kept, limitsOver, type State } from './model.ts';
import { CALL_TITLE, CATEGORIES, clauseOf, titleOf, UNITS, type Unit, type User } from './small-call.ts';

/** All that can be seen of a run's call, by name; text, so that two of them are compared and shown line by line. */
export type Seen = ReadonlyMap<string, string>;

/** A user to ask for each unit. */
const ASKED: Readonly<Record<Unit, User>> = { a: 'first', b: 'third', c: 'fourth' };

const sorted = (lines: readonly string[]): string => [...lines].sort().join('\n');
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

const TallyItem = z.looseObject({ unitId: z.string(), shard: z.string() });

const seenTallies = async ({ world, callId, unitId }: Run): Promise<[string, string][]> => {
  const { db, tables } = world;
  const Keys = UNITS.map((unit) => tallyKey(callId, unitId(unit)));
  const reply = await db.send(
    new BatchGetCommand({ RequestItems: { [tables.tallies]: { Keys, ConsistentRead: true } } }),
  );
  const items = (reply.Responses?.[tables.tallies] ?? []).map((item) => TallyItem.parse(item));
  return UNITS.map((unit) => {
    const { unitId: _unit, shard: _shard, ...sets } = items.find((item) => item.unitId === unitId(unit)) ?? {};
    return [
      `tally of ${unit}`,
      sorted(Object.entries(sets).map(([set, ids]) => `${set}: ${ids instanceof Set ? [...ids].sort() : 'no set'}`)),
    ];
  });
};

const expectedTallies = ({ kept }: State): [string, string][] =>
  UNITS.map((unit) => {
    const sets = new Map<string, string[]>();
    const add = (set: string, { id }: Kept): unknown => sets.set(set, [...(sets.get(set) ?? []), id]);
    for (const one of kept) {
      if (one.lead === unit) add(one.submitted === undefined ? 'drafts' : 'submitted', one);
      if (one.lead === unit && one.submitted === undefined) add(`draft#${one.category}`, one);
      if (one.submitted?.units.includes(unit)) for (const node of ['', ...one.submitted.nodes]) add(`in#${node}`, one);
    }
    return [`tally of ${unit}`, sorted([...sets].map(([set, ids]) => `${set}: ${ids.sort()}`))];
  });

const seenReceipts = async ({ app }: Run, receiptNos: readonly string[]): Promise<[string, string]> => {
  const checked = receiptNos.map(async (receiptNo) => {
    const { body } = await send(app.check, { params: { receiptNo } });
    return `${receiptNo} ${body.status ?? body.code}`;
  });
  return ['receipts', sorted(await Promise.all(checked))];
};

/** Receipts there are by the model: of what is submitted, and of what was withdrawn. */
export const receiptsOf = ({ kept, voided }: State): string[] => [
  ...kept.flatMap(({ submitted }) => submitted?.receiptNo ?? []),
  ...voided,
];

const expectedReceipts = (state: State): [string, string] => [
  'receipts',
  sorted(
    receiptsOf(state).map(
      (receiptNo) => `${receiptNo} ${state.voided.includes(receiptNo) ? 'withdrawn' : 'submitted'}`,
    ),
  ),
];

const OfficersList = listOf(SubmissionHead);

const seenByOfficer = async ({ app, callId }: Run): Promise<[string, string]> => {
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: '100', ...(cursor === undefined ? {} : { cursor }) };
    const { body } = await send(app.listOfCall, { subject: 'officer', params: { callId }, query });
    const { items, nextCursor } = OfficersList.parse(body);
    for (const { submissionId, unitId, category, status, receiptNo, partnerCount } of items)
      lines.push(`${submissionId} ${unitId} ${category} ${status} ${receiptNo} ${partnerCount}`);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return ["officer's list", sorted(lines)];
};

const expectedByOfficer = ({ kept }: State, { unitId }: Run): [string, string] => [
  "officer's list",
  sorted(
    kept.map(({ id, lead, category, submitted, partners }) => {
      const consenting = partners.filter(({ consents }) => consents).length;
      const status = submitted === undefined ? 'draft' : 'submitted';
      return `${id} ${unitId(lead)} ${category} ${status} ${submitted?.receiptNo} ${consenting}`;
    }),
  ),
];

const UnitsList = listOf(ListedSubmission);

const seenByUnit = async ({ app, unitId, subject }: Run, unit: Unit): Promise<[string, string]> => {
  const query = { limit: '100', unitId: unitId(unit) };
  const { body } = await send(app.list, { subject: subject(ASKED[unit]), query });
  const lines = UnitsList.parse(body).items.map(
    ({ submissionId, role, status, consentedAt }) => `${submissionId} ${role} ${status} ${consentedAt !== undefined}`,
  );
  return [`list of ${unit}`, sorted(lines)];
};

const expectedByUnit = ({ kept }: State, unit: Unit): [string, string] => [
  `list of ${unit}`,
  sorted(
    kept.flatMap(({ id, lead, submitted, partners }) => {
      const status = submitted === undefined ? 'draft' : 'submitted';
      const named = partners.find((partner) => partner.unit === unit);
      return [
        ...(lead === unit ? [`${id} lead ${status} false`] : []),
        ...(named === undefined ? [] : [`${id} partner ${status} ${named.consents}`]),
      ];
    }),
  ),
];

const seenPlaces = async ({ app, callId, unitId, subject }: Run, unit: Unit): Promise<[string, string]> => {
  const { body } = await send(app.eligibility, {
    ...{ subject: subject(ASKED[unit]), params: { callId }, query: { unitId: unitId(unit) } },
  });
  const lines = Eligibility.parse(body).categories.map(({ code, verdict, limits }) => {
    const places = limits.map(
      ({ title, limit, count, left, clause }) => `${title} ${count}/${limit} ${left} ${clause}`,
    );
    return `${code} ${verdict}: ${places.join(', ')}`;
  });
  return [`places of ${unit}`, sorted(lines)];
};

const expectedPlaces = (state: State, unit: Unit): [string, string] => [
  `places of ${unit}`,
  sorted(
    CATEGORIES.map((category) => {
      const limits = limitsOver(state.terms, category)
        .filter(({ node }) => node !== undefined || state.terms.call !== undefined)
        .map(({ node, limit }) => ({ node, limit, count: countOf(state, unit, node) }));
      const places = limits.map(({ node, limit, count }) => {
        const title = node === undefined ? CALL_TITLE : titleOf(node);
        return `${title} ${count}/${limit} ${Math.max(0, limit - count)} ${clauseOf(node)}`;
      });
      const isFull = limits.some(({ limit, count }) => count >= limit);
      return `${category} ${isFull ? 'mayNot' : 'mayApply'}: ${places.join(', ')}`;
    }),
  ),
];

/** The tallies, and the places left to one unit. */
export const glance = async (run: Run, unit: Unit): Promise<Seen> =>
  new Map([...(await seenTallies(run)), await seenPlaces(run, unit)]);

/** All there is to see: tallies, receipts, lists and places left. */
export const look = async (run: Run, receiptNos: readonly string[]): Promise<Seen> => {
  const found = await Promise.all([
    seenReceipts(run, receiptNos),
    seenByOfficer(run),
    ...UNITS.flatMap((unit) => [seenByUnit(run, unit), seenPlaces(run, unit)]),
  ]);
  return new Map([...(await seenTallies(run)), ...found]);
};

/** What there should be to see by the model. */
const expectedToBeSeen = (run: Run, state: State): Seen =>
  new Map([
    ...expectedTallies(state),
    expectedReceipts(state),
    expectedByOfficer(state, run),
    ...UNITS.flatMap((unit) => [expectedByUnit(state, unit), expectedPlaces(state, unit)]),
  ]);

/** Where what was seen is not as the model has it. */
export const differences = (run: Run, there: Seen, state: State): string[] => {
  const expected = expectedToBeSeen(run, state);
  return [...there].flatMap(([name, text]) =>
    expected.get(name) === text ? [] : [`${name}:\n${text}\ninstead of\n${expected.get(name)}`],
  );
};
