import { describe, expect, test } from 'vitest';
import { arrivalsBefore } from '#test/bench/arrivals.ts';
import { type Attempt, violationsIn } from '#test/bench/last-hour-violations.ts';

const DEADLINE = Date.parse('2026-12-01T04:00:00.000Z');
const SECONDS = 120;
const IN_TIME = 2_000;
const LATE = 100;

/** From sending to the gateway, ms. */
const WAY = 40;
/** DynamoDB Local takes some 60 submits a second. */
const TAKES_MS = 1_000 / 60;

interface Arrival {
  readonly place: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** When a function came to it. */
  readonly worksAt: number;
}

const SENT = [
  ...arrivalsBefore(SECONDS, IN_TIME).map((seconds) => DEADLINE + Math.floor((seconds - SECONDS) * 1_000)),
  ...Array.from({ length: LATE }, (_, place) => DEADLINE + place * 20),
];

/** Who comes waits for all who came before. */
const arrivals = (): Arrival[] => {
  let free = 0;
  return SENT.map((sentAt, place) => {
    const worksAt = Math.max(sentAt + WAY, free);
    free = worksAt + TAKES_MS;
    return { place, sentAt, receivedAt: sentAt + WAY, worksAt };
  });
};

/** A run in which whoever is in time by `judgedAt` is accepted. */
const run = (judgedAt: (arrival: Arrival) => number, saysAt = judgedAt): Attempt[] =>
  arrivals().map((arrival) => {
    const submissionId = `submission-${arrival.place}`;
    const { sentAt, receivedAt } = arrival;
    if (judgedAt(arrival) >= DEADLINE)
      return { submissionId, sentAt, receivedAt, status: 409, receipt: undefined, code: 'CALL_CLOSED' };
    const submittedAt = new Date(saysAt(arrival)).toISOString();
    const receipt = { receiptNo: `receipt-${arrival.place}`, submissionId, submittedAt };
    return { submissionId, sentAt, receivedAt, status: 200, receipt, code: undefined };
  });

const numbersIn = (attempts: readonly Attempt[]): Set<string> =>
  new Set(attempts.flatMap(({ receipt }) => receipt?.receiptNo ?? []));

/** What is found, without what is not. */
const found = (attempts: readonly Attempt[], sealed: ReadonlySet<string> = numbersIn(attempts)) =>
  Object.fromEntries(Object.entries(violationsIn(attempts, DEADLINE, sealed)).filter(([, times]) => times !== 0));

const HONEST = run(({ receivedAt }) => receivedAt);
const FIRST_AT = HONEST[0]?.receipt?.submittedAt ?? '';

describe('in a run', () => {
  test('where the time of receipt decides nothing is found, however late the replies are', () => {
    const accepted = numbersIn(HONEST).size;
    expect(accepted).toBeGreaterThan(1_900);
    // Those who sent it in time, and did not arrive so.
    expect(accepted).toBeLessThan(IN_TIME);
    expect(found(HONEST)).toEqual({});
  });

  test('whose function asks its own clock, submits in time are found refused', () => {
    const own = run(
      ({ worksAt }) => worksAt,
      ({ receivedAt }) => receivedAt,
    );
    expect(Object.keys(found(own))).toEqual(['refusedThoughInTime']);
  });

  test('that takes what came late is found out, even where its receipts tell of an earlier time', () => {
    const generous = ({ receivedAt }: Arrival): number => receivedAt - 500;
    expect(found(run(generous))).toMatchObject({ acceptedThoughLate: expect.any(Number) });
    const backdated = run(generous, ({ receivedAt }) => Math.min(receivedAt, DEADLINE - 1));
    expect(Object.keys(found(backdated))).toEqual(['acceptedThoughLate', 'receiptsOfAnotherTime']);
  });

  test('of which the gateway knows nothing, this is found', () => {
    const unknown = HONEST.map((attempt, place) => (place === 0 ? { ...attempt, receivedAt: Number.NaN } : attempt));
    expect(found(unknown)).toMatchObject({ neverReceived: 1 });
  });

  test.each([
    ['refuses for another reason', { status: 409, receipt: undefined, code: 'CONFLICT' }, 'neitherAcceptedNorLate'],
    ['fails', { status: 500, receipt: undefined, code: 'INTERNAL' }, 'serverErrors'],
    [
      'acknowledges another submission',
      {
        receipt: {
          receiptNo: 'receipt-0',
          submissionId: 'submission-1',
          submittedAt: FIRST_AT,
        },
      },
      'receiptsOfAnother',
    ],
    [
      'gives two the same receipt',
      {
        receipt: {
          receiptNo: 'receipt-1',
          submissionId: 'submission-0',
          submittedAt: FIRST_AT,
        },
      },
      'receiptsTwice',
    ],
  ])('that %s once, this is found', (_, wrong, name) => {
    const attempts = HONEST.map((attempt, place) => (place === 0 ? { ...attempt, ...wrong } : attempt));
    expect(found(attempts)).toMatchObject({ [name]: 1 });
  });

  test('whose roster lacks a receipt, or holds one of which nobody was told, both are found', () => {
    const sealed = numbersIn(HONEST);
    sealed.delete('receipt-7');
    sealed.add('receipt-of-nobody');
    expect(found(HONEST, sealed)).toEqual({ missingInRoster: 1, inRosterUnacknowledged: 1 });
  });
});
