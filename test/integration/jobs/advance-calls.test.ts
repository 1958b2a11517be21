import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DUE, headKey } from '#shared/data/call-items.ts';
import { historyOfCall, parseHistory } from '#shared/data/history-items.ts';
import { parseSample } from '#shared/data/sample-items.ts';
import { parseSeal, sealKey } from '#shared/data/seal-items.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { JobFailed } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { newDraft, readyDraft } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const DRAIN = 120_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const instant = (ms: number): string => new Date(ms).toISOString();

const head = async (): Promise<CallHead> => {
  const found = await world.calls.head(CALL_ID);
  if (found === undefined) throw new Error('no head');
  return found;
};

const closing = async () => (await head()).closing;

/** An officer's change of the head. */
const change = async (changes: Partial<CallHead>): Promise<void> => {
  const { revision, ...read } = await head();
  const entry = byOfficer('officer', instant(world.clock.now), 'extended');
  expect(
    await world.changes.replaceHeadAtRevision({ ...read, ...changes, revision: revision + 1 }, revision, entry),
  ).toBe('replaced');
};

const remind = (...before: readonly number[]) => change({ reminders: { before: [...before], withoutDraft: false } });

const itemsOf = async (tableName: string, key: string, value: string) => {
  const { Items = [] } = await world.db.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':value': value },
      ConsistentRead: true,
    }),
  );
  return Items;
};

/** What the clock did, in order, and that the history has no gap. */
const done = async () => {
  const entries = (await itemsOf(world.tables.history, 'subject', historyOfCall(CALL_ID))).flatMap(parseHistory);
  expect(entries.map(({ revision }) => revision)).toEqual(entries.map((_, index) => index + 2));
  expect(entries.at(-1)?.revision).toBe((await head()).revision);
  return entries.flatMap(({ role, action, details }) => (role === 'system' ? [{ action, ...details }] : []));
};

const samples = async () =>
  (await itemsOf(world.tables.calls, 'callId', CALL_ID))
    .filter(({ item }) => String(item).startsWith('sample#'))
    .map(parseSample);

const sealUnderWay = async () =>
  (await itemsOf(world.tables.calls, 'callId', CALL_ID))
    .filter(({ item }) => item === sealKey(CALL_ID, 1).item)
    .map(parseSeal);

const duePlaces = async () => (await timelineRepository(world.db, world.tables.calls).pageOfDue('9999', 10)).positions;

const tickAt = async (now: number, times = 1): Promise<void> => {
  world.clock.now = now;
  await Promise.all(Array.from({ length: times }, () => world.jobs.advance()));
};

/** Makes every further transaction of a tick fail. */
const failTransactions = (cause: Error): void =>
  world.db.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === 'TransactWriteItemsCommand') throw cause;
      return next(args);
    },
    { step: 'initialize', name: 'fail-transactions' },
  );

describe('the timeline of a call', () => {
  test('is gone through once by ticks at the same time, doubled and late, each step in the history with its figures', async () => {
    for (const subject of ['secretary', 'secretary', 'secretary-2']) {
      const { submissionId } = await readyDraft(world, { subject });
      await send(world.app.submit, { params: { submissionId }, subject });
    }
    await newDraft(world);
    await remind(7 * DAY, DAY, 2 * HOUR);
    const { closesAt, opensAt } = await head();
    await tickAt(WHILE_OPEN, 4);
    expect(await done()).toEqual([{ action: 'opened', opensAt }]);
    await tickAt(CLOSES_AT - 7 * DAY, 4);
    // An hour and a half late, when the next one is due too.
    await tickAt(CLOSES_AT - HOUR / 2, 3);
    await tickAt(CLOSES_AT + 1, 2);
    await tickAt(CLOSES_AT + DRAIN, 4);
    await tickAt(CLOSES_AT + DRAIN + 1, 4);
    await tickAt(CLOSES_AT + DRAIN + 60_000, 2);
    const counts = { submissions: 3, units: 2, drafts: 1 };
    const reminder = (before: number) => ({ action: 'closing-soon', before, closesAt, withoutDraft: false });
    expect(await done()).toEqual([
      { action: 'opened', opensAt },
      reminder(7 * DAY),
      reminder(2 * HOUR),
      { action: 'closed', closesAt, ...counts },
    ]);
    expect(await closing()).toEqual({ recordedAt: instant(CLOSES_AT + DRAIN), ...counts });
    expect(await sealUnderWay()).toMatchObject([
      { number: 1, state: 'begun', through: closesAt, startedAt: instant(CLOSES_AT + DRAIN + 1) },
    ]);
  }, 60_000);

  test('moves with an extension: reminders, close and seal are those of the new deadline', async () => {
    await remind(7 * DAY, DAY);
    await tickAt(CLOSES_AT - DAY);
    const closesAt = instant(CLOSES_AT + 3 * DAY);
    await change({ closesAt, deadlineSetAt: instant(world.clock.now) });
    await tickAt(CLOSES_AT + DRAIN);
    await tickAt(CLOSES_AT + 2 * DAY);
    await tickAt(CLOSES_AT + 3 * DAY + DRAIN);
    expect((await done()).map(({ action }) => action)).toEqual([
      ...['opened', 'closing-soon', 'closing-soon', 'closed'],
    ]);
    expect(await done()).toMatchObject([{}, {}, { before: DAY, closesAt }, { closesAt }]);
    expect(await sealUnderWay()).toEqual([]);
  });

  test('waits with the seal for the latest deadline at any scope, and is not looked at before', async () => {
    const last = CLOSES_AT + 5 * DAY;
    await change({ lastClosesAt: instant(last) });
    await tickAt(CLOSES_AT + DRAIN);
    expect(await closing()).toBeDefined();
    await tickAt(last + DRAIN);
    expect(await sealUnderWay()).toEqual([]);
    await tickAt(last + DRAIN + 1, 3);
    expect(await sealUnderWay()).toMatchObject([
      { state: 'begun', through: instant(last), closesAt: instant(CLOSES_AT) },
    ]);
  });

  test('keeps a call in the list until it is sealed, and not longer', async () => {
    await tickAt(CLOSES_AT + DRAIN);
    await tickAt(CLOSES_AT + 2 * DRAIN);
    const [begun] = await sealUnderWay();
    expect(await duePlaces()).toEqual([
      { callId: CALL_ID, item: 'head', dueAt: instant(CLOSES_AT + 2 * DRAIN + 15 * 60_000) },
    ]);
    const before = await head();
    // Looked at again, it is begun no second time and nobody has changed the call.
    await tickAt(CLOSES_AT + 2 * DRAIN + 15 * 60_000, 2);
    expect(await sealUnderWay()).toEqual([begun]);
    expect((await head()).revision).toBe(before.revision);
    const { closesAt: through } = before;
    await change({ seal: { number: 1, through, root: '0'.repeat(64), sealedAt: through, submissions: 0 } });
    expect(await duePlaces()).toEqual([]);
  });

  test('is left alone by a call that is not published', async () => {
    await change({ publishedVersion: undefined });
    expect(await duePlaces()).toEqual([]);
  });
});

describe('the timeline of a deadline that was granted', () => {
  const extend = async (closesAt: number, scope: { category?: string; unitId?: string } = {}) => {
    const body = { closesAt: instant(closesAt), reason: '系统故障', ...scope };
    const sent = { params: { callId: CALL_ID }, subject: 'officer', body, receivedAt: world.clock.now };
    const reply = await send(world.app.extend, sent);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  };
  const ofScopes = async () => (await done()).filter((one) => 'category' in one || 'unitId' in one);
  /** Steps of the call itself are gone through by then. */
  const AFTER = CLOSES_AT + DAY;

  test('has its own reminders and its own close, each once, for those it was granted to', async () => {
    await remind(7 * DAY, DAY);
    await newDraft(world);
    await tickAt(AFTER);
    const [ofUnit, ofCategory] = [AFTER + 3 * DAY, AFTER + 10 * DAY];
    await extend(ofUnit, { unitId: 'unit-1' });
    await extend(ofCategory, { category: '2-1' });
    for (const now of [AFTER, ofUnit - DAY, ofUnit - 1, ofUnit + DRAIN - 1, ofUnit + DRAIN]) await tickAt(now, 3);
    const unit = { unitId: 'unit-1', closesAt: instant(ofUnit) };
    const category = { category: '2-1', closesAt: instant(ofCategory) };
    const reminder = (before: number) => ({ action: 'closing-soon', before, withoutDraft: false });
    const soFar = [
      { ...unit, ...reminder(DAY) },
      { ...category, ...reminder(7 * DAY) },
      { ...unit, action: 'closed' },
    ];
    expect(await ofScopes()).toEqual(soFar);
    // Begun for the call's own deadline, before others were granted.
    expect(await sealUnderWay()).toMatchObject([{ through: instant(CLOSES_AT) }]);
    await tickAt(ofCategory + DAY, 3);
    expect(await ofScopes()).toEqual([...soFar, { ...category, action: 'closed' }]);
    expect(await sealUnderWay()).toMatchObject([{ state: 'begun', through: instant(ofCategory) }]);
    expect((await duePlaces()).map(({ item }) => item)).toEqual(['head']);
  });

  test('is told nothing of while the call itself has a later one', async () => {
    await remind(DAY);
    await newDraft(world);
    await extend(CLOSES_AT + 2 * DAY, { unitId: 'unit-1' });
    await extend(CLOSES_AT + 5 * DAY);
    for (const day of [1, 2, 3, 4, 6]) await tickAt(CLOSES_AT + day * DAY);
    expect(await ofScopes()).toEqual([]);
    expect((await done()).map(({ action }) => action)).toEqual(['opened', 'closing-soon', 'closed']);
  });

  test('of one unit in two categories is told of both at once, and what was moved again of its new deadline alone', async () => {
    await remind(DAY);
    await newDraft(world);
    await newDraft(world, { category: '2-1' });
    await tickAt(AFTER);
    const until = AFTER + 2 * DAY;
    for (const category of ['1', '2-1']) await extend(until, { unitId: 'unit-1', category });
    await tickAt(until - DAY, 2);
    expect(await ofScopes()).toMatchObject([
      { action: 'closing-soon', unitId: 'unit-1', category: '1' },
      { action: 'closing-soon', unitId: 'unit-1', category: '2-1' },
    ]);
    await extend(until + DAY, { unitId: 'unit-1', category: '1' });
    await tickAt(until, 2);
    await tickAt(until + DAY + DRAIN, 2);
    expect((await ofScopes()).slice(2)).toEqual([
      {
        action: 'closing-soon',
        unitId: 'unit-1',
        category: '1',
        before: DAY,
        closesAt: instant(until + DAY),
        withoutDraft: false,
      },
      { action: 'closed', unitId: 'unit-1', category: '2-1', closesAt: instant(until) },
      { action: 'closed', unitId: 'unit-1', category: '1', closesAt: instant(until + DAY) },
    ]);
  });
});

describe('a close', () => {
  test('waits for the drain, and comes however late the tick is', async () => {
    await tickAt(CLOSES_AT + DRAIN - 1);
    expect(await closing()).toBeUndefined();
    await tickAt(CLOSES_AT + 40 * DRAIN);
    expect(await closing()).toMatchObject({ submissions: 0, units: 0, drafts: 0 });
  });

  test('counted for a deadline that was moved meanwhile is not recorded', async () => {
    await tickAt(WHILE_OPEN);
    const moved = vi.spyOn(world.tallies, 'allOfCall').mockImplementationOnce(async function* () {
      await change({ closesAt: instant(CLOSES_AT + DAY) });
      yield* [];
    });
    await tickAt(CLOSES_AT + DRAIN);
    expect(moved).toHaveBeenCalled();
    expect(await closing()).toBeUndefined();
    await tickAt(CLOSES_AT + DAY + DRAIN);
    expect(await closing()).toBeDefined();
  });

  test('moves the revision, so that a change based on what was read before is refused', async () => {
    const before = await head();
    await tickAt(CLOSES_AT + DRAIN);
    const entry = byOfficer('officer', before.opensAt, 'extended');
    const replaced = await world.changes.replaceHeadAtRevision(
      { ...before, revision: before.revision + 1 },
      before.revision,
      entry,
    );
    expect(replaced).toBe('moved');
    expect(await closing()).toBeDefined();
  });
});

describe('a call that cannot be advanced', () => {
  test('is told with its call and its cause, and the tick fails', async () => {
    const logged = vi.spyOn(log, 'error');
    const cause = new Error('injected');
    failTransactions(cause);
    await expect(tickAt(CLOSES_AT + DRAIN)).rejects.toThrow(JobFailed);
    expect(logged).toHaveBeenCalledWith('ADVANCE_FAULT', { callId: CALL_ID }, cause);
  });

  test('holds up no other, however many there are of them, and stays failing', async () => {
    const inFront = { due: DUE, dueAt: '2022-03-01T00:00:00.000Z', revision: 'broken' };
    for (let n = 0; n < 30; n += 1) {
      const Item = { ...headKey(generateId()), ...inFront };
      await world.db.send(new PutCommand({ TableName: world.tables.calls, Item }));
    }
    await expect(tickAt(CLOSES_AT + DRAIN)).rejects.toThrow(JobFailed);
    expect(await closing()).toBeDefined();
    await tickAt(CLOSES_AT + DRAIN + 60_000);
    await expect(tickAt(CLOSES_AT + DRAIN + 6 * 60_000)).rejects.toThrow(JobFailed);
  });

  test('is put off only while it is due', async () => {
    const timelines = timelineRepository(world.db, world.tables.calls);
    const [before, later] = ['2022-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];
    expect(await timelines.putOff(headKey(CALL_ID), before, later)).toBe(false);
    expect(await timelines.putOff(headKey(CALL_ID), instant(WHILE_OPEN), later)).toBe(true);
    expect(await duePlaces()).toMatchObject([{ dueAt: later }]);
  });
});

describe('the progress of an open call', () => {
  test('is counted once at each of its instants, exactly, and changes no ETag', async () => {
    await tickAt(WHILE_OPEN, 3);
    const { submissionId } = await readyDraft(world);
    await newDraft(world);
    await send(world.app.submit, { params: { submissionId } });
    const { revision } = await head();
    // Ten minutes late for the full hour.
    await tickAt(WHILE_OPEN + HOUR + 600_000, 3);
    await tickAt(WHILE_OPEN + HOUR + 660_000);
    expect(await samples()).toMatchObject([
      { instant: instant(WHILE_OPEN), countedAt: instant(WHILE_OPEN), submissions: 0, units: 0, drafts: 0 },
      {
        ...{ instant: instant(WHILE_OPEN + HOUR), submissions: 1, units: 1, drafts: 1 },
        categories: { 1: { submissions: 1, units: 1, drafts: 1 } },
      },
    ]);
    expect(await head()).toMatchObject({ revision, sampledTo: instant(WHILE_OPEN + HOUR) });
    expect(await duePlaces()).toMatchObject([{ dueAt: instant(WHILE_OPEN + 2 * HOUR) }]);
  });

  test('that another change forgot is not counted twice', async () => {
    await tickAt(WHILE_OPEN);
    await change({ sampledTo: undefined });
    await tickAt(WHILE_OPEN + 60_000);
    expect(await samples()).toHaveLength(1);
    expect((await head()).sampledTo).toBe(instant(WHILE_OPEN));
  });
});
