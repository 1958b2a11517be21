import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headItem } from '#shared/data/call-items.ts';
import { type Sealed, sealKey } from '#shared/data/seal-items.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { withdrawnHead } from '#shared/domain/submission/transitions.ts';
import { verifiedPayload } from '#shared/signing/verify-jws.ts';
import { sealFileKey } from '#shared/storage/seal-keys.ts';
import { callHead } from '#test/support/calls.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';
import { type Gate, gatedPorts } from '#test/support/gated-ports.ts';
import { manyReceiptNo, manySubmissionId, seedSubmissions } from '#test/support/many-submissions.ts';
import { type Sealing, type SealServices, sealing, sealServices } from '#test/support/seal-world.ts';

/** `npm run test:seal` dies at every call, before and after it; otherwise at every third, by turns after and before it. */
const EVERY = process.env.SEAL_CRASHES === 'every';
const STRIDE = EVERY ? 1 : 3;

const CALL = callHead();
const REOPENED_UNTIL = '2022-04-01T16:00:00.000Z';
/** Two runs of the five entries that there are in the end. */
const SMALL = { runEntries: 3, partsPerStep: 1 };

let services: SealServices;
let stores: FreshTables;
let world: Sealing;
const clock = { now: 0 };

const seed = (count: number): Promise<void> =>
  seedSubmissions(stores, {
    ...{ call: CALL, count, perUnit: 2, categories: [{ code: '1', countedIn: ['1'] }] },
    answersOf: (place) => ({ name: `项目${place}` }),
    submittedFrom: Date.parse(CALL.opensAt),
  });

const sealedAs = async (number: number): Promise<Sealed> => {
  const seal = await world.seals.find(CALL.callId, number);
  if (seal?.state !== 'sealed') throw new Error(`Seal ${number} is ${seal?.state}`);
  return seal;
};

/** Every file of a seal but its signature, which is another one each time. */
const filesOf = async (seal: Sealed): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for (const key of await services.keys(sealFileKey(seal, ''))) {
    if (key.endsWith('.jws')) continue;
    files[key.slice(key.lastIndexOf('/') + 1)] = Buffer.from((await services.objects.read(key)) ?? []).toString();
  }
  return files;
};

/** A call that is sealed, was reopened, and has a supplementary seal to be made: of new submissions, and of one that was withdrawn. */
beforeAll(async () => {
  services = await sealServices();
  stores = await freshTables(['calls', 'history', 'submissions', 'tallies', 'receipts', 'organizations']);
  world = sealing({ ...stores, clock }, services);
  await stores.db.send(new PutCommand({ TableName: stores.tables.calls, Item: headItem(CALL) }));
  await seed(3);
  clock.now = Date.parse(CALL.closesAt) + 121_000;
  await world.begin(CALL.callId);
  await world.tick();

  await world.extend(CALL.callId, { lastClosesAt: REOPENED_UNTIL });
  await seed(6);
  const withdrawn = await submissionsRepository(stores.db, stores.tables.submissions).load(manySubmissionId(1));
  if (withdrawn === undefined) throw new Error('There is no submission to withdraw');
  await submissionOutcomes(stores.db, stores.tables).withdraw(
    withdrawn,
    withdrawnHead(withdrawn.head, '2022-04-01T10:00:00.000Z'),
    'secretary',
  );
  clock.now = Date.parse(REOPENED_UNTIL) + 121_000;
});
afterAll(() => services.close());

/** Takes the supplementary seal away, as if it had never been begun, and begins it. */
const beginAgain = async (): Promise<void> => {
  clock.now += 600_000;
  const { seal: last, ...head } = await world.headOf(CALL.callId);
  const { number, through, root, sealedAt, accepted } = await sealedAs(1);
  const first = { number, through, root, sealedAt, submissions: accepted };
  await world.changes.replaceHeadAtRevision(
    { ...head, seal: first, revision: head.revision + 1 },
    head.revision,
    bySystem(sealedAt, 'extended'),
    last?.number === 2 ? [{ Delete: { TableName: stores.tables.calls, Key: sealKey(CALL.callId, 2) } }] : [],
  );
  expect(await world.begin(CALL.callId)).toBe(true);
};

test('lists what is new and what was withdrawn, counts on, and carries the root of the seal before', async () => {
  await beginAgain();
  await world.tick(SMALL);
  const [first, second] = [await sealedAs(1), await sealedAs(2)];
  const manifest = await services.rosters.manifest(second);
  expect(manifest).toMatchObject({ previousRoot: first.root, through: REOPENED_UNTIL, first: 4, last: 6, count: 3 });
  const entries: unknown[] = [];
  for await (const { receiptNo, acceptanceNo } of services.rosters.entries(second))
    entries.push([acceptanceNo, receiptNo]);
  expect(entries).toEqual([3, 4, 5].map((place) => [place + 1, manyReceiptNo(place)]));
  const withdrawn: unknown[] = [];
  for await (const { receiptNo, acceptanceNo } of services.rosters.withdrawn(second))
    withdrawn.push([acceptanceNo, receiptNo]);
  expect(withdrawn).toEqual([[2, manyReceiptNo(1)]]);
});

test('that died at any call of anything is completed by the next tick to the same bytes', {
  timeout: 900_000,
}, async () => {
  let calls = 0;
  const count: Gate = async (moment) => {
    calls += moment === 'before' ? 1 : 0;
  };
  await beginAgain();
  await world.tick({ ...gatedPorts(world.ports, count), ...SMALL });
  const expected = await filesOf(await sealedAs(2));
  const { root } = await sealedAs(2);
  expect(Object.keys(expected)).toEqual(['manifest.json', 'part-00001.ndjson', 'withdrawn-00001.ndjson']);
  expect(calls).toBeGreaterThan(40);

  const keys = await services.signer.publicKeys();
  for (let nth = 1; nth <= calls; nth += STRIDE) {
    for (const moment of EVERY ? (['before', 'after'] as const) : ([nth % 2 === 0 ? 'before' : 'after'] as const)) {
      await beginAgain();
      const passed = { before: 0, after: 0 };
      let isDead = false;
      const die: Gate = async (at) => {
        passed[at] += 1;
        isDead ||= at === moment && passed[at] === nth;
        if (isDead) throw new Error('The process died');
      };
      await world.tick({ ...gatedPorts(world.ports, die), ...SMALL }).catch(() => undefined);
      clock.now += 60_000;
      await world.tick(SMALL);
      const completed = await sealedAs(2);
      expect(await filesOf(completed)).toEqual(expected);
      expect((await world.headOf(CALL.callId)).seal).toMatchObject({ number: 2, root, submissions: 6 });
      const signature = await services.rosters.signature(completed);
      expect(verifiedPayload(signature, keys, 'shenbao-seal+jwt')).toContain(root);
    }
  }
});
