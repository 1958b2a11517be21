import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportWorld } from '#test/support/export-world.ts';
import { manyReceiptNo, manySubmissionId } from '#test/support/many-submissions.ts';
import { send, WHILE_OPEN } from '#test/support/submission-world.ts';
import { exportedCall, seedMore } from './exported-call.ts';

const HOUR = 60 * 60 * 1000;

let world: ExportWorld;

beforeAll(async () => {
  world = await exportedCall(6, { perUnit: 2 });
});
afterAll(async () => {
  await world.stop();
});

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

  it('refuses a category that the call does not have, and an archive of drafts', async () => {
    expect(await world.ask({ format: 'csv', category: '9' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'category', code: 'UNKNOWN_CATEGORY' }] } },
    });
    expect(await world.ask({ format: 'zip', status: 'draft' })).toMatchObject({
      ...{ status: 400, body: { errors: [{ path: 'status' }] } },
    });
  });

  it('with an Idempotency-Key gives the same export, and tells the job again that nobody had told', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const first = await world.ask({ format: 'csv' }, { headers });
    world.waiting.length = 0;
    const again = await world.ask({ format: 'csv' }, { headers });
    expect(again.body.exportId).toBe(first.body.exportId);
    expect(world.waiting).toHaveLength(1);
    await world.work();
    expect((await world.look(String(first.body.exportId))).body.state).toBe('done');
    expect((await world.ask({ format: 'xlsx' }, { headers })).status).toBe(422);
    await world.ask({ format: 'csv' }, { headers });
    expect(world.waiting).toHaveLength(0);
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

  it('that was cut off every time is noted as failed when its message comes once more', async () => {
    const { exportId } = (await world.ask({ format: 'csv' })).body;
    world.waiting.length = 0;
    expect(await world.take({ exportId: String(exportId), part: 1 }, 4)).toBe(false);
    expect((await world.look(String(exportId))).body.state).toBe('failed');
  });

  it('counts as failed where nobody has worked on it for hours', async () => {
    const { exportId } = (await world.ask({ format: 'csv' })).body;
    world.waiting.length = 0;
    expect((await world.look(String(exportId), { receivedAt: WHILE_OPEN + 5 * HOUR })).body.state).toBe('failed');
  });
});

describe('what moves while an export runs', () => {
  it('is exported as one state of it or not at all: a head and its answers are of one edition', async () => {
    const moving = await exportedCall(0);
    try {
      await moving.memberships.put({ subject: 'both', organizationId: 'unit-000000', role: 'applicant' });
      await seedMore(moving, 2);
      const withdrawing = { subject: 'both', params: { submissionId: manySubmissionId(0) } };
      const { rows } = moving.dependencies.submissions;
      let withdrawn = 0;
      const submissions = {
        ...moving.dependencies.submissions,
        async *rows(selection: Parameters<typeof rows>[0]) {
          // Between the tally and the heads: the tally still counts it.
          for await (const page of rows(selection)) {
            withdrawn = (await send(moving.app.withdraw, withdrawing)).status;
            yield page;
          }
        },
      };
      const { bytes } = await moving.fetchPart(
        await moving.exported({ format: 'csv', category: '2-1' }, { submissions }),
      );
      expect(withdrawn).toBe(200);
      expect(bytes.length).toBeGreaterThan(0);
      const after = await moving.fetchPart(await moving.exported({ format: 'ndjson' }));
      const lines = after.bytes
        .toString()
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(lines).toMatchObject([{ submissionId: manySubmissionId(1), receiptNo: manyReceiptNo(1) }]);
    } finally {
      await moving.stop();
    }
  });
});
