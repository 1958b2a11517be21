import { describe, expect, it } from 'vitest';
import { assertOpen, isOpenAt } from '#shared/domain/deadline/assert-open.ts';
import { deadlineInForce, grantedWithin } from '#shared/domain/deadline/deadline-in-force.ts';
import { callHead } from '#test/support/calls.ts';

const head = callHead({ opensAt: '2022-02-28T16:00:00.000Z', closesAt: '2022-03-31T16:00:00.000Z' });
const opens = Date.parse(head.opensAt);
const closes = Date.parse(head.closesAt);

describe('assertOpen', () => {
  it.each([
    [opens - 1, 'CALL_NOT_OPEN'],
    [closes, 'CALL_CLOSED'],
    [closes + 1, 'CALL_CLOSED'],
  ])('refuses what was received at %i with %s', (receivedAt, code) => {
    expect(() => assertOpen(head, head, receivedAt)).toThrow(
      expect.objectContaining({
        code,
        params: {
          ...{ opensAt: head.opensAt, opensAtLocal: head.opensAtLocal, closesAt: head.closesAt },
          ...{ closesAtLocal: head.closesAtLocal, closesText: head.closesText, timezone: head.timezone },
        },
      }),
    );
  });

  it.each([opens, opens + 1, closes - 1])('lets pass what was received at %i', (receivedAt) => {
    expect(() => assertOpen(head, head, receivedAt)).not.toThrow();
  });

  it('knows nothing of a call that is not in force', () => {
    const { publishedVersion: _, ...unpublished } = head;
    expect(() => assertOpen(unpublished, unpublished, opens)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('holds a unit to the deadline that was extended for it', () => {
    const extended = deadlineInForce(head, [
      {
        unitId: 'unit-1',
        closesAt: '2022-04-01T16:00:00.000Z',
        closesAtLocal: '2022-04-02T00:00:00.000+08:00',
        closesText: '延期',
      },
    ]);
    expect(() => assertOpen(head, extended, closes)).not.toThrow();
    expect(() => assertOpen(head, extended, Date.parse(extended.closesAt))).toThrow(
      expect.objectContaining({ code: 'CALL_CLOSED' }),
    );
    expect(isOpenAt(head, extended, Date.parse(extended.closesAt) - 1)).toBe(true);
  });
});

describe('deadlineInForce', () => {
  const own = { closesAt: head.closesAt, closesAtLocal: head.closesAtLocal, closesText: head.closesText };
  const [unit1, unit2] = ['unit-1', 'unit-2'];
  const at = (day: string, scope: { category?: string; unitId?: string }) => ({
    ...own,
    ...scope,
    closesAt: `2022-04-${day}T16:00:00.000Z`,
  });

  it("is the call's own where nothing was granted", () => {
    expect(deadlineInForce(head, [])).toEqual({ ...own, owner: 'call' });
  });

  it("is the call's own where what was granted ends with it or before", () => {
    expect(deadlineInForce(head, [{ ...own, unitId: unit1 }]).owner).toBe('call');
    const before = { ...own, unitId: unit1, closesAt: '2022-03-01T16:00:00.000Z' };
    expect(deadlineInForce(head, [before])).toEqual({ ...own, owner: 'call' });
  });

  it.each([
    [[at('01', { category: '1' })], '01', 'category'],
    [[at('03', { unitId: unit1 }), at('01', { category: '1' })], '03', 'unit'],
    [[at('03', { unitId: unit1 }), at('04', { unitId: unit1, category: '1' })], '04', 'unitInCategory'],
    [[at('03', { unitId: unit1 }), at('03', { category: '1' })], '03', 'category'],
    [[at('03', { category: '1' }), at('03', { unitId: unit1 })], '03', 'category'],
    [[at('03', { unitId: unit1, category: '1' }), at('03', { unitId: unit1 })], '03', 'unit'],
  ])('is the latest of the call and of %j', (granted, day, owner) => {
    expect(deadlineInForce(head, granted)).toMatchObject({ closesAt: `2022-04-${day}T16:00:00.000Z`, owner });
  });

  it('is found among what applies to the unit in the category, and to nobody else', () => {
    const all = [
      at('01', { category: '1' }),
      at('02', { category: '2' }),
      at('03', { unitId: unit1 }),
      at('04', { unitId: unit2 }),
      at('05', { unitId: unit1, category: '1' }),
      at('06', { unitId: unit1, category: '2' }),
      at('07', { unitId: unit2, category: '1' }),
    ];
    const days = grantedWithin(all, { unitId: unit1, category: '1' }).map(({ closesAt }) => closesAt.slice(8, 10));
    expect(days).toEqual(['01', '03', '05']);
    expect(grantedWithin(all, { category: '2' })).toEqual([all[1]]);
    expect(grantedWithin(all, { unitId: unit2 })).toEqual([all[3]]);
    expect(grantedWithin(all, {})).toEqual([]);
  });
});
