import * as z from 'zod';
import { CallId, Instant, Sha256 } from '#shared/contract/primitives.ts';
import { RosterPart, WithdrawalPart } from '#shared/contract/seals.ts';
import { type HeadDeadlines, latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';
import { RosterPosition } from './call-roster.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** Constant partition of the index `due` for seals under way. */
export const SEAL_DUE = 'seal';

/** What the keys of a call's seals begin with; they sort by number. */
export const SEALS_OF_CALL = 'seal#';

export const sealKey = (callId: string, number: number) => ({
  callId,
  item: `${SEALS_OF_CALL}${String(number).padStart(4, '0')}`,
});

/** A sorted run of the roster in the bucket, named by its digest. */
const Run = z.object({ sha256: Sha256, count: z.int(), bytes: z.int() });
export type Run = z.output<typeof Run>;

/**
 * How far a seal has come. `gather`: runs of sorted entries, and where the tallies are read on. `merge`: parts of the roster that are written, and `withdraw`:
 * parts of what was withdrawn since earlier seals, each with the last place they cover. `finish`: all parts are there.
 */
export const SealWork = z.discriminatedUnion('step', [
  z.object({ step: z.literal('gather'), runs: z.array(Run), from: RosterPosition.optional() }),
  z.object({ step: z.literal('merge'), runs: z.array(Run), parts: z.array(RosterPart), after: z.string().optional() }),
  z.object({
    step: z.literal('withdraw'),
    runs: z.array(Run),
    parts: z.array(RosterPart),
    withdrawals: z.array(WithdrawalPart),
    after: z.string().optional(),
  }),
  z.object({ step: z.literal('finish'), parts: z.array(RosterPart), withdrawals: z.array(WithdrawalPart) }),
]);
export type SealWork = z.output<typeof SealWork>;

const Beginning = z.object({
  callId: CallId,
  number: z.int().min(1),
  /** All that was received before it is sealed: the latest deadline at any scope. */
  through: Instant,
  /** Of the head as the seal was begun: the commit holds it to both. */
  closesAt: Instant,
  lastClosesAt: Instant.optional(),
  startedAt: Instant,
});

const SealUnderWay = Beginning.extend({
  state: z.literal('begun'),
  /** Moves with every step: two at the same step, and one of them is told. */
  progress: z.int(),
  dueAt: Instant,
  work: SealWork,
});
export type SealUnderWay = z.output<typeof SealUnderWay>;

/** What a commit leaves of it. */
const Sealed = Beginning.extend({
  state: z.literal('sealed'),
  sealedAt: Instant,
  root: Sha256,
  /** Entries of this seal. */
  count: z.int(),
  /** 受理编号 given so far, by it and the seals before. */
  accepted: z.int(),
  /** Of earlier entries, how many were withdrawn since the seal before. */
  withdrawn: z.int(),
});
export type Sealed = z.output<typeof Sealed>;

const GivenUp = Beginning.extend({ state: z.literal('given-up'), givenUpAt: Instant });

const SealItem = z.discriminatedUnion('state', [SealUnderWay, Sealed, GivenUp]);
export type SealItem = z.output<typeof SealItem>;

export const parseSeal = (item: unknown): SealItem => parseItem('seal', SealItem, item);

/** What a beginning is decided on: a head as it was read. */
interface SealableHead extends HeadDeadlines {
  readonly callId: string;
  readonly seal?: { readonly number: number } | undefined;
}

/**
 * The write that begins a call's next seal, for a transaction that holds the head to the deadlines it was read with. Its condition: none is under way, or the one
 * that is was begun for deadlines that have been moved since, and could never be committed.
 *
 * @param at instant of the beginning; the seal is due at once, for the job that seals
 */
export const beginSeal = (tableName: string, head: SealableHead, at: string): TransactWrite[] => {
  const { callId, closesAt, lastClosesAt } = head;
  const number = (head.seal?.number ?? 0) + 1;
  const through = latestDeadline(head);
  const begun: SealUnderWay = {
    ...{ callId, number, state: 'begun', through, closesAt, lastClosesAt, startedAt: at },
    ...{ progress: 0, dueAt: at, work: { step: 'gather', runs: [] } },
  };
  return [
    {
      Put: {
        TableName: tableName,
        Item: { ...begun, ...sealKey(callId, number), due: SEAL_DUE },
        ConditionExpression:
          'attribute_not_exists(callId) OR #state = :givenUp OR (#state = :begun AND through < :through)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':givenUp': 'given-up', ':begun': 'begun', ':through': through },
      },
    },
  ];
};
