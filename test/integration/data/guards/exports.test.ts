import { beforeAll, describe, expect, test } from 'vitest';
import { exportItem, partItem } from '#shared/data/export-items.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { type Export, newExport } from '#shared/domain/export/export.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { type GuardedTables, guardedTables } from './guarded-tables.ts';

const NOW = Date.UTC(2022, 3, 1);
const AT = new Date(NOW + 60_000).toISOString();

let world: GuardedTables;
let exports: ReturnType<typeof exportsRepository>;
beforeAll(async () => {
  world = await guardedTables(['exports']);
  exports = exportsRepository(world.db, world.tables.exports);
});

/** An archive that was divided. What a test is about is overridden. */
const archive = (overrides: Partial<Export> = {}): Export => ({
  ...newExport(
    { exportId: generateId(), callId: 'changde-2022', organiser: 'changde-kx', format: 'zip', status: 'submitted' },
    NOW,
  ),
  plan: { planId: 'first', parts: 2 },
  ...overrides,
});

const putArchive = async (overrides: Partial<Export> = {}): Promise<Export> => {
  const one = archive(overrides);
  await world.put('exports', exportItem(one));
  return one;
};

const PART = { part: 1, filename: '1.zip', size: 1_000, submissions: 10 };
const finishPart = (one: Export): Promise<boolean> => exports.finishPartOnce(one, PART, { looked: 10, at: AT });
const divide = ({ exportId }: Export) =>
  exports.divideOnce(exportId, { plan: { planId: 'second', parts: 3 }, of: 10, at: AT });
const fail = (one: Export): Promise<boolean> => exports.failOnce(one, 'BROKE_OFF', AT);

test('an export never replaces one that has its id', async () => {
  const one = await putArchive();
  expect(await world.withoutTrace(() => exports.createWith(one, []))).toBe(false);
});

test('a step that is gone is not counted', async () => {
  expect(await world.withoutTrace(() => exports.countRun({ exportId: generateId() }))).toBeUndefined();
});

describe.each<[string, (one: Export) => Promise<unknown>, { readonly gone: unknown; readonly failed: unknown }]>([
  ['begun', ({ exportId }) => exports.begin(exportId, AT), { gone: undefined, failed: undefined }],
  [
    'noted',
    ({ exportId }) => exports.note(exportId, { done: 1, of: 2, at: AT }),
    { gone: undefined, failed: undefined },
  ],
  ['divided', divide, { gone: undefined, failed: expect.objectContaining({ failure: 'SUBMISSION_TOO_LARGE' }) }],
  ['carried on', finishPart, { gone: false, failed: false }],
  ['given up', (one) => fail({ ...one, plan: { planId: 'first', parts: 2 } }), { gone: false, failed: false }],
])('an export is not %s', (_, change, answer) => {
  test('once it is gone', async () => {
    expect(await world.withoutTrace(() => change(archive()))).toEqual(answer.gone);
  });

  test('once it failed', async () => {
    const one = await putArchive({ failure: 'SUBMISSION_TOO_LARGE', plan: undefined });
    expect(await world.withoutTrace(() => change(one))).toEqual(answer.failed);
  });
});

test('an archive stays divided as it was first', async () => {
  const one = await putArchive();
  expect(await world.withoutTrace(() => divide(one))).toEqual(one);
});

test('a part counts once', async () => {
  const one = await putArchive();
  await world.put('exports', partItem(one, PART));
  expect(await world.withoutTrace(() => finishPart(one))).toBe(false);
});

test('an export that is done is not given up', async () => {
  const one = await putArchive({ partsDone: 2 });
  expect(await world.withoutTrace(() => fail(one))).toBe(false);
});
