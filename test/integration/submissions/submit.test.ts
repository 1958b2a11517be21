import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { tallyKey } from '#shared/data/tally-items.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { MOST_SUBMISSIONS } from '#shared/domain/limits/limits.ts';
import { MOST_WITHDRAWALS } from '#shared/domain/submission/transitions.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { newDraft, readyDraft, SHA256, talliesOf } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld();
});

const submit = (submissionId: string, receivedAt = WHILE_OPEN, subject = 'secretary') =>
  send(world.app.submit, { params: { submissionId }, receivedAt, subject });

describe('a submit', () => {
  test('gives a receipt that names what was submitted and proves itself', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    const reply = await submit(submissionId);
    expect(reply.status).toBe(200);
    const { digest, ...rest } = reply.body;
    expect(rest).toMatchObject({
      submissionId,
      callId: CALL_ID,
      callVersion: 1,
      category: '1',
      unitId: 'unit-1',
      submittedAt: new Date(WHILE_OPEN).toISOString(),
      deadline: '2022-03-31T16:00:00.000Z',
      deadlineLocal: '2022-04-01T00:00:00.000+08:00',
      answersDigest: canonicalDigest({ name: '学会能力提升' }),
      attachments: [{ attachmentId, material: 'application', filename: '申报书.pdf', size: 1_000, sha256: SHA256 }],
    });
    expect(digest).toBe(canonicalDigest(rest));
  });

  test('settles an attachment whose event has not come, and pins its version', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    await submit(submissionId);
    expect(await world.attachments.find(submissionId, attachmentId)).toMatchObject({
      state: 'admitted',
      versionId: 'version-1',
    });
  });

  test('is accepted one millisecond before the deadline and refused at it and after it', async () => {
    const before = await readyDraft(world);
    const at = await readyDraft(world);
    const after = await readyDraft(world);
    expect((await submit(before.submissionId, CLOSES_AT - 1)).status).toBe(200);
    expect(await submit(at.submissionId, CLOSES_AT)).toMatchObject({ status: 409, body: { code: 'CALL_CLOSED' } });
    expect(await submit(after.submissionId, CLOSES_AT + 1)).toMatchObject({
      status: 409,
      body: { code: 'CALL_CLOSED' },
    });
  });

  test('is refused before the call opens', async () => {
    const { submissionId } = await readyDraft(world);
    expect(await submit(submissionId, Date.UTC(2022, 1, 1))).toMatchObject({ body: { code: 'CALL_NOT_OPEN' } });
  });

  test('that comes late leaves one record of first, last and count, and the draft as it was', async () => {
    const { submissionId } = await readyDraft(world);
    const before = await world.submissions.load(submissionId);
    await submit(submissionId, CLOSES_AT);
    await submit(submissionId, CLOSES_AT + 5);
    const { late, ...after } = (await world.submissions.load(submissionId)) ?? {};
    expect(late).toEqual({
      first: new Date(CLOSES_AT).toISOString(),
      last: new Date(CLOSES_AT + 5).toISOString(),
      count: 2,
      howLate: 5,
    });
    expect({ ...after, late: undefined }).toEqual(before);
  });

  test('by another unit finds nothing, late or not, and leaves no record', async () => {
    const { submissionId } = await readyDraft(world);
    expect((await submit(submissionId, WHILE_OPEN, 'secretary-2')).status).toBe(404);
    expect((await submit(submissionId, CLOSES_AT, 'secretary-2')).status).toBe(404);
    expect((await submit(submissionId, WHILE_OPEN, 'officer')).status).toBe(404);
    expect((await world.submissions.load(submissionId))?.late).toBeUndefined();
  });

  test('that is repeated gives the same receipt, even after the deadline', async () => {
    const { submissionId } = await readyDraft(world);
    const first = await submit(submissionId);
    expect((await submit(submissionId)).body).toEqual(first.body);
    expect((await submit(submissionId, CLOSES_AT + 60_000)).body).toEqual(first.body);
  });

  test('clicked twice at once gives one receipt to both', async () => {
    const { submissionId } = await readyDraft(world);
    const [one, other] = await Promise.all([submit(submissionId), submit(submissionId)]);
    expect(one.status).toBe(200);
    expect(other.body).toEqual(one.body);
  });

  test('lists every fault of answers and materials at once, and stores nothing', async () => {
    const submissionId = await newDraft(world, { body: { category: '1' } });
    const before = await world.submissions.load(submissionId);
    const reply = await submit(submissionId);
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toMatchObject([
      { path: 'name', code: 'REQUIRED' },
      { path: 'materials.application', code: 'MATERIAL_MISSING' },
    ]);
    expect(await world.submissions.load(submissionId)).toEqual(before);
  });

  test('does not count a file that was announced and never came', async () => {
    const submissionId = await newDraft(world);
    await send(world.app.announce, {
      params: { submissionId },
      body: { material: 'application', filename: 'a.pdf', size: 1, contentType: 'application/pdf', sha256: SHA256 },
    });
    expect((await submit(submissionId)).body.errors).toMatchObject([{ code: 'ATTACHMENT_NOT_UPLOADED' }]);
  });
});

describe('the limit of a unit', () => {
  test('lets exactly three of fifty concurrent submits through and loses none of the others', async () => {
    const drafts: string[] = [];
    for (let count = 0; count < 50; count += 1) drafts.push((await readyDraft(world)).submissionId);
    const replies = await Promise.all(drafts.map((submissionId) => submit(submissionId)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
    for (const reply of replies.filter(({ status }) => status !== 200))
      expect(reply).toMatchObject({ status: 409, body: { code: 'LIMIT_REACHED', limit: 3, count: 3 } });
    const heads = await world.submissions.heads(drafts);
    expect(heads.filter(({ status }) => status === 'submitted')).toHaveLength(3);
    expect(heads.filter(({ status }) => status === 'draft')).toHaveLength(47);
    expect(await talliesOf(world)).toMatchObject([{ drafts: { length: 47 }, submitted: { length: 3 } }]);
  }, 60_000);

  test('is each unit’s own', async () => {
    for (let count = 0; count < 3; count += 1) await submit((await readyDraft(world)).submissionId);
    const other = await readyDraft(world, { subject: 'secretary-2' });
    expect((await submit(other.submissionId, WHILE_OPEN, 'secretary-2')).status).toBe(200);
  });

  test('of a group counts what is submitted below it, and says which limit it is', async () => {
    world = await submissionWorld({
      limitPerUnit: undefined,
      categories: [
        {
          code: '2',
          title: '能力建设',
          limitPerUnit: 1,
          clause: '三、（二）',
          categories: ['2-1', '2-2'].map((code) => ({
            code,
            title: code,
            applicants: ['市级学会'],
            form: 'apply',
            period: { text: '一年' },
            materials: [{ key: 'application', title: '申报书', required: true, accept: ['pdf'] }],
          })),
        },
      ],
    });
    const body = (category: string) => ({ category, answers: { name: '学会能力提升' } });
    const one = await readyDraft(world, { body: body('2-1') });
    const other = await readyDraft(world, { body: body('2-2') });
    expect((await submit(one.submissionId)).status).toBe(200);
    const refused = await submit(other.submissionId);
    expect(refused.body).toMatchObject({
      code: 'LIMIT_REACHED',
      limit: 1,
      count: 1,
      errors: [{ path: '', code: 'LIMIT_REACHED', clause: '三、（二）' }],
    });
    expect(refused.body.detail).toContain('能力建设');
    const dry = await send(world.app.validate, { params: { submissionId: other.submissionId } });
    expect(dry.body.errors).toEqual(refused.body.errors);
  });

  test('of the whole call names the clause of the notice', async () => {
    world = await submissionWorld({ limitPerUnit: 1, limitClause: '通知 三.3' });
    await submit((await readyDraft(world)).submissionId);
    const { submissionId } = await readyDraft(world);
    const { body } = await submit(submissionId);
    expect(body.errors).toEqual([
      { path: '', code: 'LIMIT_REACHED', clause: '通知 三.3', message: expect.stringContaining('最多 1 项') },
    ]);
  });

  test('is there where the notice sets none, so that a tally never outgrows its item', async () => {
    world = await submissionWorld({ limitPerUnit: undefined });
    const { submissionId } = await readyDraft(world);
    const others = Array.from({ length: MOST_SUBMISSIONS }, () => generateId());
    await world.db.send(
      new UpdateCommand({
        TableName: world.tables.tallies,
        Key: tallyKey(CALL_ID, 'unit-1'),
        UpdateExpression: 'ADD submitted :ids, #call :ids, #set :ids',
        ExpressionAttributeNames: { '#call': 'in#', '#set': 'in#1' },
        ExpressionAttributeValues: { ':ids': new Set(others) },
      }),
    );
    expect(await submit(submissionId)).toMatchObject({
      status: 409,
      body: { code: 'LIMIT_REACHED', limit: MOST_SUBMISSIONS, count: MOST_SUBMISSIONS },
    });
  });
});

describe('a withdrawal', () => {
  const withdraw = (submissionId: string, receivedAt = WHILE_OPEN) =>
    send(world.app.withdraw, { params: { submissionId }, receivedAt });

  test('frees its place, voids its receipt and leaves a draft with the same answers', async () => {
    const submitted = [];
    for (let count = 0; count < 3; count += 1) {
      const { submissionId } = await readyDraft(world);
      submitted.push({ submissionId, receipt: (await submit(submissionId)).body });
    }
    const { submissionId: waiting } = await readyDraft(world);
    expect((await submit(waiting)).body.code).toBe('LIMIT_REACHED');

    const [first] = submitted;
    const reply = await withdraw(first?.submissionId ?? '');
    expect(reply).toMatchObject({ status: 200, body: { status: 'draft', attachmentCount: 1 } });
    expect(reply.body.receiptNo).toBeUndefined();
    const receiptNo = String(first?.receipt.receiptNo);
    expect((await send(world.app.check, { params: { receiptNo } })).body).toMatchObject({
      status: 'withdrawn',
      withdrawnAt: new Date(WHILE_OPEN).toISOString(),
    });
    const draft = await send(world.app.get, { params: { submissionId: first?.submissionId ?? '' } });
    expect(draft.body).toMatchObject({ status: 'draft', answers: { name: '学会能力提升' } });
    expect((await submit(waiting)).status).toBe(200);
  });

  test('is followed by a new receipt where it is submitted again', async () => {
    const { submissionId } = await readyDraft(world);
    const first = await submit(submissionId);
    await withdraw(submissionId);
    const second = await submit(submissionId, WHILE_OPEN + 1_000);
    expect(second.status).toBe(200);
    expect(second.body.receiptNo).not.toBe(first.body.receiptNo);
    expect((await send(world.app.receipt, { params: { submissionId } })).body).toMatchObject(second.body);
    expect((await send(world.app.check, { params: { receiptNo: String(first.body.receiptNo) } })).body.status).toBe(
      'withdrawn',
    );
  });

  test('is refused after a hundred of one submission, which stays submitted with its receipt', async () => {
    const { submissionId } = await readyDraft(world);
    for (let count = 0; count < MOST_WITHDRAWALS; count += 1) {
      await submit(submissionId);
      expect((await withdraw(submissionId)).status).toBe(200);
    }
    const receipt = await submit(submissionId);
    expect(receipt.status).toBe(200);
    const reply = await withdraw(submissionId);
    expect(reply).toMatchObject({
      status: 409,
      body: { code: 'LIMIT_REACHED', limit: MOST_WITHDRAWALS, count: MOST_WITHDRAWALS },
    });
    expect(reply.body.detail).toContain('最多撤回 100 次');
    expect(reply.body.errors).toMatchObject([{ path: '', code: 'LIMIT_REACHED' }]);
    expect((await submit(submissionId)).body).toEqual(receipt.body);
  }, 60_000);

  test('is refused at the deadline, of a draft, and of another unit', async () => {
    const { submissionId } = await readyDraft(world);
    expect((await withdraw(submissionId)).body.code).toBe('NOT_SUBMITTED');
    await submit(submissionId);
    expect((await withdraw(submissionId, CLOSES_AT)).body.code).toBe('CALL_CLOSED');
    const other = await send(world.app.withdraw, { params: { submissionId }, subject: 'secretary-2' });
    expect(other.status).toBe(404);
  });
});
