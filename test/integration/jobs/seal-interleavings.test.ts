import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leafHash, rootOf, toHex } from '#shared/domain/seal/merkle-tree.ts';
import { lineOf } from '#shared/domain/seal/roster.ts';
import { type Acknowledged, DRAFTS, play, type Schedule, type Variant } from '#test/support/seal-schedule.ts';
import { type Sealing, type SealServices, sealServices } from '#test/support/seal-world.ts';
import { CLOSES_AT, type SubmissionWorld, submissionWorld } from '#test/support/submission-world.ts';

/** Schedules played; `npm run test:seal` plays 1,000. */
const RUNS = Number(process.env.SEAL_RUNS ?? 12);

let world: SubmissionWorld;
let services: SealServices;
beforeAll(async () => {
  [world, services] = await Promise.all([submissionWorld(), sealServices()]);
});
afterAll(() => services.close());

/** What is wrong with the seals of a call, given all receipts that were answered: nothing, if the sealing is right. */
const faultsOf = async (callId: string, seals: Sealing, acknowledged: Acknowledged): Promise<string[]> => {
  const faults: string[] = [];
  const numberOf = new Map<string, number>();
  const withdrawn = new Map<string, number>();
  let previousRoot: string | undefined;
  for (const seal of await seals.seals.ofCall(callId)) {
    const manifest = await services.rosters.manifest(seal);
    const hashes: Uint8Array[] = [];
    for await (const entry of services.rosters.entries(seal)) {
      if (numberOf.has(entry.receiptNo)) faults.push(`${entry.receiptNo} was sealed twice`);
      if (entry.submittedAt >= seal.through) faults.push(`${entry.receiptNo} is later than its seal`);
      numberOf.set(entry.receiptNo, entry.acceptanceNo);
      if (entry.acceptanceNo !== numberOf.size) faults.push(`${entry.receiptNo} has another number than its place`);
      hashes.push(leafHash(lineOf(entry)));
    }
    for await (const { receiptNo } of services.rosters.withdrawn(seal)) {
      if (withdrawn.has(receiptNo)) faults.push(`${receiptNo} was listed as withdrawn twice`);
      withdrawn.set(receiptNo, seal.number);
    }
    if (toHex(rootOf(hashes)) !== manifest.root) faults.push(`seal ${seal.number} has another root`);
    if (manifest.previousRoot !== previousRoot) faults.push(`seal ${seal.number} does not carry the root before`);
    previousRoot = manifest.root;
  }
  const stored = await world.receipts.findAll([...acknowledged.keys()]);
  if (stored.length !== acknowledged.size) faults.push('a receipt that was answered is not there');
  for (const { receipt, withdrawnAt } of stored) {
    const isSealed = numberOf.has(receipt.receiptNo);
    if (withdrawnAt === undefined && !isSealed) faults.push(`${receipt.receiptNo} was acknowledged and not sealed`);
    if ((withdrawnAt !== undefined && isSealed) !== withdrawn.has(receipt.receiptNo))
      faults.push(
        `${receipt.receiptNo} is ${isSealed ? 'sealed' : 'not sealed'}, and its withdrawal is told otherwise`,
      );
  }
  if (numberOf.size > acknowledged.size) faults.push('what nobody was acknowledged is sealed');
  if ((await seals.headOf(callId)).seal === undefined) faults.push('the call was never sealed');
  return faults;
};

let runs = 0;
const faultsAfter = async (schedule: Schedule, variant: Variant = {}): Promise<string[]> => {
  runs += 1;
  const callId = `interleaved-${runs}`;
  const { acknowledged, seals } = await play(world, services, { callId, schedule, variant });
  return faultsOf(callId, seals, acknowledged);
};

const submit = fc.record({
  draft: fc.nat(DRAFTS - 1),
  // Around the deadline, and into what an extension makes of it.
  at: fc.oneof(fc.integer({ min: -30_000, max: 5_000 }), fc.integer({ min: 60_000, max: 900_000 })),
  takes: fc.integer({ min: 0, max: 20_000 }),
});
const schedules: fc.Arbitrary<Schedule> = fc.record({
  submits: fc.array(submit, { minLength: 1, maxLength: 5 }),
  withdrawals: fc.array(fc.record({ draft: fc.nat(DRAFTS - 1), at: fc.integer({ min: -30_000, max: 900_000 }) }), {
    maxLength: 2,
  }),
  extensions: fc.array(
    fc.record({
      at: fc.integer({ min: -60_000, max: 600_000 }),
      by: fc.integer({ min: 61_000, max: 400_000 }),
      scope: fc.constantFrom('call', 'unit', 'category'),
    }),
    { maxLength: 2 },
  ),
  ticks: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 900_000 }),
      stopsAt: fc.integer({ min: 1, max: 90 }),
      after: fc.integer({ min: 1, max: 300_000 }),
      dies: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

test(`the seals hold every submit that was acknowledged, for ${RUNS} interleavings of submits in flight, withdrawals, extensions and ticks that lag, stop and die`, {
  timeout: RUNS * 20_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      expect(await faultsAfter(schedule)).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

/** Received a moment before the deadline, written as late as a function can. */
const LAST_SUBMIT = { draft: 0, at: -1, takes: 20_000 };
/** A tick that is never stopped. */
const tickAt = (at: number) => ({ at, stopsAt: 10_000, after: 1, dies: false });
const LAST_MOMENT = { submits: [{ draft: 1, at: -20_000, takes: 5 }, LAST_SUBMIT], withdrawals: [], extensions: [] };

describe('a submit at the last moment', () => {
  test('is in the seal', async () => {
    const ticks = [tickAt(10), tickAt(60_000), tickAt(125_000)];
    expect(await faultsAfter({ ...LAST_MOMENT, ticks })).toEqual([]);
  });

  test('would be lost by a sealing that does not wait for what is in flight', async () => {
    const faults = await faultsAfter({ ...LAST_MOMENT, ticks: [tickAt(10)] }, { withoutDrain: true });
    expect(faults).toEqual([expect.stringMatching(/was acknowledged and not sealed$/)]);
  });

  test('would be lost by a sealing that reads an index', async () => {
    // It is 121 s behind: at the seal it has what was written before the deadline, and not what was in flight then.
    const lagging: Variant['tallies'] = () => ({
      async pageOfCall(...page) {
        const { tallies, ...rest } = await world.tallies.pageOfCall(...page);
        const known = await Promise.all(
          tallies.map(async (tally) => {
            const heads = await world.submissions.heads(tally.submitted);
            const late = new Date(CLOSES_AT - 10_000).toISOString();
            const submitted = heads.filter(({ submittedAt = '' }) => submittedAt < late);
            return { ...tally, submitted: submitted.map(({ submissionId }) => submissionId) };
          }),
        );
        return { ...rest, tallies: known };
      },
    });
    const faults = await faultsAfter({ ...LAST_MOMENT, ticks: [tickAt(125_000)] }, { tallies: lagging });
    expect(faults).toEqual([expect.stringMatching(/was acknowledged and not sealed$/)]);
  });
});
