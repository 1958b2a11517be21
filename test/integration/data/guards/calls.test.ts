import { beforeAll, describe, expect, test } from 'vitest';
import { type CallChanges, callChanges } from '#shared/data/call-changes.ts';
import { DUE, headItem, headKey, versionItem } from '#shared/data/call-items.ts';
import { entryItem, historyOfCall } from '#shared/data/history-items.ts';
import { sampleItem } from '#shared/data/sample-items.ts';
import { beginSeal, SEAL_DUE, type SealItem, type SealUnderWay, sealKey } from '#shared/data/seal-items.ts';
import { sealsRepository } from '#shared/data/seals-repository.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { callHead } from '#test/support/calls.ts';
import { type GuardedTables, guardedTables } from './guarded-tables.ts';

const AT = '2022-04-01T00:00:00.000Z';
const LATER = '2022-04-01T00:00:00.001Z';
const ENTRY = bySystem(AT, 'saved');

let world: GuardedTables;
let changes: CallChanges;
let seals: ReturnType<typeof sealsRepository>;
let timeline: ReturnType<typeof timelineRepository>;
beforeAll(async () => {
  world = await guardedTables(['calls', 'history']);
  changes = callChanges(world.db, world.tables);
  seals = sealsRepository(world.db, world.tables);
  timeline = timelineRepository(world.db, world.tables.calls);
});

const newHead = (overrides: Partial<CallHead> = {}): CallHead => callHead({ callId: generateId(), ...overrides });

const putHead = async (overrides: Partial<CallHead> = {}): Promise<CallHead> => {
  const head = newHead(overrides);
  await world.put('calls', headItem(head));
  return head;
};

const next = (head: CallHead): CallHead => ({ ...head, revision: head.revision + 1 });

/** A version that says nothing. */
const versionOf = ({ callId, ...head }: CallHead) => {
  const { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone } = head;
  const window = { opensAt, closesAt, opensAtLocal, closesAtLocal, closesText, timezone };
  const content = { digest: '0'.repeat(64), forms: [], parts: [] };
  return { callId, version: head.latestVersion, savedAt: AT, savedBy: 'officer', window, content };
};

describe('a call that changed meanwhile', () => {
  const CHANGES: readonly (readonly [string, (read: CallHead) => Promise<unknown>])[] = [
    ['version', (read) => changes.saveVersionAtRevision(next(read), versionOf(read), read.revision, ENTRY)],
    ['new head', (read) => changes.replaceHeadAtRevision(next(read), read.revision, ENTRY)],
    ['record of what the clock did', (read) => changes.recordAtRevision(read, [ENTRY], [])],
  ];
  test.each(CHANGES)('takes no %s that was decided on before', async (_, changed) => {
    const head = await putHead({ revision: 5 });
    expect(await world.withoutTrace(() => changed({ ...head, revision: 2 }))).toBe('moved');
  });

  test('takes no marks that were decided on before', async () => {
    const head = await putHead({ revision: 5 });
    const failed = await world.withoutTrace(() => changes.markHead({ ...head, revision: 2 }, []));
    expect(failed).toMatchObject([{ position: 0 }]);
  });
});

describe('a first version', () => {
  const save = (head: CallHead) => changes.saveVersionAtRevision(head, versionOf(head), 0, ENTRY);

  test('never replaces a call', async () => {
    const head = await putHead();
    expect(await world.withoutTrace(() => save(head))).toBe('moved');
  });

  test('never replaces another version', async () => {
    const head = newHead();
    await world.put('calls', versionItem({ ...versionOf(head), savedBy: 'another' }));
    expect(await world.withoutTrace(() => save(head))).toBe('moved');
  });

  test('never replaces what the history tells', async () => {
    const head = newHead();
    await world.put('history', entryItem(historyOfCall(head.callId), head.revision, ENTRY));
    expect(await world.withoutTrace(() => save(head))).toBe('moved');
  });
});

test('a sample is kept once for its instant', async () => {
  const head = await putHead();
  const sample = { instant: AT, countedAt: AT, submissions: 0, units: 0, drafts: 0, categories: {} };
  await changes.markHead(head, [sampleItem(world.tables.calls, head.callId, sample)]);
  const again = sampleItem(world.tables.calls, head.callId, { ...sample, drafts: 1 });
  expect(await world.withoutTrace(() => changes.markHead(head, [again]))).toMatchObject([{ position: 1 }]);
});

describe.each(['head', 'deadline#category#1'])('what is due, %s,', (item) => {
  test.each([
    ['was done or taken back', { dueAt: AT }],
    ['was moved', { due: DUE, dueAt: LATER }],
  ])('is not put off where it %s meanwhile', async (_, stored) => {
    const place = { callId: generateId(), item };
    await world.put('calls', { ...place, ...stored });
    expect(await world.withoutTrace(() => timeline.putOff(place, AT, '2022-04-02T00:00:00.000Z'))).toBe(false);
  });
});

/** A seal of a call under way. */
const sealOf = ({ callId, closesAt }: CallHead): SealUnderWay => ({
  ...{ callId, number: 1, state: 'begun', through: closesAt, closesAt, startedAt: AT },
  ...{ progress: 2, dueAt: AT, work: { step: 'gather', runs: [] } },
});
const storedSeal = (seal: SealItem) => ({ ...seal, ...sealKey(seal.callId, seal.number), due: SEAL_DUE });

describe('a seal', () => {
  const begin = (head: CallHead) =>
    changes.replaceHeadAtRevision(next(head), head.revision, ENTRY, beginSeal(world.tables.calls, head, AT));
  const EARLIER = '2022-03-01T00:00:00.000Z';

  test('is begun where there is none', async () => {
    expect(await begin(await putHead())).toBe('replaced');
  });

  test.each<[string, Record<string, unknown>]>([
    ['was given up', { state: 'given-up', givenUpAt: AT }],
    ['was begun for an earlier deadline', { through: EARLIER }],
  ])('is begun in place of one that %s', async (_, stored) => {
    const head = await putHead();
    await world.put('calls', { ...storedSeal(sealOf(head)), ...stored });
    expect(await begin(head)).toBe('replaced');
  });

  test.each<[string, Record<string, unknown>]>([
    ['is under way for the same deadline', {}],
    ['was made', { state: 'sealed', through: EARLIER }],
  ])('is not begun in place of one that %s', async (_, stored) => {
    const head = await putHead();
    await world.put('calls', { ...storedSeal(sealOf(head)), ...stored });
    expect(await world.withoutTrace(() => begin(head))).toBe('moved');
  });
});

describe.each<[string, Record<string, unknown>]>([
  ['given up', { state: 'given-up' }],
  ['begun anew', { startedAt: LATER }],
  ['moved on', { progress: 3 }],
])('a seal that was %s meanwhile', (_, stored) => {
  const MOVES: readonly (readonly [string, (head: CallHead, seal: SealUnderWay) => Promise<unknown>, unknown])[] = [
    [
      'advanced',
      (_head, seal) => seals.advance(seal, { step: 'finish', parts: [], withdrawals: [] }, LATER),
      undefined,
    ],
    ['held', (_head, seal) => seals.holdUntil(seal, LATER), false],
    ['given up by who read it before', (_head, seal) => seals.giveUp(seal, LATER), false],
    [
      'committed',
      (head, seal) =>
        seals.commitOnce(head, seal, { sealedAt: LATER, root: '1'.repeat(64), count: 0, accepted: 0, withdrawn: 0 }),
      'moved',
    ],
  ];
  test.each(MOVES)('is not %s', async (_name, move, answer) => {
    const head = await putHead();
    const seal = sealOf(head);
    await world.put('calls', { ...storedSeal(seal), ...stored });
    expect(await world.withoutTrace(() => move(head, seal))).toBe(answer);
  });
});

test('a seal is not committed to a call that changed meanwhile', async () => {
  const head = await putHead({ revision: 5 });
  const seal = sealOf(head);
  await world.put('calls', storedSeal(seal));
  const result = { sealedAt: LATER, root: '1'.repeat(64), count: 0, accepted: 0, withdrawn: 0 };
  expect(await world.withoutTrace(() => seals.commitOnce({ ...head, revision: 2 }, seal, result))).toBe('moved');
  expect(await world.itemsOf('calls')).toContainEqual(
    expect.objectContaining({ ...headKey(head.callId), revision: 5 }),
  );
});
