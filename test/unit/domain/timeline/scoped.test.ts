import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GrantedDeadline } from '#shared/domain/deadline/deadline-in-force.ts';
import { scopedDueAt, scopedEntries } from '#shared/domain/timeline/scoped.ts';
import { drainedAt } from '#shared/domain/timeline/steps.ts';
import { callHead } from '#test/support/calls.ts';
import { runsOf } from '#test/support/property-runs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const instant = (ms: number): string => new Date(ms).toISOString();

const head = callHead({ reminders: { before: [7 * DAY, DAY, 2 * HOUR], withoutDraft: true } });
const closes = Date.parse(head.closesAt);

const granted = (at: number, setAt: number, scope: { category?: string; unitId?: string }): GrantedDeadline => ({
  ...{ closesAt: instant(at), closesAtLocal: '', closesText: '', setAt: instant(setAt) },
  ...scope,
});

/** What ticks at these times tell of deadlines that lie together. */
const told = (
  ofItem: readonly GrantedDeadline[],
  times: readonly number[],
  beside: readonly GrantedDeadline[] = [],
) => {
  let advancedTo: string | undefined;
  return times.flatMap((now) => {
    const due = scopedDueAt(head, ofItem, advancedTo);
    const entries = scopedEntries(head, [...beside, ...ofItem], { ofItem, advancedTo }, now);
    // The index finds whatever there is to tell.
    if (entries.length > 0) expect(due).toBeLessThanOrEqual(now);
    advancedTo = instant(now);
    return entries.map(({ action, details = {} }) => ({ action, ...details, now }));
  });
};

it('a unit is told of its deadline in a category only where neither it nor the category has a later one', () => {
  const both = { unitId: 'unit-1', category: '1' };
  const until = closes + 3 * DAY;
  const times = [until - DAY, until - 1, until + DAY];
  expect(told([granted(until, closes, both)], times).map(({ action }) => action)).toEqual([
    ...['closing-soon', 'closing-soon', 'closed'],
  ]);
  for (const wider of [{ unitId: 'unit-1' }, { category: '1' }]) {
    expect(told([granted(until, closes, both)], times, [granted(until, closes, wider)])).toEqual([]);
  }
  const elsewhere = [
    granted(until + DAY, closes, { category: '2' }),
    granted(until + DAY, closes, { unitId: 'unit-2' }),
  ];
  expect(told([granted(until, closes, both)], times, elsewhere)).toHaveLength(3);
});

it.each([[{ category: '1' }], [{ unitId: 'unit-1' }], [{ category: '1', unitId: 'unit-1' }]])(
  'what is told of the deadline of %o says whose it is, until when, and how long is left',
  (scope) => {
    const until = closes + 3 * DAY;
    const one = granted(until, closes, scope);
    const at = (now: number) => scopedEntries(head, [one], { ofItem: [one] }, now);
    const reminded = instant(until - DAY);
    expect(at(until - DAY)).toStrictEqual([
      {
        ...{ at: reminded, role: 'system', action: 'closing-soon' },
        details: { ...scope, before: DAY, closesAt: one.closesAt, withoutDraft: true },
      },
    ]);
    const closed = drainedAt(one.closesAt);
    expect(at(closed - 1)).toEqual([]);
    expect(at(closed)).toStrictEqual([
      { at: instant(closed), role: 'system', action: 'closed', details: { ...scope, closesAt: one.closesAt } },
    ]);
  },
);

it('nobody is reminded where the call has no reminders, nor units without a draft where it does not say so', () => {
  const one = granted(closes + 3 * DAY, closes, { category: '1' });
  const { reminders: _, ...unreminded } = head;
  expect(scopedEntries(unreminded, [one], { ofItem: [one] }, closes + 3 * DAY - 1)).toEqual([]);
  const few = { ...head, reminders: { before: [DAY], withoutDraft: false } };
  expect(scopedEntries(few, [one], { ofItem: [one] }, closes + 2 * DAY)[0]?.details?.withoutDraft).toBe(false);
});

it('several deadlines that lie together are each told of in order, the latest reminder of each', () => {
  const [first, second] = [
    granted(closes + 3 * DAY, closes, { category: '1' }),
    granted(closes + 4 * DAY, closes, { category: '2' }),
  ];
  const tell = (now: number, advancedTo?: string) =>
    scopedEntries(head, [first, second], { ofItem: [first, second], advancedTo }, now).map(({ action, details }) => [
      action,
      details?.category,
      details?.before,
    ]);
  const now = closes + 3 * DAY - 1;
  expect(tell(now)).toEqual([['closing-soon', '1', 2 * HOUR]]);
  expect(tell(closes + 3 * DAY + HOUR)).toEqual([
    ['closing-soon', '2', DAY],
    ['closed', '1', undefined],
  ]);
  expect(tell(closes + 3 * DAY + HOUR, instant(now))).toEqual([
    ['closing-soon', '2', DAY],
    ['closed', '1', undefined],
  ]);
});

it('deadlines that lie together are next looked at when the first of their steps comes, and then no more', () => {
  const one = granted(closes + 3 * DAY, closes, { category: '1' });
  expect(scopedDueAt(head, [one], undefined)).toBe(closes + 2 * DAY);
  expect(scopedDueAt(head, [one], instant(closes + 2 * DAY))).toBe(closes + 3 * DAY - 2 * HOUR);
  expect(scopedDueAt(head, [one], instant(drainedAt(one.closesAt) - 1))).toBe(drainedAt(one.closesAt));
  expect(scopedDueAt(head, [one], instant(drainedAt(one.closesAt)))).toBeUndefined();
  expect(scopedDueAt(head, [], undefined)).toBeUndefined();
});

it('whatever the ticks, each reminder and each close is told at most once, in its time, and the close of every deadline that holds is', () => {
  const hours = fc.integer({ min: 1, max: 20 * 24 });
  fc.assert(
    fc.property(hours, hours, hours, fc.array(hours, { maxLength: 30 }), (own, inOne, set, ticks) => {
      const setAt = closes - set * HOUR;
      const ofItem = [
        granted(closes + own * HOUR, setAt, { unitId: 'unit-1' }),
        granted(closes + inOne * HOUR, setAt, { unitId: 'unit-1', category: '1' }),
      ];
      const last = closes + 21 * DAY;
      const times = [...ticks.map((hour) => setAt + hour * 2 * HOUR), last].sort((one, other) => one - other);
      const entries = told(ofItem, times);
      const names = entries.map((one) => JSON.stringify({ ...one, now: 0 }));
      expect(new Set(names).size).toBe(names.length);
      for (const one of entries) {
        const details: Record<string, unknown> = one;
        const until = Date.parse(String(details.closesAt));
        if (one.action === 'closed') {
          expect(one.now).toBeGreaterThanOrEqual(drainedAt(instant(until)));
          continue;
        }
        expect(one.now).toBeLessThan(until);
        expect(one.now).toBeGreaterThanOrEqual(until - Number(details.before));
        expect(until - Number(details.before)).toBeGreaterThan(setAt);
      }
      const closed = entries.flatMap((one) => (one.action === 'closed' ? [Object.hasOwn(one, 'category')] : []));
      expect(closed.sort()).toEqual(inOne > own ? [false, true] : [false]);
    }),
    { numRuns: runsOf(1_000) },
  );
});
