import { describe, expect, test } from 'vitest';
import type { GrantedDeadline } from '#shared/domain/deadline/deadline-in-force.ts';
import { deadlineAt } from '#shared/domain/deadline/window-of.ts';
import { byOfficer, bySystem } from '#shared/domain/history/entry.ts';
import { stepsAhead, toldAction, toldDetails } from '#shared/domain/timeline/readers.ts';
import { drainedAt } from '#shared/domain/timeline/steps.ts';
import { callHead } from '#test/support/calls.ts';

const DAY = 24 * 60 * 60_000;
const AT = '2022-03-10T00:00:00.000Z';

const anybody = { isOfficer: false, units: [] };
const ofUnit = { isOfficer: false, units: ['unit-1'] };
const officer = { isOfficer: true, units: [] };

describe('an entry of a timeline', () => {
  test('is told with its deadline and whose that is', () => {
    const closesAt = '2022-04-05T16:00:00.000Z';
    const details = { category: '1', closesAt, reason: '疫情' };
    expect(toldAction(byOfficer('user-1', AT, 'extended', details), anybody)).toStrictEqual({
      action: 'extended',
      category: '1',
      closesAt,
    });
    expect(toldAction(bySystem(AT, 'opened'), anybody)).toStrictEqual({ action: 'opened' });
  });

  test('of one unit is told to it and to officers alone', () => {
    const entry = byOfficer('user-1', AT, 'extended', { unitId: 'unit-1' });
    expect(toldAction(entry, anybody)).toBeUndefined();
    expect(toldAction(entry, { isOfficer: false, units: ['unit-2'] })).toBeUndefined();
    expect(toldAction(entry, { isOfficer: false, units: ['unit-2', 'unit-1'] })?.unitId).toBe('unit-1');
    expect(toldAction(entry, officer)?.unitId).toBe('unit-1');
  });

  test.each(['closing-soon', 'unpublished', 'publication-restored'] as const)('%s is for officers', (action) => {
    const entry = bySystem(AT, action, {});
    expect(toldAction(entry, ofUnit)).toBeUndefined();
    expect(toldAction(entry, officer)).toStrictEqual({ action });
  });

  test.each(['published', 'opened', 'closed', 'extended', 'closed-early', 'sealed'] as const)(
    '%s is for everybody',
    (action) => {
      expect(toldAction(bySystem(AT, action), anybody)).toStrictEqual({ action });
    },
  );

  test('of what is no part of it is told to nobody', () => {
    expect(toldAction(bySystem(AT, 'attachment-admitted'), officer)).toBeUndefined();
  });

  test('tells how much there was at the close to officers alone', () => {
    const details = { closesAt: AT, submissions: 3, units: 2, drafts: 1 };
    const entry = bySystem(AT, 'closed', details);
    expect(toldDetails(entry, officer)).toStrictEqual(details);
    expect(toldDetails(entry, ofUnit)).toStrictEqual({ closesAt: AT });
    expect(toldDetails(bySystem(AT, 'opened'), officer)).toStrictEqual({});
    expect(toldDetails(bySystem(AT, 'opened'), ofUnit)).toStrictEqual({});
  });
});

describe('what is to come', () => {
  const head = callHead({ reminders: { before: [DAY], withoutDraft: false } });
  const [opens, closes] = [Date.parse(head.opensAt), Date.parse(head.closesAt)];
  const granted = (days: number, scope: { category?: string; unitId?: string }, set = closes): GrantedDeadline => ({
    ...scope,
    ...deadlineAt(new Date(closes + days * DAY).toISOString(), head.timezone),
    setAt: new Date(set).toISOString(),
  });
  const seals = { step: 'seals', at: drainedAt(head.closesAt) };

  test('of a published call is told in order, reminders to officers alone', () => {
    const steps = [
      { step: 'opens', at: opens },
      { step: 'reminder', at: closes - DAY, before: DAY },
      { step: 'closes', at: closes },
      seals,
    ];
    expect(stepsAhead(head, [], officer, opens - 1)).toStrictEqual(steps);
    expect(stepsAhead(head, [], anybody, opens - 1)).toStrictEqual(steps.filter(({ step }) => step !== 'reminder'));
  });

  test('leaves out what has come', () => {
    expect(stepsAhead(head, [], anybody, opens).map(({ step }) => step)).toEqual(['closes', 'seals']);
    expect(stepsAhead(head, [], anybody, closes)).toStrictEqual([seals]);
  });

  test('has the seal at once where its time has passed, and none once it is made', () => {
    const later = closes + DAY;
    expect(stepsAhead(head, [], anybody, later)).toStrictEqual([{ step: 'seals', at: later }]);
    const seal = { number: 1, through: head.closesAt, root: '', sealedAt: head.closesAt, submissions: 0 };
    expect(stepsAhead({ ...head, seal }, [], anybody, later)).toEqual([]);
  });

  test('of a call that is not published is nothing', () => {
    const { publishedVersion: _, ...unpublished } = head;
    expect(stepsAhead(unpublished, [], officer, opens - 1)).toEqual([]);
  });

  test('has deadlines granted to categories for all, and those of a unit for it and officers', () => {
    const [forCategory, forUnit, forBoth] = [
      granted(2, { category: '1' }),
      granted(3, { unitId: 'unit-1' }),
      granted(4, { category: '1', unitId: 'unit-1' }),
    ];
    const all = [forBoth, forUnit, forCategory];
    const last = { ...head, lastClosesAt: forBoth.closesAt };
    const sealed = { step: 'seals', at: drainedAt(forBoth.closesAt) };
    const ofCategory = { step: 'closes', at: closes + 2 * DAY, category: '1' };
    expect(stepsAhead(last, all, anybody, closes)).toStrictEqual([ofCategory, sealed]);
    const ofBoth = { step: 'closes', at: closes + 4 * DAY, category: '1', unitId: 'unit-1' };
    expect(stepsAhead(last, all, ofUnit, closes)).toStrictEqual([
      ofCategory,
      { step: 'closes', at: closes + 3 * DAY, unitId: 'unit-1' },
      ofBoth,
      sealed,
    ]);
    const reminded = stepsAhead(last, all, officer, closes).filter(({ step }) => step === 'reminder');
    expect(reminded).toStrictEqual([
      { step: 'reminder', at: closes + DAY, before: DAY, category: '1' },
      { step: 'reminder', at: closes + 2 * DAY, before: DAY, unitId: 'unit-1' },
      { step: 'reminder', at: closes + 3 * DAY, before: DAY, category: '1', unitId: 'unit-1' },
    ]);
  });

  test('has no deadline that does not hold, since the call or a wider scope has a later one', () => {
    const overtaken = [granted(-1, { category: '2' }), granted(0, { category: '3' })];
    const wider = [granted(2, { unitId: 'unit-1' }), granted(2, { unitId: 'unit-1', category: '1' })];
    const told = stepsAhead(
      { ...head, lastClosesAt: wider[0]?.closesAt },
      [...overtaken, ...wider],
      ofUnit,
      closes - 2 * DAY,
    );
    expect(told.flatMap(({ step, unitId, category }) => (step === 'closes' ? [[unitId, category]] : []))).toEqual([
      [undefined, undefined],
      ['unit-1', undefined],
    ]);
  });

  test('has no reminder that lies before the deadline was set', () => {
    const one = granted(2, { category: '1' }, closes + 1.5 * DAY);
    const told = stepsAhead({ ...head, deadlineSetAt: new Date(closes - DAY).toISOString() }, [one], officer, opens);
    expect(told.filter(({ step }) => step === 'reminder')).toEqual([]);
  });
});
