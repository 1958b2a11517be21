import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseHistory } from '#shared/data/history-items.ts';
import { announced, newDraft, readyDraft, uploaded } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type Received,
  type Sent,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const params = { callId: CALL_ID };
const instant = (at: number): string => new Date(at).toISOString();

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const extend = (body: Record<string, unknown>, sent: Sent = {}): Promise<Received> =>
  send(world.app.extend, { params, subject: 'officer', body: { reason: '系统故障', ...body }, ...sent });
const close = (body: Record<string, unknown> = {}, sent: Sent = {}): Promise<Received> =>
  send(world.app.close, { params, subject: 'officer', body: { reason: '名额已满', ...body }, ...sent });
const submit = (submissionId: string, receivedAt: number, subject = 'secretary'): Promise<Received> =>
  send(world.app.submit, { params: { submissionId }, subject, receivedAt });

const history = async () => {
  const { Items = [] } = await world.db.send(
    new QueryCommand({
      TableName: world.tables.history,
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': `call#${CALL_ID}` },
    }),
  );
  return Items.flatMap(parseHistory);
};
const headOf = async () => {
  const head = await world.calls.head(CALL_ID);
  if (head === undefined) throw new Error('no call');
  return head;
};

describe('an extension for everybody', () => {
  test('moves the deadline of the call, with who did it, when and why', async () => {
    const before = await headOf();
    const reply = await extend({ closesAt: '2022-04-10' }, { receivedAt: WHILE_OPEN });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    expect(reply.body).toEqual({
      callId: CALL_ID,
      revision: before.revision + 1,
      reason: '系统故障',
      before: {
        closesAt: '2022-03-31T16:00:00.000Z',
        closesAtLocal: '2022-04-01T00:00:00.000+08:00',
        closesText: '2022年3月31日24:00（Asia/Shanghai）',
        owner: 'call',
      },
      deadline: {
        closesAt: '2022-04-10T16:00:00.000Z',
        closesAtLocal: '2022-04-11T00:00:00.000+08:00',
        closesText: '2022年4月10日24:00（Asia/Shanghai）',
        owner: 'call',
      },
      lastClosesAt: '2022-04-10T16:00:00.000Z',
    });
    expect(reply.headers.etag).toBe(`"${before.revision + 1}"`);
    expect((await history()).at(-1)).toMatchObject({
      revision: before.revision + 1,
      at: instant(WHILE_OPEN),
      by: 'officer',
      role: 'officer',
      action: 'extended',
      details: {
        closesAt: '2022-04-10T16:00:00.000Z',
        previousClosesAt: '2022-03-31T16:00:00.000Z',
        closesText: '2022年4月10日24:00（Asia/Shanghai）',
        reason: '系统故障',
      },
    });
    const { submissionId } = await readyDraft(world);
    const late = Date.parse('2022-04-10T16:00:00.000Z');
    expect((await submit(submissionId, late)).body).toMatchObject({
      code: 'CALL_CLOSED',
      detail: '申报已于2022年4月10日24:00（Asia/Shanghai）截止，逾期不予受理。已有内容仍保留，未作任何改动。',
    });
    const { status, body } = await submit(submissionId, late - 1);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      deadline: '2022-04-10T16:00:00.000Z',
      deadlineLocal: '2022-04-11T00:00:00.000+08:00',
    });
  });

  test('can be granted after the close, and takes back what the close recorded', async () => {
    world.clock.now = CLOSES_AT + HOUR;
    await world.jobs.advance();
    expect((await headOf()).closing).toBeDefined();
    const until = CLOSES_AT + 2 * DAY;
    expect((await extend({ closesAt: instant(until) }, { receivedAt: CLOSES_AT + HOUR })).status).toBe(201);
    expect(await headOf()).toMatchObject({ closesAt: instant(until) });
    expect((await headOf()).closing).toBeUndefined();
    world.clock.now = until + HOUR;
    await world.jobs.advance();
    expect((await headOf()).closing).toBeDefined();
  });

  test.each([
    ['what is in force already', '2022-03-31', WHILE_OPEN, 'NOT_LATER'],
    ['an instant before it', '2022-03-30T17:00:00+08:00', WHILE_OPEN, 'NOT_LATER'],
    ['the past', '2022-04-10', CLOSES_AT + 20 * DAY, 'NOT_IN_FUTURE'],
    ['what is years away', '2030-01-01', WHILE_OPEN, 'TOO_FAR_OFF'],
    ['the last year there is', '9999-12-31', WHILE_OPEN, 'TOO_FAR_OFF'],
  ])('is not to %s', async (_, closesAt, receivedAt, code) => {
    const reply = await extend({ closesAt }, { receivedAt });
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toEqual([expect.objectContaining({ path: 'closesAt', code })]);
    expect((await headOf()).closesAt).toBe(instant(CLOSES_AT));
  });

  test('says which deadline it has to be later than', async () => {
    const { body } = await extend({ closesAt: '2022-03-20' });
    expect(body.errors).toMatchObject([{ message: expect.stringContaining('2022年3月31日24:00（Asia/Shanghai）') }]);
  });

  test.each([
    [{ closesAt: 'tomorrow' }],
    [{ closesAt: '2022-04-10', reason: ' ' }],
    [{ closesAt: '2022-04-10', unit: 'x' }],
  ])('is refused as %j, which cannot be read', async (body) => {
    expect((await extend(body)).status).toBe(400);
  });

  test('is not for who is no officer of the organiser, nor of a call that is unknown or not published', async () => {
    expect((await extend({ closesAt: '2022-04-10' }, { subject: 'secretary' })).status).toBe(404);
    expect((await extend({ closesAt: '2022-04-10' }, { params: { callId: 'unknown' } })).status).toBe(404);
  });
});

describe('an extension for some', () => {
  test('of a category holds for every unit there, and nowhere else', async () => {
    const inFirst = await readyDraft(world, { category: '1' });
    const inSecond = await readyDraft(world, { category: '2-1' });
    expect((await extend({ closesAt: '2022-04-02', category: '1' })).body).toMatchObject({
      category: '1',
      deadline: { closesAt: '2022-04-02T16:00:00.000Z', owner: 'category' },
      lastClosesAt: '2022-04-02T16:00:00.000Z',
    });
    expect(await headOf()).toMatchObject({ closesAt: instant(CLOSES_AT), lastClosesAt: '2022-04-02T16:00:00.000Z' });
    expect((await submit(inSecond.submissionId, CLOSES_AT)).body.code).toBe('CALL_CLOSED');
    expect((await submit(inFirst.submissionId, CLOSES_AT)).body).toMatchObject({
      deadline: '2022-04-02T16:00:00.000Z',
    });
  });

  test('of a unit lets the very draft be submitted that was refused for being late', async () => {
    const { submissionId } = await readyDraft(world);
    const other = await readyDraft(world, { subject: 'secretary-2' });
    const late = CLOSES_AT + 3 * HOUR;
    expect((await submit(submissionId, late)).status).toBe(409);
    const granted = await extend({ closesAt: instant(late + DAY), unitId: 'unit-1' }, { receivedAt: late + HOUR });
    expect(granted.body).toMatchObject({ unitId: 'unit-1', deadline: { owner: 'unit' } });
    expect((await submit(submissionId, late + 2 * HOUR)).status).toBe(200);
    expect((await submit(other.submissionId, late + 2 * HOUR, 'secretary-2')).status).toBe(409);
  });

  test('of a unit in one category holds there alone', async () => {
    const inFirst = await readyDraft(world, { category: '1' });
    const inSecond = await readyDraft(world, { category: '2-1' });
    await extend({ closesAt: '2022-04-02', category: '2-1', unitId: 'unit-1' });
    await extend({ closesAt: '2022-04-03', category: '1', unitId: 'unit-1' });
    await extend({ closesAt: '2022-04-01', unitId: 'unit-1' });
    const day = (date: number) => Date.UTC(2022, 3, date, 16);
    expect((await submit(inFirst.submissionId, day(3))).status).toBe(409);
    expect((await submit(inFirst.submissionId, day(3) - 1)).status).toBe(200);
    expect((await submit(inSecond.submissionId, day(2))).status).toBe(409);
    expect((await submit(inSecond.submissionId, day(2) - 1)).body).toMatchObject({ deadline: instant(day(2)) });
  });

  test('is shown with the submission, and holds for every step of it', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    await extend({ closesAt: '2022-04-02', unitId: 'unit-1' });
    const after = { params: { submissionId }, receivedAt: CLOSES_AT + HOUR };
    const shown = await send(world.app.get, after);
    expect(shown.body.deadline).toMatchObject({ closesAt: '2022-04-02T16:00:00.000Z', owner: 'unit' });
    const etag = String(shown.headers.etag);
    const saved = await send(world.app.save, { ...after, headers: { 'if-match': etag }, body: { name: '改了' } });
    expect(saved.body).toMatchObject({ deadline: { owner: 'unit' } });
    const file = { ...after, params: { submissionId, attachmentId } };
    expect((await send(world.app.removeFile, file)).status).toBe(204);
    const anew = await announced(world, submissionId, { receivedAt: after.receivedAt });
    const renewed = await send(world.app.renew, { ...after, params: { submissionId, attachmentId: anew } });
    expect(renewed.status, JSON.stringify(renewed.body)).toBe(200);
    const stored = uploaded(world, submissionId, anew, { storedAt: after.receivedAt });
    await world.jobs.admit(stored.key, stored.versionId);
    expect((await send(world.app.validate, after)).body).toMatchObject({ ready: true, errors: [] });
    expect((await send(world.app.submit, after)).status).toBe(200);
    expect((await send(world.app.withdraw, after)).status).toBe(200);
    const begun = await send(world.app.create, { ...after, params, body: { category: '2-1' } });
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    expect(begun.body).toMatchObject({ deadline: { owner: 'unit' } });
    const elsewhere = { ...after, params, subject: 'secretary-2', body: { category: '2-1' } };
    expect((await send(world.app.create, elsewhere)).body.code).toBe('CALL_CLOSED');
  });

  test('gives rights to upload until it ends, and no longer', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    const until = CLOSES_AT + HOUR;
    const renew = async (receivedAt: number) =>
      (await send(world.app.renew, { params: { submissionId, attachmentId }, receivedAt })).body;
    expect(await renew(CLOSES_AT - 60_000)).toMatchObject({ upload: { expiresAt: instant(CLOSES_AT) } });
    await extend({ closesAt: instant(until), unitId: 'unit-1' });
    expect(await renew(CLOSES_AT - 60_000)).toMatchObject({ upload: { expiresAt: instant(CLOSES_AT + 14 * 60_000) } });
    expect(await renew(until - 60_000)).toMatchObject({ upload: { expiresAt: instant(until) } });
    expect(await renew(until)).toMatchObject({ code: 'CALL_CLOSED' });
  });

  test('admits what was stored before it ends, and refuses what was stored after', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    await extend({ closesAt: instant(CLOSES_AT + HOUR), unitId: 'unit-1' });
    const late = uploaded(world, submissionId, attachmentId, { storedAt: CLOSES_AT + HOUR });
    await world.jobs.admit(late.key, late.versionId);
    const shown = async () => (await send(world.app.get, { params: { submissionId } })).body.attachments;
    expect(await shown()).toMatchObject([{ state: 'refused' }]);
    const other = await readyDraft(world);
    const inTime = uploaded(world, other.submissionId, other.attachmentId, { storedAt: CLOSES_AT + HOUR - 1 });
    await world.jobs.admit(inTime.key, inTime.versionId);
    const { body } = await send(world.app.get, { params: { submissionId: other.submissionId } });
    expect(body.attachments).toMatchObject([{ state: 'admitted' }]);
  });

  test('is what the unit is told of where it may apply', async () => {
    await newDraft(world);
    await extend({ closesAt: '2022-04-02', category: '2-1' });
    await extend({ closesAt: '2022-04-03', category: '1', unitId: 'unit-1' });
    const asked = (subject: string) => send(world.app.eligibility, { params, subject, receivedAt: CLOSES_AT + HOUR });
    expect((await asked('secretary')).body).toMatchObject({
      status: 'closed',
      categories: [
        { code: '1', open: true, deadline: { closesAt: '2022-04-03T16:00:00.000Z', owner: 'unitInCategory' } },
        { code: '2-1', open: true, deadline: { closesAt: '2022-04-02T16:00:00.000Z', owner: 'category' } },
      ],
    });
    expect((await asked('secretary-2')).body).toMatchObject({
      categories: [{ code: '1', open: false, deadline: { owner: 'call' } }, { open: true }],
    });
  });

  test('is refused for a category the call has not, a group, and a unit nobody knows here', async () => {
    const known = await extend({ closesAt: '2022-04-02', category: '9', unitId: 'nobody' });
    expect(known.status).toBe(422);
    expect(known.body.errors).toMatchObject([
      { path: 'category', code: 'UNKNOWN_CATEGORY' },
      { path: 'unitId', code: 'UNKNOWN_UNIT' },
    ]);
    expect((await extend({ closesAt: '2022-04-02', category: '2' })).body.errors).toMatchObject([{ path: 'category' }]);
    // Kept by nobody here, so known from its first draft on.
    expect((await extend({ closesAt: '2022-04-02', unitId: 'unit-2' })).body.errors).toMatchObject([
      { path: 'unitId' },
    ]);
    await newDraft(world, { subject: 'secretary-2' });
    expect((await extend({ closesAt: '2022-04-02', unitId: 'unit-2' })).status).toBe(201);
  });

  test('can be moved further, never back', async () => {
    await newDraft(world);
    await extend({ closesAt: '2022-04-05', unitId: 'unit-1' });
    expect((await extend({ closesAt: '2022-04-04', unitId: 'unit-1' })).body.errors).toMatchObject([
      { code: 'NOT_LATER' },
    ]);
    expect((await extend({ closesAt: '2022-04-06', unitId: 'unit-1' })).body).toMatchObject({
      before: { closesAt: '2022-04-05T16:00:00.000Z', owner: 'unit' },
    });
    expect((await headOf()).lastClosesAt).toBe('2022-04-06T16:00:00.000Z');
  });
});

describe('a repeated request', () => {
  const sent = { headers: { 'idempotency-key': 'k-1' } };

  test('with the same key is answered as the first, and moves nothing', async () => {
    const first = await extend({ closesAt: '2022-04-10' }, sent);
    const second = await extend({ closesAt: '2022-04-10' }, sent);
    expect([second.status, second.body, second.headers.etag]).toEqual([201, first.body, first.headers.etag]);
    expect((await headOf()).revision).toBe(first.body.revision);
  });

  test('with the same key and another body is refused', async () => {
    await extend({ closesAt: '2022-04-10' }, sent);
    expect((await extend({ closesAt: '2022-04-11' }, sent)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('at the same time is done once', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => extend({ closesAt: '2022-04-10' }, sent)));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await history()).filter(({ action }) => action === 'extended')).toHaveLength(1);
  });
});

describe('moves at the same time', () => {
  test('are all done, one after the other, each with its entry', async () => {
    await newDraft(world);
    const before = (await headOf()).revision;
    const replies = await Promise.all([
      extend({ closesAt: '2022-04-10' }),
      extend({ closesAt: '2022-04-12', category: '1' }),
      extend({ closesAt: '2022-04-15', category: '2-1' }),
      extend({ closesAt: '2022-04-13', unitId: 'unit-1' }),
      extend({ closesAt: '2022-04-14', unitId: 'unit-1', category: '1' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await headOf()).toMatchObject({
      closesAt: '2022-04-10T16:00:00.000Z',
      lastClosesAt: '2022-04-15T16:00:00.000Z',
      revision: before + 5,
    });
    const entries = await history();
    expect(entries.slice(-5).map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5].map((step) => before + step));
    const { body } = await send(world.app.extensions, { params, subject: 'officer' });
    expect(body.items).toHaveLength(4);
  });
});

describe('the list of extensions', () => {
  test('shows what was granted to whom, page by page, to officers alone', async () => {
    await newDraft(world);
    await newDraft(world, { subject: 'secretary-2' });
    await extend({ closesAt: '2022-04-02', category: '2-1' });
    await extend({ closesAt: '2022-04-03', unitId: 'unit-1' });
    await extend({ closesAt: '2022-04-04', unitId: 'unit-2', category: '1' });
    const list = (query: Record<string, string>, subject = 'officer') =>
      send(world.app.extensions, { params, subject, query, receivedAt: Date.UTC(2022, 3, 3, 16) });
    const first = await list({ limit: '2' });
    expect(first.body.call).toMatchObject({ closesAt: instant(CLOSES_AT) });
    expect(first.body.items).toMatchObject([
      { category: '2-1', owner: 'category', closesAt: '2022-04-02T16:00:00.000Z', open: false },
      { unitId: 'unit-1', unitName: '常德市医学会', owner: 'unit', open: false, setAt: instant(WHILE_OPEN) },
    ]);
    const second = await list({ limit: '2', cursor: String(first.body.nextCursor) });
    expect(second.body.items).toMatchObject([
      {
        unitId: 'unit-2',
        category: '1',
        owner: 'unitInCategory',
        closesText: '2022年4月4日24:00（Asia/Shanghai）',
        open: true,
      },
    ]);
    expect(second.body.nextCursor).toBeUndefined();
    expect((await list({}, 'secretary')).status).toBe(404);
  });
});

describe('an early close', () => {
  const received = WHILE_OPEN + 123;

  test('takes effect a minute after it is received, on a whole second', async () => {
    const { submissionId } = await readyDraft(world);
    const other = await readyDraft(world, { subject: 'secretary-2' });
    const reply = await close({}, { receivedAt: received });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const closes = WHILE_OPEN + 61_000;
    expect(reply.body).toMatchObject({
      before: { closesAt: instant(CLOSES_AT) },
      deadline: { closesAt: instant(closes), closesText: '2022年3月10日08:01:01（Asia/Shanghai）', owner: 'call' },
      stillOpen: [],
      stillOpenCount: 0,
    });
    expect((await history()).at(-1)).toMatchObject({
      action: 'closed-early',
      details: { closesAt: instant(closes), reason: '名额已满' },
    });
    expect((await submit(submissionId, closes - 1)).status).toBe(200);
    expect((await submit(other.submissionId, closes, 'secretary-2')).status).toBe(409);
  });

  test.each([
    ['sooner than in a minute', WHILE_OPEN + 59_999, 'TOO_SOON'],
    ['at the deadline in force', CLOSES_AT, 'NOT_EARLIER'],
    ['after it', CLOSES_AT + DAY, 'NOT_EARLIER'],
  ])('is not %s', async (_, closesAt, code) => {
    const reply = await close({ closesAt: instant(closesAt) }, { receivedAt: WHILE_OPEN });
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toMatchObject([{ path: 'closesAt', code }]);
  });

  test('exactly a minute ahead is taken', async () => {
    expect((await close({ closesAt: instant(WHILE_OPEN + 60_000) }, { receivedAt: WHILE_OPEN })).status).toBe(200);
  });

  test('has nothing left to end in the last minute, nor after the close', async () => {
    expect((await close({}, { receivedAt: CLOSES_AT - 30_000 })).body.errors).toMatchObject([{ code: 'NOT_EARLIER' }]);
    expect((await close({}, { receivedAt: CLOSES_AT })).body.code).toBe('CALL_CLOSED');
  });

  test('never comes before the opening', async () => {
    const opens = Date.UTC(2022, 1, 28, 16);
    expect((await close({}, { receivedAt: opens - DAY })).body.errors).toMatchObject([{ code: 'CLOSES_BEFORE_OPENS' }]);
  });

  test('of the call leaves what was granted to some, and lists it', async () => {
    const { submissionId } = await readyDraft(world);
    const inSecond = await readyDraft(world, { category: '2-1' });
    await extend({ closesAt: '2022-04-02', category: '2-1' });
    const reply = await close({}, { receivedAt: WHILE_OPEN });
    expect(reply.body).toMatchObject({
      stillOpen: [{ category: '2-1', closesAt: '2022-04-02T16:00:00.000Z', open: true }],
      stillOpenCount: 1,
      lastClosesAt: '2022-04-02T16:00:00.000Z',
    });
    expect((await submit(submissionId, WHILE_OPEN + 60_000)).status).toBe(409);
    expect((await submit(inSecond.submissionId, WHILE_OPEN + 60_000)).status).toBe(200);
  });

  test('of what was granted ends that alone, down to what the call has', async () => {
    const { submissionId } = await readyDraft(world);
    await extend({ closesAt: '2022-04-02', unitId: 'unit-1' });
    const early = instant(CLOSES_AT - DAY);
    const reply = await close({ unitId: 'unit-1', closesAt: early });
    expect(reply.body).toMatchObject({
      unitId: 'unit-1',
      before: { closesAt: '2022-04-02T16:00:00.000Z', owner: 'unit' },
      deadline: { closesAt: instant(CLOSES_AT), owner: 'call' },
      lastClosesAt: instant(CLOSES_AT),
    });
    expect((await submit(submissionId, CLOSES_AT)).status).toBe(409);
    expect((await submit(submissionId, CLOSES_AT - 1)).status).toBe(200);
  });

  test('of a scope is refused where nothing was granted there, or something else holds', async () => {
    await newDraft(world);
    expect((await close({ category: '1' })).body.errors).toMatchObject([{ path: 'category', code: 'NOT_EXTENDED' }]);
    await extend({ closesAt: '2022-04-02', unitId: 'unit-1' });
    await extend({ closesAt: '2022-04-05' });
    expect((await close({ unitId: 'unit-1' })).body.errors).toMatchObject([
      { path: 'unitId', code: 'NOT_EXTENDED', message: expect.stringContaining('2022年4月5日24:00') },
    ]);
  });
});

describe('late attempts', () => {
  test('are listed with unit, category and how late they were', async () => {
    const first = await readyDraft(world, { subject: 'secretary-2' });
    const second = await readyDraft(world, { category: '2-1' });
    await extend({ closesAt: instant(CLOSES_AT + HOUR), category: '2-1' });
    await submit(first.submissionId, CLOSES_AT + 1_000, 'secretary-2');
    await submit(second.submissionId, CLOSES_AT + HOUR + 192_500);
    await submit(first.submissionId, CLOSES_AT + 2 * DAY + 4 * HOUR, 'secretary-2');
    const list = (query: Record<string, string> = {}, sent: Sent = {}) =>
      send(world.app.lateAttempts, { params, subject: 'officer', query, ...sent });
    const { body } = await list();
    expect(body).toEqual({
      items: [
        {
          submissionId: first.submissionId,
          ...{ unitId: 'unit-2', unitName: '常德职业技术学院科协', category: '1', count: 2 },
          ...{ first: instant(CLOSES_AT + 1_000), last: instant(CLOSES_AT + 2 * DAY + 4 * HOUR) },
          ...{ howLateMs: 2 * DAY + 4 * HOUR, howLate: '2天4小时' },
        },
        {
          submissionId: second.submissionId,
          ...{ unitId: 'unit-1', unitName: '常德市医学会', category: '2-1', count: 1 },
          ...{ first: instant(CLOSES_AT + HOUR + 192_500), last: instant(CLOSES_AT + HOUR + 192_500) },
          ...{ howLateMs: 192_500, howLate: '3分12秒' },
        },
      ],
    });
    const page = await list({ limit: '1' });
    expect(page.body.items).toMatchObject([{ submissionId: first.submissionId }]);
    const next = await list({ limit: '1', cursor: String(page.body.nextCursor) });
    expect(next.body.items).toMatchObject([{ submissionId: second.submissionId }]);
    const english = await list({}, { headers: { 'accept-language': 'en' } });
    expect(english.body.items).toMatchObject([{ howLate: '2 d 4 h' }, { howLate: '3 min 12 s' }]);
    expect((await list({}, { subject: 'secretary' })).status).toBe(404);
  });
});
