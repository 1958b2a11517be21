import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { applyRetention } from '#functions/jobs/apply-retention/apply-retention.ts';
import type { RetentionKind } from '#shared/contract/retention.ts';
import { historyOfCall, historyOfSubmission } from '#shared/data/history-items.ts';
import { announced, newDraft, readyDraft, talliesOf, uploaded } from '#test/support/draft-steps.ts';
import { historyOf } from '#test/support/history-of.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { type RetentionWorld, retentionWorld } from '#test/support/retention-world.ts';
import { CALL_ID, CLOSES_AT, send } from '#test/support/submission-world.ts';

const DAY = 86_400_000;
const SEALED = CLOSES_AT + 600_000;
/** When each kind goes, as the world's call says nothing of it. */
const AT: Readonly<Record<RetentionKind, number>> = {
  drafts: CLOSES_AT + 90 * DAY,
  late: CLOSES_AT + 366 * DAY,
  personal: CLOSES_AT + 5 * 366 * DAY,
};

const Listing = z.object({
  items: z.array(z.object({ submissionId: z.string(), attachmentCount: z.int() })),
  nextCursor: z.string().optional(),
  plan: z
    .array(z.object({ kind: z.string(), after: z.string(), at: z.string(), state: z.string(), count: z.int() }))
    .optional(),
});

let world: RetentionWorld;
beforeEach(async () => {
  world = await retentionWorld({ limitPerUnit: 50 });
});

/** Every id that is listed of a kind, page by page. */
const listed = async (kind: RetentionKind, limit = 3): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { kind, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) };
    const reply = await send(world.listed, { params: { callId: CALL_ID }, subject: 'officer', query });
    const page = Listing.parse(reply.body);
    ids.push(...page.items.map(({ submissionId }) => submissionId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return ids.sort();
};

const plan = async (receivedAt: number) => {
  const reply = await send(world.listed, { params: { callId: CALL_ID }, subject: 'officer', receivedAt });
  return Listing.parse(reply.body).plan;
};

/** How a submission ended before the deadline. */
const FATES = ['begun', 'withFile', 'late', 'withdrawn', 'submitted', 'submittedTwice'] as const;
type Fate = (typeof FATES)[number];

const bring = async (fate: Fate, subject: string): Promise<string> => {
  const about = { subject };
  if (fate === 'begun') return newDraft(world, about);
  const { submissionId } = await readyDraft(world, about);
  const act = { ...about, params: { submissionId } };
  if (fate === 'withFile') return submissionId;
  if (fate === 'late') {
    await send(world.app.submit, { ...act, receivedAt: CLOSES_AT + 1_000 });
    return submissionId;
  }
  expect((await send(world.app.submit, act)).status).toBe(200);
  if (fate === 'submitted') return submissionId;
  expect((await send(world.app.withdraw, act)).status).toBe(200);
  if (fate === 'submittedTwice') expect((await send(world.app.submit, act)).status).toBe(200);
  return submissionId;
};

const actionsOf = async (submissionId: string): Promise<string[]> =>
  (await historyOf(world, historyOfSubmission(submissionId))).map(({ action }) => action);

const lateOf = async (submissionId: string) => (await world.submissions.load(submissionId))?.late;

/** All that is stored, as text. */
const everything = async (): Promise<string> => {
  const { submissions, receipts, history, tallies } = world.tables;
  const items = await Promise.all(
    [submissions, receipts, history, tallies].map((TableName) => world.db.send(new ScanCommand({ TableName }))),
  );
  return JSON.stringify(items.map(({ Items }) => Items));
};

const retentionDone = async () =>
  (await historyOf(world, historyOfCall(CALL_ID)))
    .filter(({ action }) => action === 'retention-done')
    .map(({ details }) => details);

describe('what a call keeps no longer', () => {
  test('is told beforehand: what, when and how many', async () => {
    for (const fate of FATES) await bring(fate, 'secretary');
    await world.seal(SEALED);
    expect(await plan(SEALED)).toEqual([
      { kind: 'drafts', after: '90d', at: '2022-06-29T16:00:00.000Z', state: 'kept', count: 4 },
      { kind: 'late', after: '1y', at: '2023-04-01T16:00:00.000Z', state: 'kept', count: 1 },
      { kind: 'personal', after: '5y', at: '2027-04-04T16:00:00.000Z', state: 'kept', count: 2 },
    ]);
    expect((await plan(AT.drafts))?.[0]).toMatchObject({ state: 'due', count: 4 });
    await world.apply(AT.drafts);
    expect((await plan(AT.drafts))?.[0]).toMatchObject({ state: 'deleted', count: 4 });
    const stranger = { params: { callId: CALL_ID }, subject: 'secretary' };
    expect((await send(world.listed, stranger)).status).toBe(404);
  }, 60_000);

  test('is deleted as it was listed, nothing else and each once, whatever there was', async () => {
    const fates = fc.array(fc.tuple(fc.constantFrom(...FATES), fc.constantFrom('secretary', 'secretary-2')), {
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(fates, async (brought) => {
        world = await retentionWorld({ limitPerUnit: 50 });
        const ids: string[] = [];
        for (const [fate, subject] of brought) ids.push(await bring(fate, subject));
        await world.seal(SEALED);
        const drafts = await listed('drafts');
        const late = await listed('late');
        const personal = await listed('personal');

        await world.apply(AT.drafts - 1);
        expect(await listed('drafts')).toEqual(drafts);
        await world.apply(AT.drafts);
        const left = await world.submissions.heads(ids);
        expect(ids.filter((id) => left.every(({ submissionId }) => submissionId !== id)).sort()).toEqual(drafts);
        await world.apply(AT.late);
        expect(await listed('late')).toEqual([]);
        expect(await Promise.all(ids.map(lateOf))).toEqual(ids.map(() => undefined));
        await world.apply(AT.personal - 1);
        expect(await listed('personal')).toEqual(personal);
        await world.apply(AT.personal);
        const heads = await world.submissions.heads(ids);
        const erased = heads.filter(({ erasedAt }) => erasedAt !== undefined);
        expect(erased.map(({ submissionId }) => submissionId).sort()).toEqual(personal);
        expect(heads).toHaveLength(personal.length);
        expect(await retentionDone()).toEqual([
          { kind: 'drafts', count: drafts.length },
          { kind: 'late', count: late.length },
          { kind: 'personal', count: personal.length },
        ]);
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  test('leaves of what was submitted ids, instants and digests: no answer, no file and no file name anywhere', async () => {
    const submissionId = await bring('submittedTwice', 'secretary');
    const about = { params: { submissionId } };
    const before = await world.submissions.load(submissionId);
    const receiptNo = before?.head.receiptNo ?? '';
    const checked = await send(world.app.check, { params: { receiptNo } });
    const [attachmentId = ''] = before?.attachments.map((one) => one.attachmentId) ?? [];
    await world.seal(SEALED);
    expect(await everything()).toContain('申报书.pdf');
    for (const at of Object.values(AT)) await world.apply(at);

    expect(await everything()).not.toMatch(/申报书|学会能力提升/);
    const after = await world.submissions.load(submissionId);
    expect(after?.answers).toEqual({});
    expect(after?.head).toMatchObject({ answersDigest: before?.head.answersDigest, receiptNo, status: 'submitted' });
    expect(world.bucket.versionsOf(`submissions/${submissionId}/${attachmentId}`)).toEqual([]);
    expect((await world.receipts.find(receiptNo))?.receipt.attachments).toMatchObject([{ filename: '' }]);
    expect(await send(world.app.check, { params: { receiptNo } })).toMatchObject({ body: checked.body });
    expect((await send(world.app.get, about)).body).toMatchObject({ erasedAt: '2027-04-04T16:00:00.000Z' });
    expect((await actionsOf(submissionId)).at(-1)).toBe('erased');
    expect(await talliesOf(world)).toMatchObject([{ submitted: [submissionId] }]);

    const gone = { status: 410, body: { code: 'DATA_ERASED' } };
    expect(await send(world.app.receipt, about)).toMatchObject(gone);
    expect(await send(world.app.download, { params: { submissionId, attachmentId } })).toMatchObject(gone);
    const extended = await send(world.app.extend, {
      params: { callId: CALL_ID },
      subject: 'officer',
      receivedAt: AT.personal + DAY,
      body: { closesAt: '2027-06-01T00:00:00+08:00', reason: '补报' },
    });
    expect(extended).toMatchObject(gone);
  });

  test('takes file names out of receipts of withdrawn drafts too, and leaves their files to the collector', async () => {
    const submissionId = await bring('withdrawn', 'secretary');
    await world.seal(SEALED);
    await world.apply(AT.drafts);
    expect(await actionsOf(submissionId)).toEqual(expect.arrayContaining(['withdrawn', 'deleted']));
    world.clock.now = AT.drafts + 3_600_000;
    await world.jobs.collect();
    expect(await everything()).not.toMatch(/申报书|学会能力提升/);
    expect(await world.submissions.load(submissionId)).toBeUndefined();
  });
});

describe('nothing is deleted', () => {
  test('of a call that is not sealed, however long it has been closed', async () => {
    const submissionId = await bring('begun', 'secretary');
    await world.apply(AT.personal);
    expect(await world.submissions.head(submissionId)).toBeDefined();
  });

  test('of a call that was reopened after its seal, until it is sealed again, and then counted from the new deadline', async () => {
    const submissionId = await bring('begun', 'secretary');
    await world.seal(SEALED);
    const reopened = await send(world.app.extend, {
      params: { callId: CALL_ID },
      subject: 'officer',
      receivedAt: CLOSES_AT + 80 * DAY,
      body: { closesAt: '2022-08-01T00:00:00+08:00', reason: '补报', unitId: 'unit-1' },
    });
    expect(reopened.status).toBe(201);
    await world.apply(AT.drafts);
    expect(await world.submissions.head(submissionId)).toBeDefined();
    const closesAt = Date.UTC(2022, 6, 31, 16);
    await world.seal(closesAt + 600_000);
    await world.apply(closesAt + 90 * DAY - 1);
    expect(await world.submissions.head(submissionId)).toBeDefined();
    await world.apply(closesAt + 90 * DAY);
    expect(await world.submissions.head(submissionId)).toBeUndefined();
  });

  test('of a call whose deadline is moved while the job is at it', async () => {
    const submissionId = await bring('begun', 'secretary');
    await world.seal(SEALED);
    world.clock.now = AT.drafts;
    const { ports } = world;
    const job = applyRetention({
      ...ports,
      drafts: {
        deleteDraft: async (...draft) => {
          const extended = await send(world.app.extend, {
            params: { callId: CALL_ID },
            subject: 'officer',
            receivedAt: AT.drafts,
            body: { closesAt: '2022-08-01T00:00:00+08:00', reason: '补报', unitId: 'unit-1' },
          });
          expect(extended.status).toBe(201);
          return ports.drafts.deleteDraft(...draft);
        },
      },
    });
    await job({}, lambdaContext());
    expect(await world.submissions.head(submissionId)).toBeDefined();
    const submitted = await send(world.app.save, {
      params: { submissionId },
      headers: { 'if-match': '"1"' },
      body: {},
      receivedAt: AT.drafts + 1_000,
    });
    expect(submitted.status).toBe(200);
  });
});

describe('a run of the job', () => {
  /** Lets so many requests through and then none, as if the function were cut off. */
  const cutOffAfter = (requests: number): (() => void) => {
    let left = requests;
    world.db.middlewareStack.add(
      (next) => async (args) => {
        left -= 1;
        if (left < 0) throw new Error('cut off');
        return next(args);
      },
      { step: 'initialize', name: 'cut-off' },
    );
    return () => void world.db.middlewareStack.remove('cut-off');
  };

  test('that is cut off anywhere is completed by the next, with the same counts', async () => {
    for (let cut = 0; ; cut += 6) {
      world = await retentionWorld({ limitPerUnit: 50 });
      const ids = [await bring('withdrawn', 'secretary'), await bring('begun', 'secretary')];
      const kept = await bring('submitted', 'secretary-2');
      await bring('late', 'secretary-2');
      await world.seal(SEALED);
      const release = cutOffAfter(cut);
      const whole = await world.apply(AT.personal).then(
        () => true,
        () => false,
      );
      release();
      await world.apply(AT.personal + 2 * 3_600_000);
      expect(await retentionDone(), `cut off after ${cut} requests`).toEqual([
        { kind: 'drafts', count: 3 },
        { kind: 'late', count: 1 },
        { kind: 'personal', count: 1 },
      ]);
      expect((await world.submissions.heads([...ids, kept])).map(({ submissionId }) => submissionId)).toEqual([kept]);
      expect((await actionsOf(kept)).filter((action) => action === 'erased')).toHaveLength(1);
      const revisions = (await historyOf(world, historyOfCall(CALL_ID))).map(({ revision }) => revision);
      expect(new Set(revisions).size).toBe(revisions.length);
      if (whole) return;
    }
  }, 240_000);

  test('that finds a late attempt deleted by another just before goes on, and counts it once', async () => {
    await bring('late', 'secretary');
    await world.seal(SEALED);
    world.clock.now = AT.late;
    const { ports } = world;
    const job = applyRetention({
      ...ports,
      erasure: {
        ...ports.erasure,
        forgetLate: async (...late) => {
          expect(await ports.erasure.forgetLate(...late)).toBe('deleted');
          return ports.erasure.forgetLate(...late);
        },
      },
    });
    await job({}, lambdaContext());
    expect(await retentionDone()).toEqual([
      { kind: 'drafts', count: 1 },
      { kind: 'late', count: 1 },
    ]);
  });

  test('at the same time as another deletes and counts each once', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push(await bring('begun', 'secretary'));
    await world.seal(SEALED);
    await Promise.allSettled([world.apply(AT.drafts), world.apply(AT.drafts)]);
    await world.apply(AT.drafts + 2 * 3_600_000);
    expect(await retentionDone()).toEqual([{ kind: 'drafts', count: 5 }]);
    expect(await world.submissions.heads(ids)).toEqual([]);
  });

  test('that runs out of time goes on where it was', async () => {
    for (let count = 0; count < 4; count += 1) await bring('begun', 'secretary');
    await world.seal(SEALED);
    const { ports, clock } = world;
    clock.now = AT.drafts;
    const slow = applyRetention({
      ...ports,
      drafts: {
        deleteDraft: async (...draft) => {
          clock.now += 300_000;
          return ports.drafts.deleteDraft(...draft);
        },
      },
    });
    await slow({}, lambdaContext());
    expect(await listed('drafts')).toHaveLength(2);
    await slow({}, lambdaContext());
    expect(await listed('drafts')).toEqual([]);
    await world.apply(clock.now + 1);
    expect(await retentionDone()).toEqual([{ kind: 'drafts', count: 4 }]);
  });
});

test('an announced file that never came, and one refused, go with their draft', async () => {
  const submissionId = await newDraft(world);
  const attachmentId = await announced(world, submissionId);
  const { key, versionId } = uploaded(world, submissionId, attachmentId, { size: 999 });
  await world.jobs.admit(key, versionId);
  await world.seal(SEALED);
  await world.apply(AT.drafts);
  world.clock.now = AT.drafts + 3_600_000;
  await world.jobs.collect();
  expect(await everything()).not.toContain(submissionId.concat('","item"'));
  expect(await world.submissions.load(submissionId)).toBeUndefined();
});
