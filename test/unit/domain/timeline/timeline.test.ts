import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { isSealed } from '#shared/domain/deadline/latest-deadline.ts';
import { closedBy, openedBy, remindedBy } from '#shared/domain/timeline/advance.ts';
import { dueStep, headDueAt } from '#shared/domain/timeline/due.ts';
import { drainedAt, type Step, stepsOf } from '#shared/domain/timeline/steps.ts';
import { callHead } from '#test/support/calls.ts';
import { runsOf } from '#test/support/property-runs.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const instant = (ms: number): string => new Date(ms).toISOString();

const remindedHead = (before: readonly number[], overrides: Partial<CallHead> = {}) =>
  callHead({ reminders: { before: [...before], withoutDraft: false }, ...overrides });

const { opensAt, closesAt } = callHead();
const [opens, closes] = [Date.parse(opensAt), Date.parse(closesAt)];

/** A step that was done, when, and under which deadline. */
interface Done {
  readonly step: Step;
  readonly now: number;
  readonly head: CallHead;
}

const NOTHING = { submissions: 0, units: 0, drafts: 0 };

/** What one step leaves of a head, as the job writes it. */
const after = (head: CallHead, step: Step, now: number): CallHead => {
  switch (step.kind) {
    case 'opens':
      return openedBy(head, step, instant(now)).head;
    case 'reminder':
      return remindedBy(head, step, instant(now)).head;
    case 'closes':
      return closedBy(head, step, NOTHING, instant(now)).head;
    case 'seals':
      return { ...head, advancedTo: instant(now) };
  }
};

/** One tick, as the job does it. */
const tick = (head: CallHead, now: number): { head: CallHead; done: Done[] } => {
  const done: Done[] = [];
  for (;;) {
    const step = dueStep(stepsOf(head), head, now);
    if (step === undefined) return { head, done };
    done.push({ step, now, head });
    head = after(head, step, now);
  }
};

const ticks = (head: CallHead, times: readonly number[]) =>
  times.reduce(
    ({ head: current, done }, now) => {
      const next = tick(current, now);
      return { head: next.head, done: [...done, ...next.done] };
    },
    { head, done: [] as readonly Done[] },
  );

const named = (done: readonly Done[]): string[] =>
  done.map(({ step }) => (step.kind === 'reminder' ? `${step.before / HOUR}h` : step.kind));

describe('the timeline of a call', () => {
  const head = remindedHead([7 * DAY, DAY, 2 * HOUR]);

  it('opens, reminds, closes after the drain and then seals, each at its time', () => {
    const drained = closes + 2 * MINUTE;
    expect(stepsOf(head)).toEqual([
      { kind: 'opens', at: opens },
      { kind: 'reminder', at: closes - 7 * DAY, before: 7 * DAY },
      { kind: 'reminder', at: closes - DAY, before: DAY },
      { kind: 'reminder', at: closes - 2 * HOUR, before: 2 * HOUR },
      { kind: 'closes', at: drained },
      { kind: 'seals', at: drained + 1 },
    ]);
    expect(named(ticks(head, [opens - 1]).done)).toEqual([]);
    expect(named(ticks(head, [opens, closes - 7 * DAY - 1]).done)).toEqual(['opens']);
    expect(named(ticks(head, [opens, closes - 7 * DAY, closes - DAY, closes - 2 * HOUR, closes]).done)).toEqual([
      ...['opens', '168h', '24h', '2h'],
    ]);
    expect(named(ticks(head, [drained]).done)).toEqual(['opens', 'closes']);
    expect(named(ticks(head, [drained, drained + 1]).done)).toEqual(['opens', 'closes', 'seals']);
  });

  it('has its reminders in order of time, however they are written, and none where none are asked for', () => {
    const mixed = remindedHead([DAY, 7 * DAY, 2 * HOUR]);
    expect(stepsOf(mixed)).toEqual(stepsOf(head));
    expect(stepsOf(callHead()).map(({ kind }) => kind)).toEqual(['opens', 'closes', 'seals']);
  });

  it('is to be looked at when its next step comes, or its next sample before that', () => {
    const quiet = callHead();
    expect(headDueAt(quiet)).toBe(opens);
    const opened = { ...quiet, advancedTo: opensAt, sampledTo: opensAt };
    expect(headDueAt(opened)).toBe(opens + HOUR);
    expect(headDueAt({ ...opened, sampledTo: instant(closes - 1) })).toBe(drainedAt(closesAt));
  });

  it('begins a seal again after a quarter of an hour, counted from when it was begun', () => {
    const seals = (advancedTo?: string) => stepsOf({ ...callHead(), advancedTo }).at(-1)?.at;
    const due = drainedAt(closesAt) + 1;
    expect(seals()).toBe(due);
    expect(seals(instant(due - 1))).toBe(due);
    expect(seals(instant(due))).toBe(due + 15 * MINUTE);
    expect(seals(instant(due + 5))).toBe(due + 5 + 15 * MINUTE);
    const seal = { number: 1, through: closesAt, root: '', sealedAt: closesAt, submissions: 0 };
    expect(stepsOf({ ...callHead(), seal }).map(({ kind }) => kind)).toEqual(['opens', 'closes']);
  });

  it('has no step while it is not published', () => {
    expect(stepsOf({ ...head, publishedVersion: undefined })).toEqual([]);
    expect(headDueAt({ ...head, publishedVersion: undefined })).toBeUndefined();
  });

  it('sends the latest of the reminders that a late tick finds, and none after the deadline', () => {
    expect(named(ticks(head, [closes - HOUR]).done)).toEqual(['opens', '2h']);
    expect(named(ticks(head, [closes - 12 * HOUR, closes - HOUR]).done)).toEqual(['opens', '24h', '2h']);
    expect(named(ticks(head, [opens, closes - 1]).done)).toEqual(['opens', '2h']);
    expect(named(ticks(head, [opens, closes]).done)).toEqual(['opens']);
  });

  it('never reminds of what lies before the deadline was set, or before the opening', () => {
    const set = { ...head, deadlineSetAt: instant(closes - DAY) };
    expect(named(ticks(set, [closes - 1]).done)).toEqual(['opens', '2h']);
    const short = remindedHead([31 * DAY, 31 * DAY - 1]);
    expect(stepsOf(short).filter(({ kind }) => kind === 'reminder')).toHaveLength(1);
  });

  it('waits with the seal for the latest deadline at any scope', () => {
    const lastClosesAt = instant(closes + 3 * DAY);
    const extended = { ...head, lastClosesAt };
    expect(named(ticks(extended, [opens, closes + DAY]).done)).toEqual(['opens', 'closes']);
    expect(named(ticks(extended, [opens, closes + DAY, drainedAt(lastClosesAt) + 1]).done)).toEqual([
      ...['opens', 'closes', 'seals'],
    ]);
  });

  it('is over with the seal, looked at again every quarter of an hour until it is made, and goes on when reopened', () => {
    const end = closes + 10 * MINUTE;
    const { head: begun } = ticks(head, [opens, end]);
    expect(headDueAt(begun)).toBe(end + 15 * MINUTE);
    expect(named(ticks(begun, [end + 15 * MINUTE - 1, end + 15 * MINUTE]).done)).toEqual(['seals']);
    const seal = { number: 1, through: closesAt, root: '0'.repeat(64), sealedAt: instant(end), submissions: 0 };
    const sealed = { ...begun, seal };
    expect([isSealed(begun), isSealed(sealed), headDueAt(sealed)]).toEqual([false, true, undefined]);
    const until = end + 3 * DAY;
    const reopened = { ...sealed, closesAt: instant(until), deadlineSetAt: instant(end) };
    expect(named(ticks(reopened, [end, until - DAY, until, until + DAY]).done)).toEqual(['24h', 'closes', 'seals']);
    expect(named(ticks({ ...sealed, lastClosesAt: instant(until) }, [end, until + DAY]).done)).toEqual(['seals']);
  });
});

describe('whatever the ticks and the deadlines', () => {
  const spans = fc.uniqueArray(
    fc.integer({ min: 1, max: 40 * 24 * 60 }).map((minutes) => minutes * MINUTE),
    {
      maxLength: 10,
    },
  );
  /** What happens after a while, ms: nothing but a tick, an extension or an early close by so much, a deadline at another scope, or the seal that was begun. */
  const happening = fc.record({
    wait: fc.oneof(fc.integer({ min: 1, max: 3 * MINUTE }), fc.integer({ min: 1, max: 10 * DAY })),
    what: fc.oneof(
      { weight: 6, arbitrary: fc.constant('tick' as const) },
      fc.constantFrom('extend' as const, 'closeEarly' as const, 'elsewhere' as const, 'seal' as const),
    ),
    by: fc.integer({ min: MINUTE, max: 10 * DAY }),
  });

  const happen = (head: CallHead, what: 'extend' | 'closeEarly' | 'elsewhere' | 'seal', by: number, now: number) => {
    const set = (at: number): CallHead => ({
      ...head,
      closesAt: instant(at),
      deadlineSetAt: instant(now),
      ...(head.lastClosesAt === undefined || Date.parse(head.lastClosesAt) > at ? {} : { lastClosesAt: undefined }),
    });
    const deadline = Date.parse(head.closesAt);
    switch (what) {
      case 'extend':
        return set(Math.max(deadline, now) + by);
      case 'closeEarly':
        return opens <= now && now + MINUTE < deadline ? set(now + MINUTE) : head;
      case 'elsewhere':
        return { ...head, lastClosesAt: instant(Math.max(deadline, now) + by) };
      case 'seal': {
        const through = head.lastClosesAt ?? head.closesAt;
        const begun = head.advancedTo !== undefined && Date.parse(head.advancedTo) > drainedAt(through);
        const number = (head.seal?.number ?? 0) + 1;
        return begun
          ? { ...head, seal: { number, through, root: '0'.repeat(64), sealedAt: instant(now), submissions: 0 } }
          : head;
      }
    }
  };

  it('each step is done once, in order, in its time, and all of them in the end', () => {
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: 0, max: 40 * DAY }),
        fc.array(happening, { maxLength: 40 }),
        (before, early, all) => {
          let head = remindedHead(before, { deadlineSetAt: instant(opens - early) });
          let now = opens - early;
          const done: Done[] = [];
          const step = () => {
            const before = headDueAt(head);
            const next = tick(head, now);
            // The index finds whatever there is to do.
            if (next.done.length > 0) expect(before).toBeLessThanOrEqual(now);
            head = next.head;
            done.push(...next.done);
          };
          for (const { wait, what, by } of all) {
            now += wait;
            if (what === 'tick') step();
            else head = happen(head, what, by, now);
          }
          now = Math.max(now, Date.parse(head.lastClosesAt ?? head.closesAt), Date.parse(head.closesAt)) + DAY;
          step();

          const marks = done.map((one) => one.step.at);
          expect(marks).toEqual([...marks].sort((one, other) => one - other));
          expect(new Set(marks).size).toBe(marks.length);
          for (const one of done) expect(one.step.at).toBeLessThanOrEqual(one.now);
          for (const { step: each, now: at, head: under } of done) {
            if (each.kind !== 'reminder') continue;
            expect(at).toBeLessThan(Date.parse(under.closesAt));
            expect(each.at).toBeGreaterThan(Date.parse(under.deadlineSetAt ?? ''));
            expect(each.at).toBe(Date.parse(under.closesAt) - each.before);
          }
          expect(done.filter(({ step: each }) => each.kind === 'opens')).toHaveLength(1);
          const closings = done
            .filter(({ step: each }) => each.kind === 'closes')
            .map(({ head: under }) => under.closesAt);
          expect(new Set(closings).size).toBe(closings.length);
          expect(closings.at(-1)).toBe(head.closesAt);
          expect(isSealed(head) || done.at(-1)?.step.kind === 'seals').toBe(true);
        },
      ),
      { numRuns: runsOf(2_000) },
    );
  });

  it('ticks every minute send every reminder that lies ahead, once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 10 }), (minutes) => {
        const head = remindedHead(
          minutes.map((each) => each * MINUTE),
          { opensAt: instant(closes - 200 * MINUTE) },
        );
        const times = Array.from({ length: 206 }, (_, minute) => closes + (minute - 200) * MINUTE);
        const sent = ticks(head, times).done.flatMap(({ step }) =>
          step.kind === 'reminder' ? step.before / MINUTE : [],
        );
        expect(sent).toEqual(minutes.filter((each) => each < 200).sort((one, other) => other - one));
      }),
      { numRuns: runsOf(100) },
    );
  });
});
