import { describe, expect, test } from 'vitest';
import { extendDeadline } from '#shared/domain/deadline/move-deadline.ts';
import { moveDetails, presentGranted, presentMove } from '#shared/domain/deadline/present.ts';
import { deadlineAt } from '#shared/domain/deadline/window-of.ts';
import { callHead } from '#test/support/calls.ts';

const head = callHead();
const own = { closesAt: head.closesAt, closesAtLocal: head.closesAtLocal, closesText: head.closesText };
const to = deadlineAt('2022-04-05', head.timezone);
const extended = (scope: { category?: string; unitId?: string }) =>
  extendDeadline({ head, granted: [] }, scope, to, Date.parse(head.opensAt));

describe('a moved deadline', () => {
  test.each([
    [{}, 'call'],
    [{ category: '1' }, 'category'],
    [{ unitId: 'unit-1' }, 'unit'],
    [{ category: '1', unitId: 'unit-1' }, 'unitInCategory'],
  ])('of %o is answered with what held and holds there, and with the latest at any scope', (scope, owner) => {
    expect(presentMove(extended(scope), scope, '疫情')).toStrictEqual({
      callId: 'changde-2022',
      revision: 3,
      ...scope,
      reason: '疫情',
      before: { ...own, owner: 'call' },
      deadline: { ...to, owner },
      lastClosesAt: to.closesAt,
    });
  });

  test.each([{}, { category: '1' }, { unitId: 'unit-1' }, { category: '1', unitId: 'unit-1' }])(
    'of %o is kept with for whom, from when to when, and why',
    (scope) => {
      expect(moveDetails(extended(scope), scope, '疫情')).toStrictEqual({
        ...scope,
        closesAt: '2022-04-05T16:00:00.000Z',
        previousClosesAt: '2022-03-31T16:00:00.000Z',
        closesText: '2022年4月5日24:00（Asia/Shanghai）',
        reason: '疫情',
      });
    },
  );
});

describe('a granted deadline', () => {
  const granted = { unitId: 'unit-1', ...to, setAt: head.opensAt };
  const names = new Map([['unit-1', '医学会']]);
  const closes = Date.parse(to.closesAt);

  test('is shown with its unit’s name, and is open until it has come', () => {
    const shown = { ...granted, unitName: '医学会', owner: 'unit' };
    expect(presentGranted(granted, names, closes - 1)).toStrictEqual({ ...shown, open: true });
    expect(presentGranted(granted, names, closes)).toStrictEqual({ ...shown, open: false });
  });

  test('of a category, or of a unit whose name nobody knows, is shown without a name', () => {
    const ofCategory = { category: '1', ...to, setAt: head.opensAt };
    expect(presentGranted(ofCategory, names, closes)).toStrictEqual({ ...ofCategory, owner: 'category', open: false });
    const ofUnit = { unitId: 'unit-2', category: '1', ...to, setAt: head.opensAt };
    expect(presentGranted(ofUnit, names, closes)).toStrictEqual({ ...ofUnit, owner: 'unitInCategory', open: false });
  });
});
