import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DUE, headKey } from '#shared/data/call-items.ts';
import { closingRepository } from '#shared/data/closing-repository.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { log } from '#shared/runtime/log.ts';
import { newDraft, readyDraft } from '#test/support/draft-steps.ts';
import { CALL_ID, CLOSES_AT, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const DRAIN = 120_000;

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const closing = async () => (await world.calls.head(CALL_ID))?.closing;

describe('a close', () => {
  test('is recorded once by ticks at the same time, with exact counts', async () => {
    for (const subject of ['secretary', 'secretary', 'secretary-2']) {
      const { submissionId } = await readyDraft(world, { subject });
      await send(world.app.submit, { params: { submissionId }, subject });
    }
    await newDraft(world);
    await newDraft(world);
    world.clock.now = CLOSES_AT + DRAIN;
    await Promise.all([world.jobs.advance(), world.jobs.advance(), world.jobs.advance()]);
    const recorded = await world.calls.head(CALL_ID);
    // One write: the head was saved at revision 2.
    expect(recorded?.revision).toBe(3);
    expect(recorded?.closing).toEqual({
      recordedAt: new Date(CLOSES_AT + DRAIN).toISOString(),
      submissions: 3,
      units: 2,
      drafts: 2,
    });
    world.clock.now += 60_000;
    await world.jobs.advance();
    expect(await world.calls.head(CALL_ID)).toEqual(recorded);
    expect(await world.calls.dueToClose('9999', 10)).toEqual([]);
  });

  test('waits for the drain, and comes however late the tick is', async () => {
    world.clock.now = CLOSES_AT + DRAIN - 1;
    await world.jobs.advance();
    expect(await closing()).toBeUndefined();
    world.clock.now = CLOSES_AT + 40 * DRAIN;
    await world.jobs.advance();
    expect(await closing()).toMatchObject({ submissions: 0, units: 0, drafts: 0 });
  });

  test('that cannot be recorded is told with its call and its cause, and the tick fails', async () => {
    const logged = vi.spyOn(log, 'error');
    const cause = new Error('injected');
    world.db.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'UpdateItemCommand') throw cause;
        return next(args);
      },
      { step: 'initialize', name: 'fail-updates' },
    );
    world.clock.now = CLOSES_AT + DRAIN;
    await expect(world.jobs.advance()).rejects.toThrow(AggregateError);
    expect(logged).toHaveBeenCalledWith('CLOSE_FAULT', { callId: CALL_ID }, cause);
  });

  test('is recorded behind any number of others that cannot be, which stay failing', async () => {
    const inFront = { due: DUE, dueAt: '2022-03-01T00:00:00.000Z', revision: 'broken' };
    for (let n = 0; n < 25; n += 1) {
      const Item = { ...headKey(generateId()), ...inFront };
      await world.db.send(new PutCommand({ TableName: world.tables.calls, Item }));
    }
    world.clock.now = CLOSES_AT + DRAIN;
    await expect(world.jobs.advance()).rejects.toThrow(AggregateError);
    world.clock.now += 60_000;
    await world.jobs.advance();
    expect(await closing()).toBeDefined();
    world.clock.now += 300_000;
    await expect(world.jobs.advance()).rejects.toThrow(AggregateError);
  });

  test('that is put off leaves alone what was recorded or moved meanwhile', async () => {
    const closings = closingRepository(world.db, world.tables.calls);
    const [before, later] = ['2022-03-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];
    expect(await closings.putOff(CALL_ID, before, later)).toBe(false);
    world.clock.now = CLOSES_AT + DRAIN;
    await world.jobs.advance();
    expect(await closings.putOff(CALL_ID, '9999', later)).toBe(false);
  });

  test('counted for a deadline that was moved meanwhile is not recorded', async () => {
    const closings = closingRepository(world.db, world.tables.calls);
    const counts = { recordedAt: '2022-04-01T00:00:00.000Z', submissions: 1, units: 1, drafts: 1 };
    expect(await closings.recordCloseOnce(CALL_ID, '2022-03-30T16:00:00.000Z', counts)).toBe(false);
    expect(await closing()).toBeUndefined();
  });

  test('moves the revision, so that a change based on what was read before is refused', async () => {
    const before = await world.calls.head(CALL_ID);
    world.clock.now = CLOSES_AT + DRAIN;
    await world.jobs.advance();
    if (before === undefined) throw new Error('no head');
    const replaced = await world.changes.replaceHeadAtRevision(
      { ...before, revision: before.revision + 1 },
      before.revision,
      byOfficer('officer', before.opensAt, 'published'),
    );
    expect(replaced).toBe('moved');
    expect(await closing()).toBeDefined();
  });
});
