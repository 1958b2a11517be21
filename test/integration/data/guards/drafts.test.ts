import { beforeAll, describe, expect, test } from 'vitest';
import { entryItem, historyOfSubmission } from '#shared/data/history-items.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionHeadItem } from '#shared/data/submission-items.ts';
import { tallyKey } from '#shared/data/tally-items.ts';
import { createdEntry } from '#shared/domain/history/submission-entries.ts';
import { MOST_DRAFTS } from '#shared/domain/limits/limits.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { type GuardedTables, guardedTables } from './guarded-tables.ts';
import { draftOf, MEANWHILE, NOW } from './submission-items.ts';

let world: GuardedTables;
let drafts: ReturnType<typeof submissionDrafts>;
beforeAll(async () => {
  world = await guardedTables(['submissions', 'tallies', 'history']);
  drafts = submissionDrafts(world.db, world.tables);
});

const create = (head: SubmissionHead) => drafts.createDraft(head, {}, createdEntry(head, 'secretary'));

/** Gives a unit so many drafts. */
const countedDrafts = (head: SubmissionHead, count: number): Promise<void> =>
  world.put('tallies', {
    ...tallyKey(head.callId, head.unitId),
    drafts: new Set(Array.from({ length: count }, (_, place) => `draft-${place}`)),
  });

describe('a new draft', () => {
  test('never replaces one that has its id', async () => {
    const head = draftOf();
    await world.put('submissions', submissionHeadItem({ ...head, answered: 7 }));
    expect(await world.withoutTrace(() => create(head))).toBe('created');
  });

  test('is the first of its unit, or one of fewer than it may have', async () => {
    const first = draftOf();
    expect(await create(first)).toBe('created');
    expect(await create(draftOf({ unitId: first.unitId }))).toBe('created');
    expect(await world.itemsOf('tallies')).toContainEqual(
      expect.objectContaining({ unitId: first.unitId, drafts: expect.objectContaining({ size: 2 }) }),
    );
  });

  test('is not begun beside as many as a unit may have', async () => {
    const head = draftOf();
    await countedDrafts(head, MOST_DRAFTS);
    await world.withoutTrace(() => expect(create(head)).rejects.toMatchObject({ code: 'LIMIT_REACHED' }));
  });

  test('never replaces what a history tells', async () => {
    const head = draftOf();
    const entry = createdEntry(head, 'another');
    await world.put('history', entryItem(historyOfSubmission(head.submissionId), head.contentRevision, entry));
    await world.withoutTrace(() => expect(create(head)).rejects.toThrow('began before it'));
  });
});

describe.each(MEANWHILE)('a draft that was %s meanwhile', (_, change) => {
  test('is not taken back', async () => {
    const head = draftOf();
    await world.put('submissions', submissionHeadItem({ ...head, ...change }));
    expect(await world.withoutTrace(() => drafts.undoCreation(head))).toBe('moved');
  });

  test('is not deleted', async () => {
    const head = draftOf();
    const entry = createdEntry(head, 'secretary');
    await world.put('submissions', submissionHeadItem({ ...head, ...change }));
    expect(await world.withoutTrace(() => drafts.deleteDraft({ head, partners: [] }, NOW, entry))).toBe('moved');
  });
});
