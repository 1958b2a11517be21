import { beforeEach, describe, expect, test } from 'vitest';
import { newDraft, readyDraft } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type Sent,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const read = (submissionId: string, subject: string) => send(world.app.get, { params: { submissionId }, subject });
const idsOf = (body: Record<string, unknown>): string[] =>
  Array.isArray(body.items) ? body.items.map(({ submissionId }) => submissionId) : [];

/** Every page of a list. */
const walk = async (page: (cursor: Record<string, string>) => ReturnType<typeof send>): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: Record<string, string> = {};
  for (let pages = 0; pages < 200; pages += 1) {
    const { status, body } = await page(cursor);
    expect(status).toBe(200);
    ids.push(...idsOf(body));
    if (typeof body.nextCursor !== 'string') return ids;
    cursor = { cursor: body.nextCursor };
  }
  throw new Error('The list does not end');
};

describe('reading a submission', () => {
  test('its unit reads all; officers the head of a draft and all of a submitted one; others find nothing', async () => {
    const { submissionId } = await readyDraft(world);
    expect((await read(submissionId, 'secretary')).body).toMatchObject({
      answers: { name: '学会能力提升' },
      attachments: [{}],
    });
    const draft = await read(submissionId, 'officer');
    expect(draft).toMatchObject({
      status: 200,
      body: { unitId: 'unit-1', answered: 1, attachmentCount: 1, attachments: [] },
    });
    expect(draft.body.answers).toBeUndefined();
    const foreign = await read(submissionId, 'secretary-2');
    const unknown = await read('0'.repeat(26), 'secretary-2');
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual(unknown.body);

    await send(world.app.submit, { params: { submissionId } });
    expect((await read(submissionId, 'officer')).body).toMatchObject({
      answers: { name: '学会能力提升' },
      attachments: [{}],
    });
    expect((await read(submissionId, 'secretary-2')).status).toBe(404);
  });

  test('its unit and the officers see when it was tried too late, and how often; without that nothing is said', async () => {
    const { submissionId } = await readyDraft(world);
    expect((await read(submissionId, 'officer')).body).not.toHaveProperty('late');
    for (const receivedAt of [CLOSES_AT, CLOSES_AT + 5])
      await send(world.app.submit, { params: { submissionId }, receivedAt });
    const late = {
      first: new Date(CLOSES_AT).toISOString(),
      last: new Date(CLOSES_AT + 5).toISOString(),
      count: 2,
    };
    expect((await read(submissionId, 'secretary')).body).toMatchObject({ late });
    expect((await read(submissionId, 'officer')).body).toMatchObject({ late, attachments: [] });
  });

  test('the receipt is for its unit and the officers, and not there before a submit', async () => {
    const { submissionId } = await readyDraft(world);
    const receipt = (subject: string) => send(world.app.receipt, { params: { submissionId }, subject });
    expect((await receipt('secretary')).body.code).toBe('NOT_SUBMITTED');
    const submitted = await send(world.app.submit, { params: { submissionId } });
    expect((await receipt('secretary')).body).toMatchObject(submitted.body);
    expect((await receipt('officer')).body).toMatchObject(submitted.body);
    expect((await receipt('secretary-2')).status).toBe(404);
  });

  test('a receipt number confirms time, digest and status to anybody, and nothing personal', async () => {
    const { submissionId } = await readyDraft(world);
    const { receiptNo, callId, submittedAt, digest } = (await send(world.app.submit, { params: { submissionId } }))
      .body;
    const reply = await send(world.app.check, { params: { receiptNo: String(receiptNo) } });
    expect(reply.body).toEqual({ receiptNo, callId, submittedAt, digest, status: 'submitted' });
    expect((await send(world.app.check, { params: { receiptNo: '0'.repeat(26) } })).status).toBe(404);
  });
});

describe('validating', () => {
  test('says what a submit would say, proving uploads without keeping it', async () => {
    const validate = (submissionId: string) => send(world.app.validate, { params: { submissionId } });
    const empty = await newDraft(world, { body: { category: '1' } });
    expect((await validate(empty)).body).toMatchObject({
      ready: false,
      errors: [{ path: 'name', code: 'REQUIRED' }, { path: 'materials.application' }],
    });
    const { submissionId, attachmentId } = await readyDraft(world);
    expect((await validate(submissionId)).body).toEqual({ ready: true, errors: [] });
    expect((await world.attachments.find(submissionId, attachmentId))?.state).toBe('expected');
  });

  test('names the limit that is reached and the deadline that has passed, as the submit after it does', async () => {
    for (let place = 0; place < 3; place += 1) {
      const { submissionId } = await readyDraft(world);
      expect((await send(world.app.submit, { params: { submissionId } })).status).toBe(200);
      expect((await send(world.app.validate, { params: { submissionId } })).body).toEqual({ ready: true, errors: [] });
    }
    const { submissionId } = await readyDraft(world);
    for (const [receivedAt, code] of [
      [WHILE_OPEN, 'LIMIT_REACHED'],
      [CLOSES_AT, 'CALL_CLOSED'],
      [0, 'CALL_NOT_OPEN'],
    ] as const) {
      const dry = await send(world.app.validate, { params: { submissionId }, receivedAt });
      expect(dry.body).toMatchObject({
        ready: false,
        errors: expect.arrayContaining([expect.objectContaining({ path: '', code })]),
      });
      expect((await send(world.app.submit, { params: { submissionId }, receivedAt })).body).toMatchObject({ code });
    }
  });
});

/** A cursor nobody was given, of the form the list itself writes. */
const forged = (list: string, position: Record<string, unknown>): string =>
  Buffer.from(JSON.stringify([list, position])).toString('base64url');

describe('lists', () => {
  test('a unit’s own come newest first, page by page', async () => {
    const made: string[] = [];
    for (let minute = 0; minute < 5; minute += 1)
      made.push(await newDraft(world, { receivedAt: Date.UTC(2022, 2, 10, 0, minute) }));
    await newDraft(world, { subject: 'secretary-2' });
    const list = (query: Record<string, string>, subject = 'secretary') => send(world.app.list, { query, subject });
    expect(await walk((cursor) => list({ limit: '2', ...cursor }))).toEqual(made.toReversed());
    expect((await list({}, 'both')).body.code).toBe('UNIT_REQUIRED');
    expect(idsOf((await list({ unitId: 'unit-2' }, 'both')).body)).toHaveLength(1);
    expect((await list({ unitId: 'unit-2' })).status).toBe(404);
    expect((await list({ cursor: 'bm9uZQ' })).status).toBe(400);
    for (const created of ['', 'x'.repeat(100), '\ud800'])
      expect((await list({ cursor: forged('submissions/unit-1', { created, submissionId: made[0] }) })).status).toBe(
        400,
      );
  });

  test('a call’s come once each to its officers, filtered, whatever the page size', async () => {
    const listed = (query: Record<string, string>, sent: Sent = {}) =>
      send(world.app.listOfCall, { params: { callId: CALL_ID }, subject: 'officer', query, ...sent });
    const all: string[] = [];
    for (let count = 0; count < 4; count += 1) all.push(await newDraft(world));
    all.push(await newDraft(world, { subject: 'secretary-2', body: { category: '2-1' } }));
    const { submissionId } = await readyDraft(world, { subject: 'secretary-2' });
    await send(world.app.submit, { params: { submissionId }, subject: 'secretary-2' });
    all.push(submissionId);

    for (const limit of ['1', '2', '3', '100'])
      expect((await walk((cursor) => listed({ limit, ...cursor }))).toSorted()).toEqual(all.toSorted());
    expect(await walk((cursor) => listed({ status: 'submitted', ...cursor }))).toEqual([submissionId]);
    expect(await walk((cursor) => listed({ status: 'draft', ...cursor }))).toHaveLength(5);
    expect(await walk((cursor) => listed({ category: '2-1', ...cursor }))).toEqual([all[4]]);
    expect((await listed({}, { subject: 'secretary' })).status).toBe(404);
    expect((await listed({}, { params: { callId: 'no-such-call' } })).status).toBe(404);
    const { nextCursor } = (await listed({ limit: '1' })).body;
    expect((await listed({ cursor: String(nextCursor), status: 'draft' })).status).toBe(400);
    for (const unitId of ['', '\ud800'])
      expect((await listed({ cursor: forged(`calls/${CALL_ID}/submissions?&`, { shard: 0, unitId }) })).status).toBe(
        400,
      );
  });
});
