import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { entryItem, historyOfSubmission } from '#shared/data/history-items.ts';
import { newReceipt } from '#shared/data/receipts-repository.ts';
import { submissionChanges } from '#shared/data/submission-changes.ts';
import { submissionErasure } from '#shared/data/submission-erasure.ts';
import { attachmentItem, attachmentKey, submissionHeadItem } from '#shared/data/submission-items.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { tallyKey } from '#shared/data/tally-items.ts';
import { transact } from '#shared/data/transact.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { submittedEntry } from '#shared/domain/history/submission-entries.ts';
import type { LimitScope } from '#shared/domain/limits/limits.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { withdrawnHead } from '#shared/domain/submission/transitions.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { receiptOf } from '#test/unit/domain/seal/receipts.ts';
import { betweenReadAndWrite, type GuardedTables, guardedTables } from './guarded-tables.ts';
import { AT, draftOf, fileOf, MEANWHILE } from './submission-items.ts';

const ENTRY = bySystem(AT, 'created');

let world: GuardedTables;
let edits: ReturnType<typeof submissionChanges>;
let outcomes: ReturnType<typeof submissionOutcomes>;
let erasure: ReturnType<typeof submissionErasure>;
beforeAll(async () => {
  world = await guardedTables(['submissions', 'tallies', 'receipts', 'history']);
  edits = submissionChanges(world.db, world.tables);
  outcomes = submissionOutcomes(world.db, world.tables);
  erasure = submissionErasure(world.db, world.tables);
});

const receiptFor = ({ submissionId }: SubmissionHead) => receiptOf(1, { receiptNo: generateId(), submissionId });

const moved = (head: SubmissionHead): SubmissionHead => ({ ...head, contentRevision: head.contentRevision + 1 });

/** What a submit writes of a draft: counted in its category, under these limits, for these partners besides. */
const submitOf = (read: SubmissionHead, limits: readonly LimitScope[], partners: readonly string[] = []) => {
  const receipt = receiptFor(read);
  const next: SubmissionHead = {
    ...moved(read),
    ...{ status: 'submitted', submittedAt: AT, receiptNo: receipt.receiptNo, countedIn: ['1'] },
  };
  const counted = partners.map((unitId) => ({ unitId, name: unitId }));
  return { read, next, limits, counted, receipt, by: 'secretary' };
};

const OF_CALL: LimitScope = { title: '通知', limit: 2 };
const OF_CATEGORY: LimitScope = { code: '1', title: '类别', limit: 2 };

const withdraw = (head: SubmissionHead) =>
  outcomes.withdraw({ head, answers: {}, attachments: [], partners: [] }, withdrawnHead(head, AT), 'secretary');

const submitted = (overrides: Partial<SubmissionHead> = {}): SubmissionHead =>
  draftOf({ status: 'submitted', submittedAt: AT, receiptNo: generateId(), countedIn: ['1'], ...overrides });

const CHANGES: readonly (readonly [string, (read: SubmissionHead) => Promise<string>])[] = [
  ['answers saved', (read) => edits.saveAnswersAtRevision(moved(read), read, {}, 'secretary')],
  ['partners saved', (read) => edits.savePartnersAtRevision(moved(read), { head: read, partners: [] }, [], ENTRY)],
  ['a submit', (read) => outcomes.submitWithinLimits(submitOf(read, [OF_CALL]))],
  ['an erasure', (read) => erasure.eraseOnce(read, ENTRY, [])],
];

describe.each(MEANWHILE)('a draft that was %s meanwhile', (_, change) => {
  test.each(CHANGES)('is left as it is by %s', async (_name, changed) => {
    const read = draftOf();
    await world.put('submissions', submissionHeadItem({ ...read, ...change }));
    expect(await world.withoutTrace(() => changed(read))).toBe('moved');
  });
});

describe.each<[string, Partial<SubmissionHead>]>([
  ['changed', { contentRevision: 4 }],
  ['withdrawn', { status: 'draft' }],
])('what was %s meanwhile', (_, change) => {
  test('is not withdrawn', async () => {
    const read = submitted();
    await world.put('submissions', submissionHeadItem({ ...read, ...change }));
    await transact(world.db, [
      newReceipt(world.tables.receipts, { ...receiptFor(read), receiptNo: read.receiptNo ?? '' }),
    ]);
    expect(await world.withoutTrace(() => withdraw(read))).toBe('moved');
  });
});

describe('a receipt', () => {
  test('is never given out twice under one number', async () => {
    const read = draftOf();
    const submit = submitOf(read, [OF_CALL]);
    await world.put('submissions', submissionHeadItem(read));
    await world.put('receipts', { receiptNo: submit.receipt.receiptNo });
    await world.withoutTrace(() => expect(outcomes.submitWithinLimits(submit)).rejects.toThrow('given out twice'));
  });

  test('that is gone is not made up by a withdrawal', async () => {
    const read = submitted();
    await world.put('submissions', submissionHeadItem(read));
    expect(await world.withoutTrace(() => withdraw(read))).toBe('moved');
  });

  test('that goes while its names are erased is not made up', async () => {
    const head = submitted();
    const receipt = { ...receiptFor(head), receiptNo: head.receiptNo ?? '' };
    const submittedNow = entryItem(historyOfSubmission(head.submissionId), 4, submittedEntry(head, head, 'secretary'));
    await world.put('history', submittedNow);
    await transact(world.db, [newReceipt(world.tables.receipts, receipt)]);
    const Key = { receiptNo: receipt.receiptNo };
    betweenReadAndWrite(world.db, 'GetItemCommand', () =>
      world.db.send(new DeleteCommand({ TableName: world.tables.receipts, Key })),
    );
    await expect(erasure.eraseReceipts(head.submissionId)).rejects.toThrow('conditional request failed');
    expect(await world.itemsOf('receipts')).not.toContainEqual(expect.objectContaining(Key));
  });
});

test('a change of a submission never replaces what its history tells', async () => {
  const read = draftOf();
  await world.put('submissions', submissionHeadItem(read));
  await world.put('history', entryItem(historyOfSubmission(read.submissionId), read.contentRevision + 1, ENTRY));
  expect(
    await world.withoutTrace(() => edits.savePartnersAtRevision(moved(read), { head: read, partners: [] }, [], ENTRY)),
  ).toBe('moved');
});

describe.each<[string, readonly LimitScope[]]>([
  ['of the call', [OF_CALL]],
  ['of call and category', [OF_CALL, OF_CATEGORY]],
])('the limits %s', (_, limits) => {
  /** Who a submit counts for: a unit's own tally, and one that it is a partner of. */
  const submitAs = async (role: 'lead' | 'partner', tally: Readonly<Record<string, readonly string[]>>) => {
    const read = draftOf();
    const partner = `partner-${read.submissionId}`;
    await world.put('submissions', submissionHeadItem(read));
    const sets = Object.entries(tally).map(([name, ids]) => [name, new Set(ids)]);
    if (sets.length > 0)
      await world.put('tallies', {
        ...tallyKey(read.callId, role === 'lead' ? read.unitId : partner),
        ...Object.fromEntries(sets),
      });
    return () => outcomes.submitWithinLimits(submitOf(read, limits, role === 'partner' ? [partner] : []));
  };

  test.each(['lead', 'partner'] as const)('let a %s submit that has nothing, and one that has less', async (role) => {
    expect(await (await submitAs(role, {}))()).toBe('submitted');
    expect(await (await submitAs(role, { 'in#': ['one'], 'in#1': ['one'] }))()).toBe('submitted');
  });

  test.each(['lead', 'partner'] as const)('refuse a %s each by itself', async (role) => {
    for (const { code } of limits) {
      const submit = await submitAs(role, { [code === undefined ? 'in#' : `in#${code}`]: ['one', 'other'] });
      await world.withoutTrace(() => expect(submit()).rejects.toMatchObject({ code: 'LIMIT_REACHED' }));
    }
  });
});

describe('an erasure', () => {
  test('makes no file of one that goes meanwhile', async () => {
    const head = submitted();
    const file = fileOf({ state: 'admitted' });
    const Key = attachmentKey(head.submissionId, file.attachmentId);
    await world.put('submissions', attachmentItem(head.submissionId, file));
    betweenReadAndWrite(world.db, 'QueryCommand', () =>
      world.db.send(new DeleteCommand({ TableName: world.tables.submissions, Key })),
    );
    await erasure.eraseItems(head);
    expect(await world.itemsOf('submissions')).not.toContainEqual(expect.objectContaining(Key));
  });

  test('tells that a record of late attempts is gone', async () => {
    const count = { Put: { TableName: world.tables.history, Item: { subject: 'counted', entry: '00000001' } } };
    expect(await world.withoutTrace(() => erasure.forgetLate(generateId(), [count]))).toBe('gone');
  });
});
