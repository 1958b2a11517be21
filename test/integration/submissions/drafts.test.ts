import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { loseKeyToNobody, newDraft, readyDraft, talliesOf } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type Sent,
  type SubmissionWorld,
  send,
  submissionWorld,
} from '#test/support/submission-world.ts';

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const create = (sent: Sent = {}) =>
  send(world.app.create, { params: { callId: CALL_ID }, body: { category: '1' }, ...sent });
const save = (submissionId: string, body: unknown, ifMatch?: string, sent: Sent = {}) =>
  send(world.app.save, {
    params: { submissionId },
    body,
    ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
    ...sent,
  });

describe('creating a draft', () => {
  test('gives 201 with Location, ETag and what was stored', async () => {
    const reply = await create({ body: { category: '2-1', answers: { name: '重点学会' } } });
    expect(reply).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `/submissions/${reply.body.submissionId}` },
      body: {
        callId: CALL_ID,
        category: '2-1',
        unitId: 'unit-1',
        status: 'draft',
        answers: { name: '重点学会' },
        answered: 1,
        attachments: [],
        dropped: [],
        filled: [],
        notCopied: [],
      },
    });
    const read = await send(world.app.get, { params: { submissionId: String(reply.body.submissionId) } });
    expect({ ...read.body, dropped: [], filled: [], notCopied: [] }).toEqual(reply.body);
  });

  test('asks which unit where the actor has several, and takes no other than theirs', async () => {
    expect(await create({ subject: 'both' })).toMatchObject({ status: 422, body: { code: 'UNIT_REQUIRED' } });
    expect((await create({ subject: 'both', body: { category: '1', unitId: 'unit-2' } })).body.unitId).toBe('unit-2');
    expect((await create({ body: { category: '1', unitId: 'unit-2' } })).status).toBe(404);
    expect((await create({ subject: 'officer' })).body.code).toBe('UNIT_REQUIRED');
  });

  test('tells at once that the unit is of a kind the category is not for', async () => {
    expect((await create({ subject: 'outsider' })).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: 'unitId', code: 'APPLICANT_KIND' }],
    });
  });

  test('refuses unknown categories, groups, wrong answers, and a call that is not open', async () => {
    expect((await create({ body: { category: '9' } })).body.errors).toMatchObject([{ code: 'UNKNOWN_CATEGORY' }]);
    expect((await create({ body: { category: '2' } })).body.errors).toMatchObject([{ code: 'UNKNOWN_CATEGORY' }]);
    expect((await create({ body: { category: '1', answers: { name: 5, more: '' } } })).body.errors).toMatchObject([
      { path: 'name', code: 'WRONG_TYPE' },
      { path: 'more', code: 'UNKNOWN' },
    ]);
    expect((await create({ receivedAt: CLOSES_AT })).body.code).toBe('CALL_CLOSED');
    expect((await create({ receivedAt: Date.UTC(2022, 1, 1) })).body.code).toBe('CALL_NOT_OPEN');
    expect((await create({ params: { callId: 'no-such-call' } })).status).toBe(404);
    expect(await talliesOf(world)).toEqual([]);
  });

  test('with the same key and body gives the same draft, even twice at once and after the deadline', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const receivedAt = CLOSES_AT - 1;
    const [one, other] = await Promise.all([create({ headers, receivedAt }), create({ headers, receivedAt })]);
    expect(one.status).toBe(201);
    expect(other.body).toEqual(one.body);
    expect((await create({ headers, receivedAt: CLOSES_AT })).body).toEqual(one.body);
    expect(await talliesOf(world)).toMatchObject([{ drafts: [one.body.submissionId] }]);
  });

  test('with the same key and another body is refused; another user’s same key is another key', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    await create({ headers });
    expect(await create({ headers, body: { category: '2-1' } })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await create({ headers, subject: 'secretary-2' })).body.unitId).toBe('unit-2');
  });

  test('with a key that was lost to a creation taken back meanwhile is a conflict, to be sent again', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    loseKeyToNobody(world);
    expect(await create({ headers })).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await create({ headers })).status).toBe(201);
  });

  test('keeps no key of a request that was refused', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    expect((await create({ headers, body: { category: '9' } })).status).toBe(422);
    expect((await create({ headers })).status).toBe(201);
  });

  test('is refused above a hundred drafts of a unit', async () => {
    for (let count = 0; count < 100; count += 10) await Promise.all(Array.from({ length: 10 }, () => create()));
    const reply = await create();
    expect(reply).toMatchObject({
      status: 409,
      body: { code: 'LIMIT_REACHED', limit: 100, count: 100, errors: [{ path: '', code: 'LIMIT_REACHED' }] },
    });
    expect(reply.body.detail).toContain('最多 100 份草稿');
    expect((await create({ subject: 'secretary-2' })).status).toBe(201);
  }, 30_000);

  test('against a publication taken back meanwhile leaves neither draft nor key', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const { create: handler } = world.app;
    const takeBack = async () => {
      const head = await world.calls.head(CALL_ID);
      if (head === undefined) throw new Error('no head');
      const { publishedVersion: _version, publishedAt: _at, ...unpublished } = head;
      await world.changes.replaceHeadAtRevision(
        { ...unpublished, revision: head.revision + 1 },
        head.revision,
        byOfficer('officer', head.opensAt, 'unpublished'),
      );
      return head;
    };
    // The publication is taken back just before the draft is written: after the first look at the head.
    let published: Awaited<ReturnType<typeof takeBack>> | undefined;
    let begun = false;
    world.db.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'TransactWriteItemsCommand' && !begun) {
          begun = true;
          published = await takeBack();
        }
        return next(args);
      },
      { step: 'initialize', name: 'take-back' },
    );
    const reply = await send(handler, { params: { callId: CALL_ID }, body: { category: '1' }, headers });
    expect(published).toBeDefined();
    expect(reply.status).toBe(404);
    expect(await talliesOf(world)).toEqual([]);
    expect((await send(world.app.list)).body.items).toEqual([]);
    world.db.middlewareStack.remove('take-back');
    if (published !== undefined)
      await world.changes.replaceHeadAtRevision(
        { ...published, revision: published.revision + 2 },
        published.revision + 1,
        byOfficer('officer', published.opensAt, 'published'),
      );
    expect((await create({ headers })).status).toBe(201);
  });
});

describe('saving answers', () => {
  test('replaces all, moves the ETag, and asks for the last one seen', async () => {
    const submissionId = await newDraft(world);
    expect(await save(submissionId, { kind: 'key' })).toMatchObject({
      status: 428,
      body: { code: 'PRECONDITION_REQUIRED' },
    });
    const saved = await save(submissionId, { kind: 'key' }, '"1"');
    expect(saved).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { answers: { kind: 'key' }, answered: 1 },
    });
    expect(await save(submissionId, { name: '甲' }, '"1"')).toMatchObject({ status: 412 });
    expect(await save(submissionId, { name: '甲' }, 'W/"2"')).toMatchObject({ status: 412 });
    expect(await save(submissionId, { name: '甲' }, '"7", "2"')).toMatchObject({ status: 200 });
    expect(await save(submissionId, { name: '乙' }, '*')).toMatchObject({ status: 200, headers: { etag: '"4"' } });
  });

  test('refuses a wrong shape with every fault and keeps the draft', async () => {
    const submissionId = await newDraft(world);
    const before = await world.submissions.load(submissionId);
    expect((await save(submissionId, { name: null, kind: 'none', extra: 1 }, '"1"')).body.errors).toMatchObject([
      { path: 'name', code: 'NULL' },
      { path: 'kind', code: 'NOT_AN_OPTION' },
      { path: 'extra', code: 'UNKNOWN' },
    ]);
    expect(await world.submissions.load(submissionId)).toEqual(before);
  });

  test('is refused outside the window, of what is submitted, and of another unit', async () => {
    const { submissionId } = await readyDraft(world);
    expect((await save(submissionId, {}, '"1"', { receivedAt: CLOSES_AT })).body.code).toBe('CALL_CLOSED');
    expect((await save(submissionId, {}, '"1"', { receivedAt: 0 })).body.code).toBe('CALL_NOT_OPEN');
    expect((await save(submissionId, {}, '"1"', { subject: 'secretary-2' })).status).toBe(404);
    expect((await save(submissionId, {}, '"1"', { subject: 'officer' })).status).toBe(404);
    await send(world.app.submit, { params: { submissionId } });
    expect((await save(submissionId, {}, '"1"')).body.code).toBe('NOT_A_DRAFT');
  });

  test('of two at once with the same ETag lets one through', async () => {
    const submissionId = await newDraft(world);
    const replies = await Promise.all([
      save(submissionId, { name: '甲' }, '"1"'),
      save(submissionId, { name: '乙' }, '"1"'),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('against a submit at once never changes what the receipt says', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { submissionId } = await readyDraft(world, { subject: round < 3 ? 'secretary' : 'secretary-2' });
      const subject = round < 3 ? 'secretary' : 'secretary-2';
      const [submitted, saved] = await Promise.all([
        send(world.app.submit, { params: { submissionId }, subject }),
        save(submissionId, { name: '改后' }, '"1"', { subject }),
      ]);
      if (submitted.status !== 200) continue;
      const read = await send(world.app.get, { params: { submissionId }, subject });
      expect(read.body.status).toBe('submitted');
      expect(read.body.answers).toEqual({ name: saved.status === 200 ? '改后' : '学会能力提升' });
      const head = await world.submissions.head(submissionId);
      expect(head?.answersDigest).toBe(submitted.body.answersDigest);
    }
    expect.hasAssertions();
  });
});

describe('deleting a draft', () => {
  const remove = (submissionId: string, subject = 'secretary') =>
    send(world.app.remove, { params: { submissionId }, subject });

  test('is at once for everybody, and the collector clears files and items away', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    expect((await remove(submissionId)).status).toBe(204);
    expect((await send(world.app.get, { params: { submissionId } })).status).toBe(404);
    expect((await send(world.app.list)).body.items).toEqual([]);
    expect(await talliesOf(world)).toEqual([]);
    expect((await remove(submissionId)).status).toBe(404);

    await world.jobs.collect();
    expect(world.bucket.versionsOf(`submissions/${submissionId}/${attachmentId}`)).toHaveLength(1);
    world.clock.now += 3_600_000;
    await world.jobs.collect();
    await world.jobs.collect();
    expect(world.bucket.versionsOf(`submissions/${submissionId}/${attachmentId}`)).toEqual([]);
    const left = await world.db.send(
      new QueryCommand({
        TableName: world.tables.submissions,
        KeyConditionExpression: 'submissionId = :submissionId',
        ExpressionAttributeValues: { ':submissionId': submissionId },
      }),
    );
    expect(left.Items).toEqual([]);
  });

  test('is refused of what is submitted and of another unit, and changes nothing then', async () => {
    const { submissionId } = await readyDraft(world);
    expect((await remove(submissionId, 'secretary-2')).status).toBe(404);
    expect((await remove(submissionId, 'officer')).status).toBe(404);
    await send(world.app.submit, { params: { submissionId } });
    expect((await remove(submissionId)).body.code).toBe('NOT_A_DRAFT');
    expect((await send(world.app.get, { params: { submissionId } })).body.attachments).toMatchObject([
      { state: 'admitted' },
    ]);
  });

  test('against a submit at once either submits with its files or deletes', async () => {
    for (let round = 0; round < 6; round += 1) {
      const subject = round < 3 ? 'secretary' : 'secretary-2';
      const { submissionId } = await readyDraft(world, { subject });
      const [submitted, removed] = await Promise.all([
        send(world.app.submit, { params: { submissionId }, subject }),
        remove(submissionId, subject),
      ]);
      const read = await send(world.app.get, { params: { submissionId }, subject });
      if (removed.status === 204) expect([submitted.status, read.status]).toEqual([404, 404]);
      else expect(read.body).toMatchObject({ status: 'submitted', attachments: [{ state: 'admitted' }] });
    }
  });
});
