import { describe, expect, test } from 'vitest';
import type { GrantedDeadline } from '#shared/domain/deadline/deadline-in-force.ts';
import {
  type CallDeadlines,
  closeEarly,
  earliestClose,
  extendDeadline,
} from '#shared/domain/deadline/move-deadline.ts';
import { deadlineAt } from '#shared/domain/deadline/window-of.ts';
import { callHead } from '#test/support/calls.ts';

const head = callHead();
const opens = Date.parse(head.opensAt);
const closes = Date.parse(head.closesAt);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const to = (moment: number) => deadlineAt(new Date(moment).toISOString(), head.timezone);
const granted = (scope: { category?: string; unitId?: string }, closesAt: number): GrantedDeadline => ({
  ...scope,
  ...to(closesAt),
  setAt: '2022-03-05T00:00:00.000Z',
});
const own = { closesAt: head.closesAt, closesAtLocal: head.closesAtLocal, closesText: head.closesText };
const nothingGranted: CallDeadlines = { head, granted: [] };
const unpublished = (): CallDeadlines => {
  const { publishedVersion: _, ...others } = head;
  return { head: others, granted: [] };
};
const refusedWith = (code: string, params?: unknown, path = 'closesAt') =>
  expect.objectContaining({
    code: 'VALIDATION_FAILED',
    faults: [{ path, code, ...(params === undefined ? {} : { params }) }],
  });

describe('an extension', () => {
  const at = closes - DAY;
  const setAt = new Date(at).toISOString();

  test('for everybody moves the deadline of the head, and the revision with it', () => {
    const moved = extendDeadline(nothingGranted, {}, to(closes + DAY), at);
    expect(moved).toStrictEqual({
      before: { ...own, owner: 'call' },
      after: { ...to(closes + DAY), owner: 'call' },
      next: {
        head: { ...head, ...to(closes + DAY), revision: 3, deadlineSetAt: setAt, closing: undefined },
        granted: [],
      },
    });
  });

  test.each([
    [{ category: '1' }, 'category'],
    [{ unitId: 'unit-1' }, 'unit'],
    [{ category: '1', unitId: 'unit-1' }, 'unitInCategory'],
  ])('for %o leaves the deadline of all others as it was', (scope, owner) => {
    const others = [
      granted({ category: '2' }, closes + 3 * DAY),
      granted({ unitId: 'unit-2' }, closes + 2 * DAY),
      granted({ category: '1', unitId: 'unit-2' }, closes + 2 * DAY),
      granted({ category: '2', unitId: 'unit-1' }, closes + 2 * DAY),
    ];
    const moved = extendDeadline({ head, granted: others }, scope, to(closes + DAY), at);
    expect(moved).toStrictEqual({
      before: { ...own, owner: 'call' },
      after: { ...to(closes + DAY), owner },
      next: {
        head: { ...head, revision: 3, lastClosesAt: to(closes + 3 * DAY).closesAt },
        granted: [...others, { ...scope, ...to(closes + DAY), setAt }],
      },
    });
  });

  test('given once more takes the place of the one before', () => {
    const scope = { unitId: 'unit-1' };
    const before = { head, granted: [granted(scope, closes + DAY)] };
    const { next } = extendDeadline(before, scope, to(closes + 2 * DAY), at);
    expect(next.granted).toStrictEqual([{ ...scope, ...to(closes + 2 * DAY), setAt }]);
    expect(next.head.lastClosesAt).toBe(to(closes + 2 * DAY).closesAt);
  });

  test('for everybody takes away what was recorded of the close, and one for some does not', () => {
    const closing = { recordedAt: head.closesAt, submissions: 3, units: 2, drafts: 1 };
    const closed = { head: { ...head, closing }, granted: [] };
    expect(extendDeadline(closed, {}, to(closes + DAY), closes + 1).next.head.closing).toBeUndefined();
    const forOne = extendDeadline(closed, { unitId: 'unit-1' }, to(closes + DAY), closes + 1);
    expect(forOne.next.head.closing).toStrictEqual(closing);
  });

  test('is later than what is in force, by a second at least, or says what that is', () => {
    const params = { ...own, timezone: head.timezone };
    expect(() => extendDeadline(nothingGranted, {}, to(closes - 1_000), at)).toThrow(refusedWith('NOT_LATER', params));
    expect(() => extendDeadline(nothingGranted, {}, to(closes), at)).toThrow(refusedWith('NOT_LATER', params));
    expect(extendDeadline(nothingGranted, {}, to(closes + 1_000), at).after).toMatchObject(to(closes + 1_000));
    const unit = { head, granted: [granted({ unitId: 'unit-1' }, closes + DAY)] };
    expect(() => extendDeadline(unit, { unitId: 'unit-1', category: '1' }, to(closes + DAY), at)).toThrow(
      refusedWith('NOT_LATER', { ...to(closes + DAY), timezone: head.timezone }),
    );
  });

  test('lies in the future, five years off at most', () => {
    const later = closes + 10 * DAY;
    const inFiveYears = later + 5 * 365.25 * DAY;
    for (const past of [later - 1_000, later])
      expect(() => extendDeadline(nothingGranted, {}, to(past), later)).toThrow(refusedWith('NOT_IN_FUTURE'));
    expect(extendDeadline(nothingGranted, {}, to(later + 1), later).after.owner).toBe('call');
    expect(extendDeadline(nothingGranted, {}, to(inFiveYears), later).after.owner).toBe('call');
    expect(() => extendDeadline(nothingGranted, {}, to(inFiveYears + 1), later)).toThrow(refusedWith('TOO_FAR_OFF'));
  });

  test('is given neither before the publication nor once what was submitted is deleted', () => {
    expect(() => extendDeadline(unpublished(), {}, to(closes + DAY), at)).toThrow(
      expect.objectContaining({ code: 'NOT_PUBLISHED' }),
    );
    const erased = { head: { ...head, erasedFrom: head.closesAt }, granted: [] };
    expect(() => extendDeadline(erased, {}, to(closes + DAY), at)).toThrow(
      expect.objectContaining({ code: 'DATA_ERASED' }),
    );
  });
});

describe('an early close', () => {
  const at = closes - DAY;

  test('of the call moves the deadline of the head and nobody else’s', () => {
    const others = [granted({ unitId: 'unit-1' }, closes + DAY)];
    expect(closeEarly({ head, granted: others }, {}, to(at + MINUTE), at)).toStrictEqual({
      before: { ...own, owner: 'call' },
      after: { ...to(at + MINUTE), owner: 'call' },
      next: {
        head: { ...head, ...to(at + MINUTE), revision: 3, deadlineSetAt: new Date(at).toISOString() },
        granted: others,
      },
    });
  });

  test('of what a unit was granted ends that alone', () => {
    const scope = { unitId: 'unit-1' };
    const read = { head, granted: [granted(scope, closes + DAY)] };
    const { before, after, next } = closeEarly(read, scope, to(closes + MINUTE), at);
    expect([before.owner, after.owner]).toStrictEqual(['unit', 'unit']);
    expect(next.head).toStrictEqual({ ...head, revision: 3, lastClosesAt: to(closes + MINUTE).closesAt });
  });

  test('leaves a minute’s notice at least, and is told in seconds where it does not', () => {
    expect(closeEarly(nothingGranted, {}, to(at + MINUTE), at).after.closesAt).toBe(to(at + MINUTE).closesAt);
    expect(() => closeEarly(nothingGranted, {}, to(at + MINUTE - 1), at)).toThrow(
      refusedWith('TOO_SOON', { seconds: 60 }),
    );
  });

  test('comes before what is in force', () => {
    const params = { ...own, timezone: head.timezone };
    expect(closeEarly(nothingGranted, {}, to(closes - 1), at).after.closesAt).toBe(to(closes - 1).closesAt);
    expect(() => closeEarly(nothingGranted, {}, to(closes), at)).toThrow(refusedWith('NOT_EARLIER', params));
    expect(() => closeEarly(nothingGranted, {}, to(closes + 1), at)).toThrow(refusedWith('NOT_EARLIER', params));
  });

  test('comes after the opening', () => {
    const before = opens - DAY;
    expect(closeEarly(nothingGranted, {}, to(opens + 1), before).after.closesAt).toBe(to(opens + 1).closesAt);
    for (const early of [opens - 1, opens])
      expect(() => closeEarly(nothingGranted, {}, to(early), before)).toThrow(refusedWith('CLOSES_BEFORE_OPENS'));
  });

  test('of what has passed is refused with when that was', () => {
    const params = { ...own, timezone: head.timezone };
    expect(() => closeEarly(nothingGranted, {}, to(closes - 1), closes)).toThrow(
      expect.objectContaining({ code: 'CALL_CLOSED', params }),
    );
    expect(() => closeEarly(nothingGranted, {}, to(closes + MINUTE), closes - 1)).toThrow(
      refusedWith('NOT_EARLIER', params),
    );
  });

  test.each([
    [{ category: '1' }, 'category'],
    [{ unitId: 'unit-1' }, 'unitId'],
    [{ category: '1', unitId: 'unit-1' }, 'unitId'],
  ])('of %o is refused where nothing was granted there, or a wider deadline holds, and says which', (scope, path) => {
    const params = { ...own, timezone: head.timezone };
    expect(() => closeEarly(nothingGranted, scope, to(at + MINUTE), at)).toThrow(
      refusedWith('NOT_EXTENDED', params, path),
    );
    const overtaken = { head, granted: [granted(scope, closes - MINUTE)] };
    expect(() => closeEarly(overtaken, scope, to(at + MINUTE), at)).toThrow(refusedWith('NOT_EXTENDED', params, path));
  });

  test('is for published calls alone', () => {
    expect(() => closeEarly(unpublished(), {}, to(at + MINUTE), at)).toThrow(
      expect.objectContaining({ code: 'NOT_PUBLISHED' }),
    );
  });
});

describe('the earliest deadline of an early close', () => {
  test('is a minute off, rounded up to a whole second', () => {
    expect(earliestClose(0)).toBe(60_000);
    expect(earliestClose(1)).toBe(61_000);
    expect(earliestClose(999)).toBe(61_000);
    expect(earliestClose(1_000)).toBe(61_000);
  });
});
