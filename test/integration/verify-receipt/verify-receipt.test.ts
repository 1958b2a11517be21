import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReceipt } from '#functions/receipts/check-receipt/check-receipt.ts';
import { getSeal } from '#functions/seals/get-seal/get-seal.ts';
import { listSeals } from '#functions/seals/list-seals/list-seals.ts';
import { runVerifyReceipt } from '#infra/verify-receipt/run-verify-receipt.ts';
import { headItem } from '#shared/data/call-items.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { acceptanceNumbers } from '#shared/domain/seal/acceptance-numbers.ts';
import { callHead } from '#test/support/calls.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { manyReceiptNo, seedSubmissions } from '#test/support/many-submissions.ts';
import { type Sealing, type SealServices, sealing, sealServices } from '#test/support/seal-world.ts';
import { send } from '#test/support/submission-world.ts';

const CALL = callHead();

let services: SealServices;
let world: Sealing;
let directory: string;
const files: Record<'receipt' | 'confirmation' | 'manifest' | 'keys', Record<string, unknown>> = {
  receipt: {},
  confirmation: {},
  manifest: {},
  keys: {},
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'evidence-'));
  services = await sealServices();
  const stores = await freshTables(['calls', 'history', 'submissions', 'tallies', 'receipts', 'organizations']);
  world = sealing({ ...stores, clock: { now: Date.parse(CALL.closesAt) + 121_000 } }, services);
  await stores.db.send(new PutCommand({ TableName: stores.tables.calls, Item: headItem(CALL) }));
  await seedSubmissions(stores, {
    ...{ call: CALL, count: 7, categories: [{ code: '1', countedIn: ['1'] }] },
    answersOf: (place) => ({ name: `项目${place}` }),
    submittedFrom: Date.parse(CALL.opensAt),
  });

  const check = checkReceipt({ receipts: world.receipts, seals: world.seals, rosters: services.rosters });
  const params = { receiptNo: manyReceiptNo(4) };
  expect((await send(check, { params })).body.membership).toBeUndefined();
  await world.begin(CALL.callId);
  await world.tick();
  files.confirmation = (await send(check, { params })).body;

  const [stored] = await world.receipts.findAll([params.receiptNo]);
  if (stored === undefined) throw new Error('There is no receipt');
  const jws = await services.signer.sign(canonicalJson(stored.receipt), 'shenbao-receipt+jwt');
  files.receipt = { ...stored.receipt, jws };
  const seal = getSeal({ seals: world.seals, rosters: services.rosters });
  files.manifest = (await send(seal, { params: { callId: CALL.callId, number: '1' } })).body;
  files.keys = { keys: await services.signer.publicKeys() };
});
afterAll(async () => {
  await services.close();
  await rm(directory, { recursive: true });
});

/** Checks these files, as they are or as they were changed. */
const verify = async (...contents: unknown[]) => {
  const paths = contents.map((_, place) => join(directory, `${place}.json`));
  await Promise.all(contents.map((content, place) => writeFile(paths[place] ?? '', JSON.stringify(content))));
  return runVerifyReceipt(paths);
};

const marks = (lines: readonly string[]): string => lines.map((line) => line.charAt(0)).join('');

describe('the evidence of a submission', () => {
  test('holds, in any order, and says so in two languages', async () => {
    const { receipt, confirmation, manifest, keys } = files;
    const { lines, exitCode } = await verify(keys, manifest, receipt, confirmation);
    expect(exitCode).toBe(0);
    expect(marks(lines.slice(0, -1))).toBe('✓✓✓✓✓✓✓✓');
    expect(lines.at(-1)).toMatch(/受理编号 5（第 1 次封存）.*number 5 \(seal 1\)/);
  });

  test('holds without the receipt itself or the keys, and says what was not checked', async () => {
    const { lines, exitCode } = await verify(files.confirmation, files.manifest);
    expect(exitCode).toBe(0);
    expect(marks(lines.slice(0, -1))).toBe('–––✓✓✓✓–');
    // Anybody can make a manifest that agrees with itself.
    expect(lines.at(-1)).toMatch(/若清单属实.*if the manifest is genuine/);
  });

  test.each<[string, (evidence: typeof files) => typeof files, string]>([
    ['a receipt that was changed', (e) => ({ ...e, receipt: { ...e.receipt, category: '9' } }), '✗✗✓✓✓✓✓✓'],
    [
      'a confirmation of another time',
      (e) => ({ ...e, confirmation: { ...e.confirmation, digest: '0'.repeat(64) } }),
      '✓✓✗✓✓✓✓✓',
    ],
    [
      'a line that was changed',
      (e) => ({
        ...e,
        confirmation: JSON.parse(
          JSON.stringify(e.confirmation).replace('\\"unitId\\":\\"unit', '\\"unitId\\":\\"untt'),
        ),
      }),
      '✓✓✓✓✗✓✓✓',
    ],
    [
      'a number that was changed',
      (e) => ({
        ...e,
        confirmation: JSON.parse(JSON.stringify(e.confirmation).replace('"acceptanceNo":5', '"acceptanceNo":1')),
      }),
      '✓✓✓✗✓✓✓✓',
    ],
    [
      'a manifest with another root',
      (e) => ({
        ...e,
        manifest: JSON.parse(
          JSON.stringify(e.manifest).replace(/("root":")[0-9a-f]{64}(","tree)/, `$1${'0'.repeat(64)}$2`),
        ),
      }),
      '✓✓✓✓✗✗✗✗',
    ],
    [
      'a manifest signed by somebody else',
      (e) => ({ ...e, manifest: { ...e.manifest, signature: e.receipt.jws } }),
      '✓✓✓✓✓✓✓✗',
    ],
  ])('does not hold with %s', async (_, change, expected) => {
    const { receipt, confirmation, manifest, keys } = change(files);
    const { lines, exitCode } = await verify(receipt, confirmation, manifest, keys);
    expect(exitCode).toBe(1);
    expect(marks(lines.slice(0, -1))).toBe(expected);
  });

  test('is not read out of a file that is something else', async () => {
    await expect(verify({ some: 'thing' })).rejects.toThrow(/不是回执/);
    expect(() => runVerifyReceipt([])).toThrow(/npm run verify-receipt/);
    expect(() => runVerifyReceipt([join(directory, 'nowhere.json')])).toThrow(/读不到/);
  });
});

test('the seals of a call are listed with their roots', async () => {
  const list = listSeals({ calls: world.calls, seals: world.seals });
  const { body } = await send(list, { params: { callId: CALL.callId } });
  const { seal } = await world.headOf(CALL.callId);
  expect(body.items).toEqual([
    { number: 1, through: CALL.closesAt, sealedAt: seal?.sealedAt, root: seal?.root, count: 7, withdrawn: 0 },
  ]);
});

test('the numbers of a call are read in their order, for whoever lists its submissions', async () => {
  const numbers: unknown[] = [];
  for await (const { acceptanceNo, receiptNo } of acceptanceNumbers(world, CALL.callId))
    numbers.push([acceptanceNo, receiptNo]);
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6].map((place) => [place + 1, manyReceiptNo(place)]));
});
