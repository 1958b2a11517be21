import { describe, expect, test } from 'vitest';
import { actingUnit } from '#shared/domain/eligibility/acting-unit.ts';

describe('the unit an applicant acts for', () => {
  test('is the one that is named, or the only one', () => {
    expect(actingUnit(['unit-1', 'unit-2'], 'unit-2')).toBe('unit-2');
    expect(actingUnit(['unit-1'], undefined)).toBe('unit-1');
  });

  test.each([
    [['unit-1'], 'unit-2', 'NOT_FOUND'],
    [[], 'unit-2', 'NOT_FOUND'],
    [['unit-1', 'unit-2'], undefined, 'UNIT_REQUIRED'],
    [[], undefined, 'UNIT_REQUIRED'],
  ])('of %j is not to be found by %s: %s', (units, named, code) => {
    expect(() => actingUnit(units, named)).toThrow(expect.objectContaining({ code }));
  });
});
