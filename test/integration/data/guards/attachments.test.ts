import { beforeAll, describe, expect, test } from 'vitest';
import { attachmentCollection } from '#shared/data/attachment-collection.ts';
import { attachmentRemoval } from '#shared/data/attachment-removal.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { entryItem, historyOfSubmission } from '#shared/data/history-items.ts';
import {
  attachmentItem,
  attachmentKey,
  COLLECT,
  submissionHeadItem,
  submissionHeadKey,
} from '#shared/data/submission-items.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { MOST_ATTACHMENTS } from '#shared/domain/submission/materials.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { type GuardedTables, guardedTables } from './guarded-tables.ts';
import { AT, draftOf, fileOf, NOW } from './submission-items.ts';

let world: GuardedTables;
let attachments: ReturnType<typeof attachmentsRepository>;
let removal: ReturnType<typeof attachmentRemoval>;
let collection: ReturnType<typeof attachmentCollection>;
beforeAll(async () => {
  world = await guardedTables(['submissions', 'history']);
  attachments = attachmentsRepository(world.db, world.tables.submissions);
  removal = attachmentRemoval(world.db, world.tables);
  collection = attachmentCollection(world.db, world.tables);
});

const putHead = async (overrides: Partial<SubmissionHead> = {}): Promise<SubmissionHead> => {
  const head = draftOf(overrides);
  await world.put('submissions', submissionHeadItem(head));
  return head;
};

/** Lays down a file in any state, of a draft that has nothing else. */
const putFile = async (stored: Readonly<Record<string, unknown>>) => {
  const file = fileOf();
  const submissionId = generateId();
  await world.put('submissions', { ...attachmentItem(submissionId, file), ...stored });
  return { submissionId, attachmentId: file.attachmentId };
};

const announce = (read: SubmissionHead, file = fileOf()) =>
  attachments.declareAttachment(read, file, { by: 'secretary', now: NOW });

const remove = (read: SubmissionHead, attachmentId: string) =>
  removal.removeAttachment(read, attachmentId, { by: 'secretary', now: NOW });

describe('a file announced', () => {
  test('comes to no draft that was submitted meanwhile', async () => {
    const head = await putHead({ status: 'submitted' });
    expect(await world.withoutTrace(() => announce(head))).toBe('moved');
  });

  test('comes to no draft that is full', async () => {
    const head = await putHead({ attachmentCount: MOST_ATTACHMENTS });
    expect(await world.withoutTrace(() => announce(head))).toBe('moved');
  });

  test('moves a draft on from where it is, not from where it was read', async () => {
    const head = await putHead({ contentRevision: 7 });
    const file = fileOf();
    expect(await announce({ ...head, contentRevision: 3 }, file)).toBe('declared');
    const items = await world.itemsOf('submissions');
    expect(items).toContainEqual(
      expect.objectContaining({ ...submissionHeadKey(head.submissionId), contentRevision: 8 }),
    );
    expect(items).toContainEqual(
      expect.objectContaining({ ...attachmentKey(head.submissionId, file.attachmentId), announcedIn: 8 }),
    );
  });

  test('never replaces one that has its id', async () => {
    const head = await putHead();
    const file = fileOf();
    await world.put('submissions', attachmentItem(head.submissionId, { ...file, state: 'admitted' }));
    expect(await world.withoutTrace(() => announce(head, file))).toBe('declared');
  });
});

describe('a file', () => {
  test('is taken out of no draft that was submitted meanwhile', async () => {
    const head = await putHead({ status: 'submitted', attachmentCount: 1 });
    const file = fileOf();
    await world.put('submissions', attachmentItem(head.submissionId, file));
    expect(await world.withoutTrace(() => remove(head, file.attachmentId))).toBe('moved');
  });

  test('is taken out of a draft where it is, not where it was read', async () => {
    const head = await putHead({ contentRevision: 7, attachmentCount: 1 });
    const file = fileOf();
    await world.put('submissions', attachmentItem(head.submissionId, file));
    expect(await remove({ ...head, contentRevision: 3 }, file.attachmentId)).toBe('removed');
    expect(await world.itemsOf('submissions')).toContainEqual(
      expect.objectContaining({ ...submissionHeadKey(head.submissionId), contentRevision: 8 }),
    );
  });

  test('that is not there is not taken out', async () => {
    const head = await putHead({ attachmentCount: 1 });
    expect(await world.withoutTrace(() => remove(head, generateId()))).toBe('notFound');
  });

  test('is not taken out twice', async () => {
    const head = await putHead({ attachmentCount: 1 });
    const file = fileOf();
    await world.put('submissions', { ...attachmentItem(head.submissionId, file), state: 'removed' });
    expect(await world.withoutTrace(() => remove(head, file.attachmentId))).toBe('notFound');
  });

  test.each(['admitted', 'refused', 'removed'])('that is %s is found to be nothing else', async (state) => {
    const { submissionId, attachmentId } = await putFile({ state });
    await world.withoutTrace(async () => {
      expect(await attachments.admitAttachment(submissionId, attachmentId, 'version-2', NOW)).toBe(false);
      expect(await attachments.refuseAttachment(submissionId, attachmentId, 'SIZE_DIFFERS', NOW)).toBe(false);
      expect(await attachments.expectAgain(submissionId, attachmentId, NOW)).toBe(false);
    });
  });
});

describe('the collector', () => {
  const LATER = toInstant(NOW + 1);

  test.each([
    ['that was settled meanwhile', { collectAt: AT }],
    ['that was put off meanwhile', { collect: COLLECT, collectAt: LATER }],
  ])('puts off no file %s', async (_, stored) => {
    const due = { kind: 'attachment', ...(await putFile(stored)) } as const;
    expect(await world.withoutTrace(() => collection.putOff(due, NOW, NOW + 60_000))).toBe(false);
  });

  test.each([
    ['that is none', { collectAt: AT }],
    ['that was put off meanwhile', { collect: COLLECT, collectAt: LATER }],
  ])('puts off no deleted draft %s', async (_, stored) => {
    const submissionId = generateId();
    await world.put('submissions', { ...submissionHeadKey(submissionId), ...stored });
    const due = { kind: 'deletedDraft', submissionId } as const;
    expect(await world.withoutTrace(() => collection.putOff(due, NOW, NOW + 60_000))).toBe(false);
  });

  test('keeps a file on its list that is not refused', async () => {
    const { submissionId, attachmentId } = await putFile({ state: 'removed', collect: COLLECT, collectAt: AT });
    expect(await world.withoutTrace(() => collection.keepRefused(submissionId, attachmentId))).toBe(false);
  });

  test('forgets no file that was not removed', async () => {
    const { submissionId, attachmentId } = await putFile({ state: 'admitted' });
    await world.withoutTrace(() => collection.forgetRemoved(submissionId, attachmentId));
  });

  test('forgets no draft that was not deleted', async () => {
    const { submissionId } = await putHead();
    await world.withoutTrace(() => collection.forgetDeletedDraft(submissionId));
  });

  test('never replaces what a history tells of a file already', async () => {
    const file = await putFile({ state: 'removed', announcedIn: 3, announcedBy: 'secretary' });
    const told = entryItem(historyOfSubmission(file.submissionId), 3, bySystem(AT, 'attachment-announced'));
    await world.put('history', told);
    await collection.forgetRemoved(file.submissionId, file.attachmentId);
    expect(await world.itemsOf('history')).toContainEqual(told);
    expect(await collection.stateOf(file.submissionId, file.attachmentId)).toBeUndefined();
  });
});
