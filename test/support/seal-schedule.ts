import { advanceCalls } from '#functions/jobs/advance-calls/advance-calls.ts';
import type { Dependencies } from '#functions/jobs/seal-calls/seal-calls.ts';
import { submitSubmission } from '#functions/submissions/submit-submission/submit-submission.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { situationRepository } from '#shared/data/standing-repository.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import { isSealed } from '#shared/domain/deadline/latest-deadline.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { type Gate, gatedPorts } from './gated-ports.ts';
import { lambdaContext } from './http-event.ts';
import { type Sealing, type SealServices, sealing } from './seal-world.ts';
import { CLOSES_AT, type Received, type SubmissionWorld, send } from './submission-world.ts';

/** Who acts for which unit; each unit has two drafts, one in each category. */
const APPLICANTS = ['secretary', 'secretary-2'] as const;
const CATEGORIES = ['1', '2-1'] as const;
export const DRAFTS = APPLICANTS.length * CATEGORIES.length;

/** So that even these few submissions take several runs. */
const SMALL = { runEntries: 2, partsPerStep: 1 };

/** Ticks after all that is scheduled, six minutes apart: what failed is put off by five, what was lost is begun again after fifteen. */
const LAST_TICKS = 12;

/** What happens around a deadline. Times in ms from the call's own deadline. */
export interface Schedule {
  /** `takes`: from its receipt to its write, at most a function's time-out. */
  readonly submits: readonly { readonly draft: number; readonly at: number; readonly takes: number }[];
  readonly withdrawals: readonly { readonly draft: number; readonly at: number }[];
  /** `by`: how far ahead of `at` the new deadline is. */
  readonly extensions: readonly { readonly at: number; readonly by: number; readonly scope: Scope }[];
  /** Ticks that stop at their nth call, and `after` so many ms go on or have died. */
  readonly ticks: readonly {
    readonly at: number;
    readonly stopsAt: number;
    readonly after: number;
    readonly dies: boolean;
  }[];
}
type Scope = 'call' | 'unit' | 'category';

const SCOPES: Readonly<Record<Scope, Record<string, string>>> = {
  call: {},
  unit: { unitId: 'unit-1' },
  category: { category: '2-1' },
};

/** What a run takes instead of the real thing: the wrong variants that have to be found out. */
export interface Variant {
  /** Begins to seal at the very deadline, without the drain. */
  readonly withoutDrain?: boolean;
  /** Reads the roster from an index: as it was so many ms ago. */
  readonly tallies?: (callId: string) => Dependencies['tallies'];
}

interface Event {
  readonly at: number;
  readonly happens: () => Promise<void>;
}

/** Something that stops in the middle, and is let go on later. */
const stoppable = () => {
  const stopped = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return {
    stop: (): Promise<void> => {
      stopped.resolve();
      return released.promise;
    },
    release: released.resolve,
    /** Until it stops or is over. */
    settled: (work: Promise<unknown>): Promise<unknown> => Promise.race([stopped.promise, work]),
  };
};

const receiptNoOf = ({ status, body: { receiptNo } }: Received): string | undefined =>
  status === 200 && typeof receiptNo === 'string' ? receiptNo : undefined;

/** The receipts that were answered, and the drafts they were of. */
export type Acknowledged = ReadonlyMap<string, { readonly submissionId: string }>;

/** Plays a schedule on a call of its own, then lets ticks come until all is sealed; gives what was acknowledged. */
export const play = async (
  world: SubmissionWorld,
  services: SealServices,
  { callId, schedule, variant = {} }: { callId: string; schedule: Schedule; variant?: Variant },
): Promise<{ acknowledged: Acknowledged; seals: Sealing }> => {
  const { clock } = world;
  const leaf = { applicants: ['市级学会', '高校科协'], form: 'apply', period: { text: '2022年' }, materials: [] };
  await world.publishVersion(
    { categories: CATEGORIES.map((code) => ({ code, title: code, ...leaf })), limitPerUnit: 9 },
    callId,
  );
  const seals = sealing(world, services);
  const acknowledged = new Map<string, { submissionId: string }>();

  const drafts = await Promise.all(
    APPLICANTS.flatMap((subject) =>
      CATEGORIES.map(async (category) => {
        const body = { category, answers: { name: '学会能力提升' } };
        const reply = await send(world.app.create, { subject, params: { callId }, body });
        return { subject, submissionId: String(reply.body.submissionId) };
      }),
    ),
  );
  const draftAt = (place: number) => {
    const draft = drafts[place % DRAFTS];
    if (draft === undefined) throw new Error(`There is no draft ${place}`);
    return draft;
  };

  const submitEvents = ({ draft, at, takes }: Schedule['submits'][number]): Event[] => {
    const { subject, submissionId } = draftAt(draft);
    const flight = stoppable();
    let answered: Promise<void> = Promise.resolve();
    const handler = submitSubmission({
      ...world,
      situations: situationRepository(world.db, world.tables),
      definitions: world.calls,
      verdicts: world.attachments,
      objects: world.bucket.objects,
      outcomes: {
        async submitWithinLimits(write) {
          await flight.stop();
          return world.outcomes.submitWithinLimits(write);
        },
      },
      newReceiptNo: generateId,
    });
    const receivedAt = CLOSES_AT + at;
    return [
      {
        at,
        async happens() {
          const sent = send(handler, { subject, params: { submissionId }, receivedAt });
          answered = sent.then((reply) => {
            const receiptNo = receiptNoOf(reply);
            if (receiptNo !== undefined) acknowledged.set(receiptNo, { submissionId });
          });
          await flight.settled(answered);
        },
      },
      {
        at: at + takes,
        async happens() {
          flight.release();
          await answered;
        },
      },
    ];
  };

  const withdrawalEvents = ({ draft, at }: Schedule['withdrawals'][number]): Event[] => {
    const { subject, submissionId } = draftAt(draft);
    const receivedAt = CLOSES_AT + at;
    const happens = async () => {
      await send(world.app.withdraw, { subject, params: { submissionId }, receivedAt });
    };
    return [{ at, happens }];
  };

  const extensionEvents = ({ at, by, scope }: Schedule['extensions'][number]): Event[] => {
    const receivedAt = CLOSES_AT + at;
    const closesAt = new Date(receivedAt + by).toISOString();
    const body = { closesAt, reason: '系统故障', ...SCOPES[scope] };
    const happens = async () => {
      await send(world.app.extend, { subject: 'officer', params: { callId }, body, receivedAt });
    };
    return [{ at, happens }];
  };

  /** The index lags: it names the call and its seals whether anything is due or not. */
  const advance = async (): Promise<void> => {
    if (variant.withoutDrain === true) {
      if (!isSealed(await seals.headOf(callId))) await seals.begin(callId);
      return;
    }
    const stale = { callId, item: 'head', dueAt: new Date(CLOSES_AT).toISOString() };
    const timelines = {
      ...timelineRepository(world.db, world.tables.calls),
      pageOfDue: async () => ({ positions: [stale] }),
      putOff: async () => false,
    };
    await advanceCalls({
      ...world,
      ...{ timelines, deadlines: deadlinesRepository(world.db, world.tables.calls), callsTable: world.tables.calls },
      now: () => clock.now,
    })({}, lambdaContext());
  };
  const tallies = variant.tallies?.(callId);
  const ports = {
    ...seals.ports,
    seals: { ...seals.seals, due: async () => [1, 2, 3, 4].map((number) => ({ callId, number })) },
    ...(tallies === undefined ? {} : { tallies }),
  };

  const tickEvents = ({ at, stopsAt, after, dies }: Schedule['ticks'][number]): Event[] => {
    const flight = stoppable();
    let passed = 0;
    let isDead = false;
    const gate: Gate = async () => {
      passed += 1;
      if (passed === stopsAt) await flight.stop();
      if (isDead) throw new Error('The process died');
    };
    let over: Promise<unknown> = Promise.resolve();
    return [
      {
        at,
        async happens() {
          await advance();
          over = seals.tick({ ...gatedPorts(ports, gate), ...SMALL }).catch(() => undefined);
          await flight.settled(over);
        },
      },
      {
        at: at + after,
        async happens() {
          isDead = dies && passed >= stopsAt;
          flight.release();
          await over;
        },
      },
    ];
  };

  const events = [
    ...schedule.submits.flatMap(submitEvents),
    ...schedule.withdrawals.flatMap(withdrawalEvents),
    ...schedule.extensions.flatMap(extensionEvents),
    ...schedule.ticks.flatMap(tickEvents),
  ].sort((one, other) => one.at - other.at);
  for (const { at, happens } of events) {
    clock.now = CLOSES_AT + at;
    await happens();
  }
  for (let ticks = 0; ticks < LAST_TICKS; ticks += 1) {
    clock.now += 6 * 60_000;
    await advance();
    await seals.tick({ ...ports, ...SMALL }).catch(() => undefined);
    if (isSealed(await seals.headOf(callId))) break;
  }
  return { acknowledged, seals };
};
