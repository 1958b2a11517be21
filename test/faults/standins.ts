import { newReceipt } from '#shared/data/receipts-repository.ts';
import { answersItem } from '#shared/data/submission-items.ts';
import { countSubmitted, recordChange, replaceHead } from '#shared/data/submission-writes.ts';
import { type TransactWrite, transact } from '#shared/data/transact.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { submittedEntry } from '#shared/domain/history/submission-entries.ts';
import { limitFaults, limitsReached } from '#shared/domain/limits/limits.ts';
import { generateId } from '#shared/runtime/ids.ts';
import type { Ports, Standin } from './instance.ts';

type Submit = Ports['outcomes']['submitWithinLimits'];

interface Wrong {
  readonly standin: Standin;
  /** What of a schedule it comes to shows it. */
  readonly shows: RegExp;
}

/** Far above what a schedule submits. */
const NO_LIMIT = 1_000;

const submitting = ({ outcomes }: Ports, submitWithinLimits: Submit): Partial<Ports> => ({
  outcomes: { ...outcomes, submitWithinLimits },
});

/** A submit as it has to be, but for `others` instead of the entry in the history. Joint ones and refusals as ever. */
const submitInParts = async (
  ports: Ports,
  submit: Parameters<Submit>[0],
  others: readonly TransactWrite[],
): ReturnType<Submit> => {
  const { read, next, limits, receipt, counted } = submit;
  const { db, tables, outcomes } = ports;
  if (counted.length > 0) return outcomes.submitWithinLimits(submit);
  const failed = await transact(db, [
    replaceHead(tables.submissions, next, read),
    countSubmitted(tables.tallies, read, next.countedIn ?? [], limits),
    newReceipt(tables.receipts, receipt),
    ...others,
  ]);
  return failed.length === 0 ? 'submitted' : outcomes.submitWithinLimits(submit);
};

/** Deliberately wrong variants of what stands between the functions and what is stored: what the schedules are there to find. */
export const WRONG: Readonly<Record<string, Wrong>> = {
  'counts first and writes after that': {
    shows: /has \d of \d/,
    standin: (ports) =>
      submitting(ports, async (submit) => {
        const { read, limits } = submit;
        const counts = await ports.tallies.countsOfUnit(read.callId, read.unitId, limits);
        const faults = limitFaults(limitsReached(limits, counts));
        const [first] = faults;
        if (first !== undefined) throw new DomainError('LIMIT_REACHED', { params: first.params ?? {}, faults });
        return ports.outcomes.submitWithinLimits({
          ...submit,
          limits: limits.map((scope) => ({ ...scope, limit: NO_LIMIT })),
        });
      }),
  },
  'takes the place first and submits after that': {
    shows: /the tally of|no order explains/,
    standin: (ports) =>
      submitting(ports, async (submit) => {
        const { read, next, limits, receipt, by, counted } = submit;
        // Joint ones and refusals as ever: it is about what lies between two writes.
        if (counted.length > 0) return ports.outcomes.submitWithinLimits(submit);
        const { db, tables } = ports;
        const full = await transact(db, [countSubmitted(tables.tallies, read, next.countedIn ?? [], limits)]);
        if (full.length > 0) return ports.outcomes.submitWithinLimits(submit);
        const failed = await transact(db, [
          replaceHead(tables.submissions, next, read),
          newReceipt(tables.receipts, receipt),
          recordChange(tables.history, read, submittedEntry(read, next, by)),
        ]);
        return failed.length === 0 ? 'submitted' : 'moved';
      }),
  },
  'asks its own clock when it comes to write': {
    shows: /in time by \d+ ms, and told that it is closed/,
    standin: (ports, now) =>
      submitting(ports, async (submit) => {
        const { deadline } = (await ports.deadlines.ofSubmission(submit.read)) ?? {};
        if (deadline !== undefined && now() >= Date.parse(deadline.closesAt)) throw new DomainError('CALL_CLOSED');
        return ports.outcomes.submitWithinLimits(submit);
      }),
  },
  'remembers a deadline that it has read': {
    shows: /told that it is closed|too late by \d+ ms, and accepted/,
    standin: ({ situations }) => {
      const met = new Map<string, Awaited<ReturnType<typeof situations.of>>['called']>();
      return {
        situations: {
          ...situations,
          async of(subject, submission) {
            const found = await situations.of(subject, submission);
            const called = met.get(submission.head.unitId) ?? found.called;
            met.set(submission.head.unitId, called);
            return { ...found, called };
          },
        },
      };
    },
  },
  'gives a retry a receipt number of its own': {
    shows: /was lost or changed/,
    standin: ({ receipts }) => ({
      receipts: {
        ...receipts,
        async find(receiptNo) {
          const stored = await receipts.find(receiptNo);
          return stored && { ...stored, receipt: { ...stored.receipt, receiptNo: generateId() } };
        },
      },
    }),
  },
  'creates anew for a key it knows': {
    shows: /no order explains|nobody was told of/,
    standin: ({ idempotency }) => ({
      idempotency: {
        ...idempotency,
        find: async () => undefined,
        remembering: (key, request, now) => idempotency.remembering({ ...key, key: generateId() }, request, now),
      },
    }),
  },
  'acknowledges before it is written': {
    shows: /was lost or changed|no order explains/,
    standin: (ports) =>
      submitting(ports, async (submit) => {
        const written = ports.outcomes.submitWithinLimits(submit).catch((): 'submitted' => 'submitted');
        return Promise.race([written, Promise.resolve('submitted' as const)]);
      }),
  },
  'keeps no entry of a submit': {
    shows: /the history of \w+ tells of/,
    standin: (ports) => submitting(ports, (submit) => submitInParts(ports, submit, [])),
  },
  'writes other answers than it pins': {
    shows: /what \w+ pins was changed/,
    standin: (ports) =>
      submitting(ports, (submit) => {
        const { read, next, by } = submit;
        return submitInParts(ports, submit, [
          recordChange(ports.tables.history, read, submittedEntry(read, next, by)),
          { Put: { TableName: ports.tables.submissions, Item: answersItem(next, { name: '不是所递交的' }) } },
        ]);
      }),
  },
};
