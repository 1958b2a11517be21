import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExportedSubmission, exportedSubmissions } from '#shared/data/exported-submissions.ts';
import { answersDigest } from '#shared/domain/form/digest.ts';
import type { ExportWorld } from '#test/support/export-world.ts';
import { manyReceiptNo, manySubmissionId } from '#test/support/many-submissions.ts';
import { CALL_ID, send, WHILE_OPEN } from '#test/support/submission-world.ts';
import { exportedCall } from './exported-call.ts';

const HOUR = 60 * 60 * 1000;

let world: ExportWorld;

beforeAll(async () => {
  world = await exportedCall(6, { perUnit: 2 });
});
afterAll(async () => {
  await world.stop();
});

const allOf = async (
  pages: AsyncIterable<{ readonly submissions: readonly ExportedSubmission[] }>,
): Promise<ExportedSubmission[]> => {
  const read: ExportedSubmission[] = [];
  for await (const { submissions } of pages) read.push(...submissions);
  return read;
};

describe('asking for an export', () => {
  it('is accepted with its address, and it is queued until somebody works on it', async () => {
    const asked = await world.ask({ format: 'csv' });
    expect(asked).toMatchObject({ status: 202, headers: { location: `/exports/${asked.body.exportId}` } });
    const expected = { state: 'queued', progress: { done: 0 }, status: 'submitted', format: 'csv' };
    expect(asked.body).toMatchObject(expected);
    expect((await world.look(String(asked.body.exportId))).body).toMatchObject({ ...expected, parts: [] });
    await world.work();
  });

  it('is for officers of the organiser: for others there is neither the call nor the export', async () => {
    const subject = 'secretary';
    expect((await world.ask({ format: 'csv' }, { subject })).status).toBe(404);
    const { exportId } = (await world.ask({ format: 'csv' })).body;
    expect((await world.look(String(exportId), { subject })).status).toBe(404);
    await world.work();
  });

  it('refuses a category that the call does not have, a format that there is not, and an archive of drafts', async () => {
    expect(await world.ask({ format: 'csv', category: '9' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] } },
    });
    expect(await world.ask({ format: 'pdf' })).toMatchObject({
      ...{ status: 400, body: { errors: [{ path: 'format', code: 'NOT_AN_OPTION' }] } },
    });
    expect(await world.ask({ format: 'zip', status: 'draft' })).toMatchObject({
      ...{ status: 400, body: { errors: [{ path: 'status', code: 'NOT_AN_OPTION' }] } },
    });
  });

  it('with an Idempotency-Key gives the same export, which the job is told of once', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const first = await world.ask({ format: 'csv' }, { headers });
    const again = await world.ask({ format: 'csv' }, { headers });
    expect(again.body.exportId).toBe(first.body.exportId);
    expect(await world.waiting()).toHaveLength(1);
    await world.work();
    expect((await world.look(String(first.body.exportId))).body.state).toBe('done');
    expect((await world.ask({ format: 'xlsx' }, { headers })).status).toBe(422);
    await world.ask({ format: 'csv' }, { headers });
    expect(await world.waiting()).toHaveLength(0);
  });

  it('is forgotten after 7 days', async () => {
    const { exportId } = (await world.exported({ format: 'csv' })).body;
    expect((await world.look(String(exportId), { receivedAt: WHILE_OPEN + 7 * 24 * HOUR })).status).toBe(404);
  });
});

describe('a run', () => {
  it('that is told again once it is done changes nothing', async () => {
    const done = await world.exported({ format: 'csv' });
    const exportId = String(done.body.exportId);
    const before = await world.exports.find(exportId);
    expect(await world.take({ exportId, part: 1 })).toBe(false);
    expect(await world.exports.find(exportId)).toEqual(before);
  });

  it('that breaks off is redone whole, and ends in the same state', async () => {
    let runs = 0;
    const { exports } = world.dependencies;
    const breaking: typeof exports = {
      ...exports,
      async finishPartOnce(...finished) {
        runs += 1;
        if (runs === 1) throw new Error('cut off between the file and its record');
        return exports.finishPartOnce(...finished);
      },
    };
    const reply = await world.exported({ format: 'ndjson' }, { exports: breaking });
    expect(runs).toBe(2);
    expect(reply.body).toMatchObject({ state: 'done', progress: { done: 6, of: 6 }, parts: [{ submissions: 6 }] });
    expect((await world.fetchPart(reply)).bytes.toString().trimEnd().split('\n')).toHaveLength(6);
  });

  it('that fails three times leaves an export that says so, and what comes late does nothing', async () => {
    const { files } = world.dependencies;
    const failing = { ...files, putPart: async () => Promise.reject(new Error('no bucket')) };
    const reply = await world.exported({ format: 'csv' }, { files: failing });
    expect(reply.body).toMatchObject({ state: 'failed', parts: [] });
    expect(reply.body.reason).toBe('导出多次尝试均未完成，已停止。请重新发起；如再次失败，请按类别分别导出。');
    const exportId = String(reply.body.exportId);
    expect(await world.take({ exportId, part: 1 })).toBe(false);
    expect((await world.look(exportId)).body.state).toBe('failed');
  });

  it('that was cut off every time is noted as failed when its step comes once more', async () => {
    const { exportId } = (await world.ask({ format: 'csv' })).body;
    await world.deafen();
    expect(await world.take({ exportId: String(exportId), part: 1 }, 4)).toBe(false);
    expect((await world.look(String(exportId))).body.state).toBe('failed');
  });

  it('counts as failed where nobody has worked on it for hours', async () => {
    const { exportId } = (await world.ask({ format: 'csv' })).body;
    await world.deafen();
    expect((await world.look(String(exportId), { receivedAt: WHILE_OPEN + 5 * HOUR })).body.state).toBe('failed');
  });
});

describe('what moves while an export runs', () => {
  const withdrawing = { subject: 'both', params: { submissionId: manySubmissionId(0) } };

  const withBoth = async (): Promise<ExportWorld> => {
    const moving = await exportedCall(2);
    await moving.memberships.put({ subject: 'both', organizationId: 'unit-000000', role: 'applicant' });
    return moving;
  };

  it('leaves the export where it is a draft again before its head is read', async () => {
    const moving = await withBoth();
    try {
      const { tallies } = moving;
      const late = {
        async *allOfCall(callId: string) {
          for await (const tally of tallies.allOfCall(callId)) {
            expect((await send(moving.app.withdraw, withdrawing)).status).toBe(200);
            yield tally;
          }
        },
      };
      const rows = exportedSubmissions(moving.db, moving.tables, late).rows({ callId: CALL_ID, status: 'submitted' });
      const read = await allOf(rows);
      expect(read.map(({ head }) => head.receiptNo)).toEqual([manyReceiptNo(1)]);
    } finally {
      await moving.stop();
    }
  });

  it('is exported as it was submitted where it moves between its head and its answers', async () => {
    const moving = await withBoth();
    try {
      let moved = false;
      moving.db.middlewareStack.add(
        (next) => async (args) => {
          const readsAnswers = JSON.stringify(args.input).includes('"answers#0001"');
          if (readsAnswers && !moved) {
            moved = true;
            expect((await send(moving.app.withdraw, withdrawing)).status).toBe(200);
            const saved = { ...withdrawing, headers: { 'if-match': '"1"' }, body: { name: '改过的名称' } };
            expect((await send(moving.app.save, saved)).status).toBe(200);
          }
          return next(args);
        },
        { step: 'initialize', name: 'moving' },
      );
      const { rows } = exportedSubmissions(moving.db, moving.tables, moving.tallies);
      const read = await allOf(rows({ callId: CALL_ID, status: 'submitted' }));
      expect(moved).toBe(true);
      expect(read).toHaveLength(2);
      for (const { head, answers } of read) expect(answersDigest(answers ?? {})).toBe(head.answersDigest);
    } finally {
      await moving.stop();
    }
  });
});
