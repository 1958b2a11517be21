import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RosterEntry } from '#shared/contract/seals.ts';
import { headItem } from '#shared/data/call-items.ts';
import { historyKey, historyOfCall } from '#shared/data/history-items.ts';
import type { Sealed } from '#shared/data/seal-items.ts';
import { signedStatement } from '#shared/domain/seal/manifest.ts';
import { leafHash, rootOf, toHex } from '#shared/domain/seal/merkle-tree.ts';
import { lineOf } from '#shared/domain/seal/roster.ts';
import { verifiedPayload } from '#shared/signing/verify-jws.ts';
import { callHead } from '#test/support/calls.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';
import { manyReceiptNo, seedSubmissions } from '#test/support/many-submissions.ts';
import { type Sealing, type SealServices, sealing, sealServices } from '#test/support/seal-world.ts';

const DRAIN = 120_000;
const CALL = callHead();
const CLOSES_AT = Date.parse(CALL.closesAt);

let services: SealServices;
afterEach(() => services.close());

let stores: FreshTables;
let clock: { now: number };
let world: Sealing;
beforeEach(async () => {
  services = await sealServices();
  stores = await freshTables(['calls', 'history', 'submissions', 'tallies', 'receipts', 'organizations']);
  clock = { now: CLOSES_AT + DRAIN };
  world = sealing({ ...stores, clock }, services);
  await stores.db.send(new PutCommand({ TableName: stores.tables.calls, Item: headItem(CALL) }));
});

/** `count` submissions of the call, five drafts among the first of them, as they lie after their submits. */
const seed = (count: number): Promise<void> =>
  seedSubmissions(stores, {
    call: CALL,
    count,
    perUnit: 7,
    categories: [
      { code: '1', countedIn: ['1'] },
      { code: '2-1', countedIn: ['2', '2-1'] },
    ],
    answersOf: (place) => ({ name: `项目${place}` }),
    isDraft: (place) => place % 10 === 3 && place < 50,
    submittedFrom: Date.parse(CALL.opensAt),
  });

const made = async (number = 1): Promise<Sealed> => {
  const seal = await world.seals.find(CALL.callId, number);
  if (seal?.state !== 'sealed') throw new Error(`Seal ${number} is ${seal?.state}`);
  return seal;
};

const rosterOf = async (seal: Sealed): Promise<RosterEntry[]> => {
  const entries: RosterEntry[] = [];
  for await (const entry of world.rosters.entries(seal)) entries.push(entry);
  return entries;
};

describe('a seal', () => {
  test('has everything that was submitted, once, in order of receipt, and all of it follows from the manifest', {
    timeout: 60_000,
  }, async () => {
    await seed(1_205);
    expect(await world.begin(CALL.callId)).toBe(true);
    await world.tick({ runEntries: 500 });
    const seal = await made();
    const roster = await rosterOf(seal);
    const submitted = Array.from({ length: 1_205 }, (_, place) => place).filter((n) => n % 10 !== 3 || n >= 50);
    expect(roster.map(({ receiptNo }) => receiptNo)).toEqual(submitted.map(manyReceiptNo));
    expect(roster.map(({ acceptanceNo }) => acceptanceNo)).toEqual(submitted.map((_, place) => place + 1));

    const manifest = await services.rosters.manifest(seal);
    expect(manifest).toMatchObject({ callId: CALL.callId, number: 1, through: CALL.closesAt, count: 1_200 });
    expect(manifest).toMatchObject({ first: 1, last: 1_200 });
    expect(manifest.parts.map(({ count }) => count)).toEqual([1_024, 176]);
    expect(manifest.root).toBe(toHex(rootOf(roster.map((entry) => leafHash(lineOf(entry))))));

    const jws = await services.rosters.signature(seal);
    const signed = verifiedPayload(jws, await services.signer.publicKeys(), 'shenbao-seal+jwt');
    expect(JSON.parse(signed ?? '')).toEqual(signedStatement(manifest));

    const head = await world.headOf(CALL.callId);
    const { root } = manifest;
    const sealedAt = new Date(clock.now).toISOString();
    expect(head.seal).toEqual({ number: 1, through: CALL.closesAt, root, sealedAt, submissions: 1_200 });
    const { Item } = await stores.db.send(
      new GetCommand({ TableName: stores.tables.history, Key: historyKey(historyOfCall(CALL.callId), head.revision) }),
    );
    expect(Item).toMatchObject({ action: 'sealed', details: { number: 1, root, count: 1_200, withdrawn: 0 } });
  });

  test('says of nobody who they are and of no file how it is called', async () => {
    await seed(3);
    await world.begin(CALL.callId);
    await world.tick();
    const [entry] = await rosterOf(await made());
    expect(Object.keys(entry ?? {}).sort()).toEqual(
      ['acceptanceNo', 'answersDigest', 'attachments', 'callVersion', 'category', 'receiptDigest', 'receiptNo'].concat([
        'submissionId',
        'submittedAt',
        'unitId',
      ]),
    );
  });

  test('of a call without submissions is the seal of an empty roster', async () => {
    await world.begin(CALL.callId);
    await world.tick();
    const manifest = await services.rosters.manifest(await made());
    expect(manifest).toMatchObject({ count: 0, parts: [] });
    expect(manifest.first).toBeUndefined();
    expect(manifest.root).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('is made once by ticks that come doubled and at the same time, and later ones change nothing', async () => {
    await seed(60);
    await world.begin(CALL.callId);
    await Promise.all([world.tick({ runEntries: 10 }), world.tick({ runEntries: 10 }), world.tick({ runEntries: 10 })]);
    clock.now += 60_000;
    await world.tick();
    const head = await world.headOf(CALL.callId);
    expect(head.seal?.submissions).toBe(55);
    clock.now += 60_000;
    await world.tick();
    expect(await world.headOf(CALL.callId)).toEqual(head);
    expect(await world.begin(CALL.callId).then(() => world.seals.due('9999', 10))).toHaveLength(1);
  });

  test('of many submissions is made by ticks that have time for one step each', { timeout: 60_000 }, async () => {
    await seed(1_205);
    await world.begin(CALL.callId);
    let ticks = 0;
    while ((await world.seals.find(CALL.callId, 1))?.state === 'begun') {
      ticks += 1;
      expect(ticks).toBeLessThan(20);
      // Enough for one step; from then on less than a step takes.
      const steps = world.seals;
      let left = 900_000;
      const advance: typeof steps.advance = async (...step) => {
        left = 1_000;
        return steps.advance(...step);
      };
      await world.tick({ runEntries: 500, partsPerStep: 1, seals: { ...steps, advance } }, () => left);
      clock.now += 60_000;
    }
    // Three runs, two parts, the end of the parts, and the manifest.
    expect(ticks).toBe(7);
    expect((await rosterOf(await made())).map(({ receiptNo }) => receiptNo)).toHaveLength(1_200);
  });

  test('is not begun twice', async () => {
    expect(await world.begin(CALL.callId)).toBe(true);
    expect(await world.begin(CALL.callId)).toBe(false);
  });
});

describe('an extension that is granted while a seal is under way', () => {
  const later = new Date(CLOSES_AT + 3_600_000).toISOString();

  test('wins at any moment: the seal is given up, and the next one has what was submitted under the extension', async () => {
    await seed(60);
    await world.begin(CALL.callId);
    let extended = false;
    const sign: typeof services.signer.sign = async (...what) => {
      await world.extend(CALL.callId, { lastClosesAt: later });
      extended = true;
      return services.signer.sign(...what);
    };
    await world.tick({ signer: { sign } });
    expect(extended).toBe(true);
    expect((await world.seals.find(CALL.callId, 1))?.state).toBe('given-up');
    expect((await world.headOf(CALL.callId)).seal).toBeUndefined();

    await seed(70);
    clock.now = Date.parse(later) + DRAIN;
    expect(await world.begin(CALL.callId)).toBe(true);
    await world.tick();
    const seal = await made();
    expect(seal).toMatchObject({ number: 1, through: later, count: 65 });
    // What the one given up has left is still there, beside it.
    expect((await services.keys(`calls/${CALL.callId}/`)).filter((key) => key.endsWith('manifest.json'))).toHaveLength(
      2,
    );
  });

  test('lets the next seal begin although no tick has given up the one before', async () => {
    await world.begin(CALL.callId);
    await world.extend(CALL.callId, { lastClosesAt: later });
    clock.now = Date.parse(later) + DRAIN;
    expect(await world.begin(CALL.callId)).toBe(true);
    await world.tick();
    expect(await made()).toMatchObject({ number: 1, through: later });
  });
});
