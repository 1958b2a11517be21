import { beforeEach, describe, expect, test, vi } from 'vitest';
import { deletedEntry } from '#shared/domain/history/submission-entries.ts';
import { log } from '#shared/runtime/log.ts';
import { announced, loseKeyToNobody, newDraft, readyDraft, SHA256, uploaded } from '#test/support/draft-steps.ts';
import {
  CLOSES_AT,
  type Sent,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const FILE = {
  material: 'application',
  filename: '申报书.pdf',
  size: 1_000,
  contentType: 'application/pdf',
  sha256: SHA256,
};

const HOUR = 3_600_000;

let world: SubmissionWorld;
let submissionId: string;
beforeEach(async () => {
  world = await submissionWorld();
  submissionId = await newDraft(world);
});

const announce = (sent: Sent = {}) => send(world.app.announce, { params: { submissionId }, body: FILE, ...sent });
const stateOf = async (attachmentId: string) => (await world.attachments.find(submissionId, attachmentId))?.state;
const file = (attachmentId: string, handler = world.app.download, sent: Sent = {}) =>
  send(handler, { params: { submissionId, attachmentId }, ...sent });

describe('announcing a file', () => {
  test('gives its id and the right to upload it, by POST or by PUT', async () => {
    const post = await announce();
    expect(post).toMatchObject({ status: 201, body: { upload: { method: 'POST', fields: {} } } });
    expect((await announce({ query: { method: 'PUT' }, body: { ...FILE, material: 'nothing' } })).status).toBe(422);
    const other = await newDraft(world);
    const put = await announce({ query: { method: 'PUT' }, params: { submissionId: other } });
    expect(put).toMatchObject({ status: 201, body: { upload: { method: 'PUT', headers: {} } } });
    expect((await world.submissions.head(submissionId))?.attachmentCount).toBe(1);
  });

  test('is refused with everything that is wrong with it', async () => {
    const reply = await announce({
      body: { ...FILE, filename: '申报书\u202Efdp.exe', size: 30_000_000 },
    });
    expect(reply.body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [
        { path: 'filename', code: 'FILENAME' },
        { path: 'filename', code: 'FILE_TYPE_NOT_ACCEPTED' },
        { path: 'size', code: 'FILE_TOO_LARGE' },
      ],
    });
  });

  test('more often than the material takes is refused', async () => {
    await announce();
    expect((await announce()).body.errors).toMatchObject([{ code: 'MATERIAL_TOO_MANY' }]);
  });

  test('with the same key gives the same attachment, with another body 422', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const [one, other] = await Promise.all([announce({ headers }), announce({ headers })]);
    expect(one.status).toBe(201);
    expect(other.body.attachmentId).toBe(one.body.attachmentId);
    expect((await announce({ headers, body: { ...FILE, size: 2 } })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await world.submissions.head(submissionId))?.attachmentCount).toBe(1);
  });

  test('with the same key while the file is expected gives it another day', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const attachmentId = String((await announce({ headers })).body.attachmentId);
    expect((await announce({ headers, receivedAt: WHILE_OPEN + 20 * HOUR })).body.attachmentId).toBe(attachmentId);
    world.clock.now += 25 * HOUR;
    await world.jobs.collect();
    expect(await stateOf(attachmentId)).toBe('expected');
  });

  test('with the same key once the file was proven says that it is there already, admitted or refused', async () => {
    for (const differs of [{}, { size: 1 }]) {
      const headers = { 'idempotency-key': `key-${differs.size ?? 0}` };
      const params = { submissionId: await newDraft(world) };
      const { body } = await announce({ headers, params });
      const { key, versionId } = uploaded(world, params.submissionId, String(body.attachmentId), differs);
      await world.jobs.admit(key, versionId);
      const again = await announce({ headers, params });
      expect(again).toMatchObject({ status: 409, body: { code: 'ALREADY_UPLOADED', title: '该文件已上传' } });
    }
  });

  test('with a key that was lost to a request taken back meanwhile is a conflict, to be sent again', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    loseKeyToNobody(world);
    expect(await announce({ headers })).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });

  test('is refused outside the window, of what is submitted, and of another unit', async () => {
    expect((await announce({ receivedAt: CLOSES_AT })).body.code).toBe('CALL_CLOSED');
    expect((await announce({ receivedAt: 0 })).body.code).toBe('CALL_NOT_OPEN');
    expect((await announce({ subject: 'secretary-2' })).status).toBe(404);
    const ready = await readyDraft(world);
    await send(world.app.submit, { params: { submissionId: ready.submissionId } });
    expect((await announce({ params: { submissionId: ready.submissionId } })).body.code).toBe('NOT_A_DRAFT');
  });

  test('at the same time as a submit is never in a submission without being in its receipt', async () => {
    for (let round = 0; round < 6; round += 1) {
      const subject = round < 3 ? 'secretary' : 'secretary-2';
      const ready = await readyDraft(world, { subject });
      const [submitted] = await Promise.all([
        send(world.app.submit, { params: { submissionId: ready.submissionId }, subject }),
        send(world.app.removeFile, {
          params: { submissionId: ready.submissionId, attachmentId: ready.attachmentId },
          subject,
        }),
      ]);
      const read = await send(world.app.get, { params: { submissionId: ready.submissionId }, subject });
      if (submitted.status === 200)
        expect(read.body).toMatchObject({ status: 'submitted', attachments: submitted.body.attachments });
      else expect(read.body).toMatchObject({ status: 'draft', attachments: [] });
    }
  });
});

describe('renewing an upload', () => {
  test('gives a new right while the file is expected, and says that it is there once it is settled', async () => {
    const attachmentId = await announced(world, submissionId);
    expect(await file(attachmentId, world.app.renew)).toMatchObject({ status: 200, body: { attachmentId } });
    expect((await file(attachmentId, world.app.renew, { receivedAt: CLOSES_AT })).body.code).toBe('CALL_CLOSED');
    const { key, versionId } = uploaded(world, submissionId, attachmentId);
    await world.jobs.admit(key, versionId);
    expect((await file(attachmentId, world.app.renew)).body.code).toBe('ALREADY_UPLOADED');
    expect((await file('0'.repeat(26), world.app.renew)).status).toBe(404);
  });
});

describe('downloading', () => {
  test('redirects to the pinned version, or gives the address to who asks for JSON', async () => {
    const attachmentId = await announced(world, submissionId);
    expect((await file(attachmentId)).body.code).toBe('ATTACHMENT_NOT_AVAILABLE');
    const { key, versionId } = uploaded(world, submissionId, attachmentId);
    await world.jobs.admit(key, versionId);
    const url = `http://s3/${key}?versionId=${versionId}`;
    expect(await file(attachmentId)).toMatchObject({ status: 302, headers: { location: url }, body: {} });
    const json = await file(attachmentId, world.app.download, { headers: { accept: 'application/json' } });
    expect(json).toMatchObject({ status: 200, body: { url } });
  });

  test('is for officers once it is submitted, and for nobody else', async () => {
    const ready = await readyDraft(world);
    const get = (subject: string) => send(world.app.download, { params: { ...ready }, subject });
    expect((await get('officer')).status).toBe(404);
    await send(world.app.submit, { params: { submissionId: ready.submissionId } });
    expect((await get('officer')).status).toBe(302);
    expect((await get('secretary-2')).status).toBe(404);
  });
});

describe('removing a file', () => {
  test('takes it out of the draft at once, and the collector deletes its object and item', async () => {
    const attachmentId = await announced(world, submissionId);
    const { key, versionId } = uploaded(world, submissionId, attachmentId);
    await world.jobs.admit(key, versionId);
    expect((await file(attachmentId, world.app.removeFile)).status).toBe(204);
    expect((await send(world.app.get, { params: { submissionId } })).body).toMatchObject({
      attachments: [],
      attachmentCount: 0,
    });
    expect((await file(attachmentId, world.app.removeFile)).status).toBe(404);
    world.clock.now += 3_600_000;
    await world.jobs.collect();
    expect(world.bucket.versionsOf(key)).toEqual([]);
    await world.jobs.collect();
    expect((await announce()).status).toBe(201);
  });

  test('is refused of what is submitted and of another unit', async () => {
    const ready = await readyDraft(world);
    const remove = (subject: string) => send(world.app.removeFile, { params: { ...ready }, subject });
    expect((await remove('secretary-2')).status).toBe(404);
    await send(world.app.submit, { params: { submissionId: ready.submissionId } });
    expect((await remove('secretary')).body.code).toBe('NOT_A_DRAFT');
  });

  test('of a draft that is deleted meanwhile finds nothing', async () => {
    const attachmentId = await announced(world, submissionId);
    const submission = await world.submissions.load(submissionId);
    if (submission === undefined) throw new Error('no submission');
    let deleted = false;
    world.db.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'TransactWriteItemsCommand' && !deleted) {
          deleted = true;
          await world.drafts.deleteDraft(
            submission,
            WHILE_OPEN,
            deletedEntry(submission.head, submission.head.updatedAt, 'secretary'),
          );
        }
        return next(args);
      },
      { step: 'initialize', name: 'delete-draft' },
    );
    expect((await file(attachmentId, world.app.removeFile)).body.code).toBe('NOT_FOUND');
    expect(deleted).toBe(true);
  });
});

describe('an object that arrives', () => {
  test('is admitted where it is as announced, however often its event comes', async () => {
    const attachmentId = await announced(world, submissionId);
    const { key, versionId } = uploaded(world, submissionId, attachmentId);
    await Promise.all([world.jobs.admit(key, versionId), world.jobs.admit(key, versionId)]);
    await world.jobs.admit(key, versionId);
    expect(await world.attachments.find(submissionId, attachmentId)).toMatchObject({ state: 'admitted', versionId });
    expect(world.bucket.versionsOf(key)).toEqual([versionId]);
  });

  test.each([
    { differs: { size: 1_001 }, reason: '文件大小' },
    { differs: { sha256: 'cd'.repeat(32) }, reason: 'SHA-256' },
    { differs: { sha256: undefined }, reason: 'SHA-256' },
    { differs: { family: 'zip' } as const, reason: '扩展名' },
    { differs: { family: undefined }, reason: '扩展名' },
    { differs: { storedAt: CLOSES_AT }, reason: '截止' },
  ])('is refused and deleted where it is not: $differs', async ({ differs, reason }) => {
    const attachmentId = await announced(world, submissionId);
    const { key, versionId } = uploaded(world, submissionId, attachmentId, differs);
    await world.jobs.admit(key, versionId);
    const read = await send(world.app.get, { params: { submissionId } });
    expect(read.body.attachments).toMatchObject([{ state: 'refused', reason: expect.stringContaining(reason) }]);
    expect(world.bucket.versionsOf(key)).toEqual([]);
    const { body } = await send(world.app.submit, { params: { submissionId } });
    expect(body.errors).toMatchObject([
      { code: 'ATTACHMENT_REFUSED', message: expect.stringMatching(new RegExp(`申报书.pdf.*${reason}`)) },
    ]);
  });

  test('and is refused is named to its unit, and never in a log', async () => {
    const attachmentId = await announced(world, submissionId);
    const { key, versionId } = uploaded(world, submissionId, attachmentId, { size: 1 });
    const [told, failed] = [vi.spyOn(log, 'info'), vi.spyOn(log, 'error')];
    await world.jobs.admit(key, versionId);
    const { body } = await send(world.app.submit, { params: { submissionId } });
    const lines = JSON.stringify([told.mock.calls, failed.mock.calls]);
    vi.restoreAllMocks();
    expect(JSON.stringify(body)).toContain('申报书.pdf');
    expect(lines).toContain('REQUEST_REFUSED');
    expect(lines).not.toContain('申报书');
  });

  test('a second time is surplus: the first proven version stays, whichever event comes first', async () => {
    const attachmentId = await announced(world, submissionId);
    const first = uploaded(world, submissionId, attachmentId);
    const second = uploaded(world, submissionId, attachmentId);
    await Promise.all([world.jobs.admit(second.key, second.versionId), world.jobs.admit(first.key, first.versionId)]);
    const kept = (await world.attachments.find(submissionId, attachmentId))?.versionId;
    expect(world.bucket.versionsOf(first.key)).toEqual([kept]);
  });

  test('for nothing announced, removed or deleted is deleted', async () => {
    const stray = uploaded(world, submissionId, '0'.repeat(26));
    await world.jobs.admit(stray.key, stray.versionId);
    expect(world.bucket.versionsOf(stray.key)).toEqual([]);

    const attachmentId = await announced(world, submissionId);
    await send(world.app.remove, { params: { submissionId } });
    const late = uploaded(world, submissionId, attachmentId);
    await world.jobs.admit(late.key, late.versionId);
    expect(world.bucket.versionsOf(late.key)).toEqual([]);
  });
});

describe('collecting', () => {
  const DAY = 24 * 3_600_000;

  test('leaves alone what is not due', async () => {
    const attachmentId = await announced(world, submissionId);
    world.clock.now += DAY - 1_000;
    await world.jobs.collect();
    expect(await stateOf(attachmentId)).toBe('expected');
  });

  test('takes out of the draft what never came within a day', async () => {
    const attachmentId = await announced(world, submissionId);
    world.clock.now += DAY;
    await world.jobs.collect();
    expect(await stateOf(attachmentId)).toBeUndefined();
    expect((await world.submissions.head(submissionId))?.attachmentCount).toBe(0);
    world.clock.now += DAY;
    await world.jobs.collect();
    expect(await world.submissions.load(submissionId)).toMatchObject({ attachments: [] });
  });

  test('proves what came and whose event was lost', async () => {
    const good = await announced(world, submissionId);
    uploaded(world, submissionId, good);
    world.clock.now += DAY;
    await world.jobs.collect();
    expect(await stateOf(good)).toBe('admitted');
  });

  test('sweeps the object of a refused file that its event left', async () => {
    const attachmentId = await announced(world, submissionId);
    const { key } = uploaded(world, submissionId, attachmentId, { size: 1 });
    await send(world.app.submit, { params: { submissionId } });
    expect(await stateOf(attachmentId)).toBe('refused');
    world.clock.now += DAY;
    await Promise.all([world.jobs.collect(), world.jobs.collect()]);
    expect(world.bucket.versionsOf(key)).toEqual([]);
    expect(await stateOf(attachmentId)).toBe('refused');
  });
});
