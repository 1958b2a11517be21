import { beforeAll, describe, expect, test } from 'vitest';
import { headItem } from '#shared/data/call-items.ts';
import { retentionChanges } from '#shared/data/retention-changes.ts';
import { RETENTION_DUE, type RetentionState, retentionKey } from '#shared/data/retention-items.ts';
import { retentionRepository } from '#shared/data/retention-repository.ts';
import { transact } from '#shared/data/transact.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { callHead } from '#test/support/calls.ts';
import { type GuardedTables, guardedTables } from './guarded-tables.ts';

const AT = '2024-04-01T00:00:00.000Z';
const LATER = '2024-04-02T00:00:00.000Z';

let world: GuardedTables;
let changes: ReturnType<typeof retentionChanges>;
let retention: ReturnType<typeof retentionRepository>;
beforeAll(async () => {
  world = await guardedTables(['calls', 'history']);
  changes = retentionChanges(world.db, world.tables);
  retention = retentionRepository(world.db, world.tables.calls);
});

/** Lays down a call and what is deleted of it. `stored` is what is there instead of what was read. */
const putCall = async (
  { kind, lastClosesAt }: Pick<RetentionState, 'kind'> & Pick<CallHead, 'lastClosesAt'>,
  stored: { readonly head?: Partial<CallHead>; readonly state?: Readonly<Record<string, unknown>> } = {},
) => {
  const head = callHead({ callId: generateId(), lastClosesAt });
  const state: RetentionState = { callId: head.callId, startedAt: AT, done: [], kind, ...(kind && { count: 0 }) };
  const listed = { ...retentionKey(head.callId), due: RETENTION_DUE, dueAt: AT };
  await world.put('calls', headItem({ ...head, ...stored.head }), { ...state, ...listed, ...stored.state });
  return { head, state };
};

type Read = Awaited<ReturnType<typeof putCall>>;

/** Deletes something of the call. @returns whether it was deleted */
const count = async ({ head, state }: Read): Promise<boolean> =>
  (await transact(world.db, changes.counting(head, state))).length === 0;

const advance = ({ state }: Read): Promise<boolean> => changes.advance(state, { shard: 1 });

const finish = ({ head, state }: Read) => changes.finish(head, state, LATER, undefined);

const begin = ({ head, state }: Read) => changes.begin(head, state, 'drafts', LATER);

describe.each<[string, Record<string, unknown>]>([
  ['begun anew by another seal', { startedAt: LATER }],
  ['gone over to another kind', { kind: 'personal' }],
])('deleting that has %s meanwhile', (_, state) => {
  test('counts nothing, comes no further and does not end', async () => {
    const read = await putCall({ kind: 'drafts' }, { state });
    await world.withoutTrace(async () => {
      expect(await count(read)).toBe(false);
      expect(await advance(read)).toBe(false);
      expect(await finish(read)).toBe('moved');
    });
  });
});

test.each<[string, Record<string, unknown>]>([
  ['which another seal has begun anew', { startedAt: LATER }],
  ['which has begun already', { kind: 'drafts', count: 0 }],
])('deleting %s meanwhile is not begun', async (_, state) => {
  const read = await putCall({}, { state });
  expect(await world.withoutTrace(() => begin(read))).toBe('moved');
});

test.each<[string, Pick<CallHead, 'lastClosesAt'>, Partial<CallHead>]>([
  ['the deadline of a call', {}, { closesAt: LATER }],
  ['the deadline of a call with granted ones', { lastClosesAt: AT }, { closesAt: LATER }],
  ['a granted deadline', { lastClosesAt: AT }, { lastClosesAt: LATER }],
  ['the first granted deadline', {}, { lastClosesAt: LATER }],
])('nothing is deleted once %s was moved', async (_, granted, head) => {
  const read = await putCall({ kind: 'drafts', ...granted }, { head });
  expect(await world.withoutTrace(() => count(read))).toBe(false);
});

test.each<[string, Record<string, unknown>]>([
  ['another seal has begun anew', { startedAt: LATER }],
  ['has nothing left', { due: undefined }],
])('a call whose deleting %s is not put off', async (_, state) => {
  const { head } = await putCall({}, { state });
  expect(await world.withoutTrace(() => retention.putOff(head.callId, AT, LATER))).toBe(false);
});
