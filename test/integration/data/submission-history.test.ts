import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { historyOfSubmission, type RecordedEntry, recorded } from '#shared/data/history-items.ts';
import type { HistoryPosition } from '#shared/data/history-repository.ts';
import { submissionHistoryPage } from '#shared/data/submission-history.ts';
import { attachmentKey } from '#shared/data/submission-items.ts';
import { transact } from '#shared/data/transact.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { writtenLeaf } from '#test/support/calls.ts';
import { announced, consented, newDraft, readyDraft, SHA256, uploaded } from '#test/support/draft-steps.ts';
import { historyOf } from '#test/support/history-of.ts';
import {
  CLOSES_AT,
  type Received,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const ALL = { limit: 100, order: 'oldest' } as const;
const AT = '2022-03-10T00:00:00.000Z';
const LATER = WHILE_OPEN + 60_000;

/** The call of the world, with room for many files and for partners. */
const ROOMY = {
  joint: { allowed: true },
  limitPerUnit: 50,
  categories: [
    {
      ...{ code: '1', title: '学会党的建设', ...writtenLeaf },
      materials: [{ key: 'application', title: '申报书', required: true, accept: ['pdf'], maxCount: 20 }],
    },
  ],
};

const entriesOf = (world: SubmissionWorld, submissionId: string): Promise<RecordedEntry[]> =>
  historyOf(world, historyOfSubmission(submissionId));

const isVerdict = ({ entry }: RecordedEntry): boolean => entry.includes('#');

/** The head's revision as it lies there, of a deleted draft too. */
const revisionsOf = (entries: readonly RecordedEntry[]): number[] =>
  entries.filter((entry) => !isVerdict(entry)).map(({ revision }) => revision);

const upTo = (revision: number): number[] => Array.from({ length: revision }, (_, place) => place + 1);

describe('the history of a submission', () => {
  let world: SubmissionWorld;
  beforeEach(async () => {
    world = await submissionWorld(ROOMY);
  });

  test('tells who did what when, by ids and numbers', async () => {
    const { submissionId, attachmentId } = await readyDraft(world);
    const about = { params: { submissionId } };
    await send(world.app.save, { ...about, headers: { 'if-match': '"1"' }, body: { name: '秘密的申报' } });
    await send(world.app.namePartners, { ...about, body: { partners: ['unit-2'] } });
    await consented(world, submissionId, 'unit-2');
    const submitted = await send(world.app.submit, { ...about, receivedAt: LATER });
    expect(submitted.status).toBe(200);
    const { receiptNo } = submitted.body;
    await send(world.app.withdraw, about);
    await send(world.app.takeBackConsent, { ...about, subject: 'secretary-2' });
    await send(world.app.removeFile, { params: { submissionId, attachmentId } });
    await send(world.app.remove, { ...about, subject: 'both' });

    const lead = { by: 'secretary', role: 'applicant' };
    const partner = { by: 'secretary-2', role: 'partner' };
    const place = { callId: 'changde-2022', unitId: 'unit-1', category: '1' };
    const entries = await entriesOf(world, submissionId);
    expect(entries).toEqual([
      {
        ...{ entry: '00000001', revision: 1, at: AT, ...lead, action: 'created' },
        details: { ...place, organiser: 'changde-kx', version: 1 },
      },
      {
        ...{ entry: '00000002', revision: 2, at: AT, ...lead, action: 'attachment-announced' },
        details: { attachmentId, material: 'application', size: 1_000 },
      },
      {
        ...{ entry: '00000002#verdict', revision: 2, at: '2022-03-10T00:01:00.000Z', role: 'system' },
        ...{ action: 'attachment-admitted', details: { attachmentId } },
      },
      {
        ...{ entry: '00000003', revision: 3, at: AT, ...lead, action: 'answers-saved' },
        details: { answersRevision: 2, answered: 1, version: 1 },
      },
      {
        ...{ entry: '00000004', revision: 4, at: AT, ...lead, action: 'partners-saved' },
        details: { partners: ['unit-2'] },
      },
      {
        ...{ entry: '00000005', revision: 5, at: AT, ...partner, action: 'consented' },
        details: { unitId: 'unit-2' },
      },
      {
        ...{ entry: '00000006', revision: 6, at: '2022-03-10T00:01:00.000Z', ...lead, action: 'submitted' },
        details: { ...place, receiptNo, version: 1, contentRevision: 5 },
      },
      {
        ...{ entry: '00000007', revision: 7, at: AT, ...lead, action: 'withdrawn' },
        details: { ...place, receiptNo },
      },
      {
        ...{ entry: '00000008', revision: 8, at: AT, ...partner, action: 'consent-taken-back' },
        details: { unitId: 'unit-2' },
      },
      {
        ...{ entry: '00000009', revision: 9, at: AT, ...lead, action: 'attachment-removed' },
        details: { attachmentId },
      },
      {
        ...{ entry: '00000010', revision: 10, at: AT, ...lead, by: 'both', action: 'deleted' },
        details: place,
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/秘密|申报书/);
  });

  test('takes no second entry for a revision, nor another verdict on a file', async () => {
    const submissionId = await newDraft(world);
    const [created] = await entriesOf(world, submissionId);
    if (created === undefined) throw new Error('no entry');
    const { entry: _name, revision, ...entry } = created;
    const write = recorded(world.tables.history, historyOfSubmission(submissionId), revision, {
      ...entry,
      by: 'somebody',
    });
    expect(await transact(world.db, [write])).toMatchObject([{ position: 0 }]);
    expect(await entriesOf(world, submissionId)).toEqual([created]);

    const attachmentId = await announced(world, submissionId);
    const admit = () => world.attachments.admitAttachment(submissionId, attachmentId, 'v1', WHILE_OPEN);
    expect(await Promise.all([admit(), admit()]).then((kept) => kept.filter(Boolean))).toEqual([true]);
    const refuse = () => world.attachments.refuseAttachment(submissionId, attachmentId, 'SIZE_DIFFERS', WHILE_OPEN);
    expect(await refuse()).toBe(false);
    expect((await entriesOf(world, submissionId)).filter(isVerdict)).toMatchObject([{ action: 'attachment-admitted' }]);
  });

  test('says why a file was refused, and that one never came', async () => {
    const submissionId = await newDraft(world);
    const refused = await announced(world, submissionId);
    const missing = await announced(world, submissionId);
    const { key, versionId } = uploaded(world, submissionId, refused, { size: 999 });
    await world.jobs.admit(key, versionId);
    world.clock.now = WHILE_OPEN + 25 * 3_600_000;
    await world.jobs.collect();
    const told = (await entriesOf(world, submissionId)).filter(({ role }) => role === 'system');
    expect(told).toMatchObject([
      { revision: 2, action: 'attachment-refused', details: { attachmentId: refused, reason: 'SIZE_DIFFERS' } },
      { revision: 4, action: 'attachment-removed', details: { attachmentId: missing, reason: 'not-uploaded' } },
    ]);
    expect(told.every((entry) => !('by' in entry))).toBe(true);
  });

  test('keeps saves with the draft until another change takes them along, none lost and none twice', async () => {
    const submissionId = await newDraft(world);
    const params = { submissionId };
    const inTable = async () => (await world.history.page(historyOfSubmission(submissionId), ALL)).entries.length;
    for (let save = 1; save <= 4; save += 1) {
      const headers = { 'if-match': `"${save}"` };
      expect((await send(world.app.save, { params, headers, body: { name: `第${save}稿` } })).status).toBe(200);
    }
    expect(await inTable()).toBe(1);
    expect(revisionsOf(await entriesOf(world, submissionId))).toEqual(upTo(5));
    await send(world.app.save, { params, headers: { 'if-match': '"5"' }, body: { name: '第五稿' } });
    expect(await inTable()).toBe(6);
    await send(world.app.save, { params, headers: { 'if-match': '"6"' }, body: { name: '第六稿' } });
    const attachmentId = await announced(world, submissionId);
    expect((await world.submissions.head(submissionId))?.saves).toBeUndefined();
    // A file's item is the entry of its announcement, so nothing is written into the table before that item goes.
    expect(await inTable()).toBe(6);
    const told = await entriesOf(world, submissionId);
    await send(world.app.removeFile, { params: { submissionId, attachmentId } });
    world.clock.now = WHILE_OPEN + 3_600_000;
    await world.jobs.collect();
    expect(await inTable()).toBe(9);
    expect((await entriesOf(world, submissionId)).slice(0, -1)).toEqual(told);
    const entries = await entriesOf(world, submissionId);
    expect(revisionsOf(entries)).toEqual(upTo(9));
    expect(entries.filter(({ action }) => action === 'answers-saved').map(({ details }) => details)).toMatchObject(
      [2, 3, 4, 5, 6, 7].map((answersRevision) => ({ answersRevision })),
    );
  });

  test('stays as it was where a change is refused, late or overtaken', async () => {
    const submissionId = await newDraft(world);
    const before = await entriesOf(world, submissionId);
    const about = { params: { submissionId } };
    expect((await send(world.app.submit, about)).status).toBe(422);
    expect((await send(world.app.submit, { ...about, receivedAt: CLOSES_AT })).status).toBe(409);
    const { head } = (await world.submissions.load(submissionId)) ?? {};
    if (head === undefined) throw new Error('no draft');
    const stale = { ...head, contentRevision: head.contentRevision + 7 };
    const moved = { ...head, contentRevision: stale.contentRevision + 1 };
    expect(await world.edits.saveAnswersAtRevision(moved, stale, {}, 'secretary')).toBe('moved');
    expect(await entriesOf(world, submissionId)).toEqual(before);
  });

  test('keeps the end of a creation that was taken back', async () => {
    const submissionId = await newDraft(world);
    const head = await world.submissions.head(submissionId);
    if (head === undefined) throw new Error('no draft');
    expect(await world.drafts.undoCreation(head)).toBe('undone');
    expect(await entriesOf(world, submissionId)).toMatchObject([
      { action: 'created' },
      { revision: 2, role: 'system', action: 'deleted', details: { reason: 'not-in-force' } },
    ]);
  });

  test.each(['oldest', 'newest'] as const)(
    'has no gap where changes come while it is read, from the %s on',
    async (order) => {
      const submissionId = await newDraft(world);
      const read = await world.submissions.head(submissionId);
      let isFirst = true;
      const changing = {
        entries: async (id: string) => {
          const entries = await world.attachments.entries(id);
          if (isFirst) {
            isFirst = false;
            await announced(world, submissionId);
            await send(world.app.namePartners, { params: { submissionId }, body: { partners: ['unit-2'] } });
          }
          return entries;
        },
      };
      const sources = { ...world, attachments: changing };
      const { entries } = await submissionHistoryPage(sources, submissionId, read, { limit: 100, order });
      const inOrder = order === 'oldest' ? entries : entries.toReversed();
      expect(revisionsOf(inOrder)).toEqual(upTo(3));
    },
  );

  test('is not told where a change comes amidst every reading', async () => {
    const submissionId = await newDraft(world);
    const read = await world.submissions.head(submissionId);
    const changing = {
      entries: async (id: string) => {
        const partners = (await world.submissions.load(id))?.partners.length === 0 ? ['unit-2'] : [];
        await send(world.app.namePartners, { params: { submissionId }, body: { partners } });
        return world.attachments.entries(id);
      },
    };
    const sources = { ...world, attachments: changing };
    await expect(submissionHistoryPage(sources, submissionId, read, ALL)).rejects.toThrow(Unavailable);
  });

  test('has the verdict on a file that was announced before its item said by whom', async () => {
    const submissionId = await newDraft(world);
    const attachmentId = await announced(world, submissionId);
    const [told] = await world.attachments.entries(submissionId);
    if (told === undefined) throw new Error('no entry');
    const { entry: _name, revision, ...entry } = told;
    await transact(world.db, [
      {
        Update: {
          TableName: world.tables.submissions,
          Key: attachmentKey(submissionId, attachmentId),
          UpdateExpression: 'REMOVE announcedBy',
        },
      },
      recorded(world.tables.history, historyOfSubmission(submissionId), revision, entry),
    ]);
    expect(await world.attachments.admitAttachment(submissionId, attachmentId, 'v1', WHILE_OPEN)).toBe(true);
    expect((await entriesOf(world, submissionId)).map(({ action }) => action)).toEqual([
      ...['created', 'attachment-announced', 'attachment-admitted'],
    ]);
  });

  test('takes in files announced and removed all at once, each with a revision of its own', async () => {
    const submissionId = await newDraft(world);
    const about = { params: { submissionId } };
    const ids = await Promise.all(Array.from({ length: 12 }, () => announced(world, submissionId)));
    expect((await world.submissions.head(submissionId))?.attachmentCount).toBe(12);
    const removed = await Promise.all(
      ids.map((attachmentId) => send(world.app.removeFile, { params: { ...about.params, attachmentId } })),
    );
    expect(removed.map(({ status }) => status)).toEqual(ids.map(() => 204));
    const entries = await entriesOf(world, submissionId);
    expect(revisionsOf(entries)).toEqual(upTo(25));
    expect(new Set(entries.flatMap(({ details }) => details?.attachmentId ?? []))).toEqual(new Set(ids));
  });
});

/** Something a user of the unit or its partner may try at any time. */
const STEPS = [
  'save',
  'partners',
  'noPartners',
  'consent',
  'takeBack',
  'announce',
  'upload',
  'removeFile',
  'submit',
  'withdraw',
  'remove',
] as const;
type Step = (typeof STEPS)[number];

describe('whatever is tried, in any order and side by side', () => {
  let world: SubmissionWorld;
  beforeAll(async () => {
    world = await submissionWorld(ROOMY);
  });

  /** All pages of a history, as readers ask for them. */
  const pagesOf = async (submissionId: string, order: 'oldest' | 'newest'): Promise<RecordedEntry[]> => {
    const read: RecordedEntry[] = [];
    let after: HistoryPosition | undefined;
    do {
      const head = await world.submissions.head(submissionId);
      const page = await submissionHistoryPage(world, submissionId, head, { limit: 3, order, after });
      expect(page.entries.length).toBeLessThanOrEqual(3);
      read.push(...page.entries);
      after = page.next;
    } while (after !== undefined);
    return read;
  };

  const attempt = async (submissionId: string, step: Step): Promise<Received | undefined> => {
    const params = { submissionId };
    const { app } = world;
    const submission = await world.submissions.load(submissionId);
    const file = submission?.attachments.at(0)?.attachmentId;
    switch (step) {
      case 'save': {
        const headers = { 'if-match': `"${submission?.head.answersRevision ?? 0}"` };
        return send(app.save, { params, headers, body: { name: '学会能力提升' } });
      }
      case 'partners':
        return send(app.namePartners, { params, body: { partners: ['unit-2'] } });
      case 'noPartners':
        return send(app.namePartners, { params, body: { partners: [] } });
      case 'consent':
        return send(app.consent, { params, subject: 'secretary-2' });
      case 'takeBack':
        return send(app.takeBackConsent, { params, subject: 'secretary-2' });
      case 'announce':
        return send(app.announce, {
          params,
          body: {
            ...{ material: 'application', filename: '申报书.pdf', size: 1_000 },
            ...{ contentType: 'application/pdf', sha256: SHA256 },
          },
        });
      case 'upload': {
        if (file === undefined) return undefined;
        const { key, versionId } = uploaded(world, submissionId, file);
        await world.jobs.admit(key, versionId);
        return undefined;
      }
      case 'removeFile':
        return file === undefined ? undefined : send(app.removeFile, { params: { ...params, attachmentId: file } });
      case 'submit':
      case 'withdraw':
      case 'remove':
        return send(app[step], { params });
    }
  };

  test('the history has one entry for each revision, from 1 to that of the head, without a gap', async () => {
    const likely = fc.constantFrom(...STEPS.filter((step) => step !== 'remove'));
    const steps = fc.array(fc.array(likely, { minLength: 1, maxLength: 3 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (rounds, removes) => {
        const submissionId = await newDraft(world);
        for (const round of rounds) await Promise.all(round.map((step) => attempt(submissionId, step)));
        const head = await world.submissions.head(submissionId);
        const isDraft = head?.status === 'draft';
        if (removes) await attempt(submissionId, 'remove');
        const entries = await entriesOf(world, submissionId);
        const last = (head?.contentRevision ?? 0) + (removes && isDraft ? 1 : 0);
        expect(revisionsOf(entries)).toEqual(upTo(last));
        expect(entries.at(-1)?.action === 'deleted').toBe(removes && isDraft);
        expect(await pagesOf(submissionId, 'oldest')).toEqual(entries);
        expect(await pagesOf(submissionId, 'newest')).toEqual(entries.toReversed());
        // A file has its verdict once it is settled, and only then.
        const { attachments = [] } = (await world.submissions.load(submissionId)) ?? {};
        for (const { announcedIn, state } of attachments) {
          const verdicts = entries.filter((entry) => isVerdict(entry) && entry.revision === announcedIn);
          expect(verdicts).toHaveLength(state === 'expected' ? 0 : 1);
        }
        // Nor does anything change where items of files go, for which their entries are written.
        world.clock.now += 3_600_000;
        await world.jobs.collect();
        expect(await entriesOf(world, submissionId)).toEqual(entries);
        expect(await pagesOf(submissionId, 'oldest')).toEqual(entries);
        expect(await pagesOf(submissionId, 'newest')).toEqual(entries.toReversed());
        if (!removes && isDraft) await attempt(submissionId, 'remove');
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
