import { describe, expect, test } from 'vitest';
import { SUBMISSION_ACTIONS } from '#shared/contract/history-actions.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { presentCallEntry, presentSubmissionEntry } from '#shared/domain/history/present.ts';
import { belongingOf, isVisible } from '#shared/domain/history/visible.ts';

const AT = '2022-03-10T00:00:00.000Z';

describe('a history', () => {
  test('is seen by the unit as a whole, by who sees the head alone as far as that goes', () => {
    const actions = SUBMISSION_ACTIONS.map((action) => bySystem(AT, action));
    expect(actions.every((entry) => isVisible(entry, 'all'))).toBe(true);
    expect(actions.filter((entry) => isVisible(entry, 'head')).map(({ action }) => action)).toEqual([
      ...['created', 'submitted', 'withdrawn', 'deleted', 'erased'],
    ]);
  });

  test('says by its first entry whose a submission was that is gone', () => {
    const details = { organiser: 'changde-kx', unitId: 'unit-1' };
    expect(belongingOf(bySystem(AT, 'created', { ...details, version: 1 }))).toStrictEqual(details);
    expect(belongingOf(bySystem(AT, 'answers-saved', details))).toBeUndefined();
    expect(belongingOf(bySystem(AT, 'created', { unitId: 'unit-1' }))).toBeUndefined();
    expect(belongingOf(bySystem(AT, 'created'))).toBeUndefined();
    expect(belongingOf(undefined)).toBeUndefined();
  });
});

describe('an entry as it is told', () => {
  const by = { organizationId: 'unit-1', subject: 'user-1', name: '丙某某' };

  test('has its revision and, where somebody did it, who', () => {
    const details = { unitId: 'unit-1' };
    const entry = { ...bySystem(AT, 'created', details), revision: 7 };
    const told = { revision: 7, at: AT, role: 'system', details, action: 'created' };
    expect(presentSubmissionEntry({ entry })).toStrictEqual(told);
    expect(presentSubmissionEntry({ entry, by })).toStrictEqual({ ...told, by });
    const opened = { ...bySystem(AT, 'opened'), revision: 2 };
    expect(presentCallEntry({ entry: opened, by })).toStrictEqual({
      ...{ revision: 2, at: AT, role: 'system', details: {}, action: 'opened' },
      by,
    });
  });

  test('is of the history it is told in', () => {
    expect(() => presentCallEntry({ entry: { ...bySystem(AT, 'created'), revision: 1 } })).toThrow();
    expect(() => presentSubmissionEntry({ entry: { ...bySystem(AT, 'opened'), revision: 1 } })).toThrow();
  });
});
