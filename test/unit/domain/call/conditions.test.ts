import { describe, expect, it } from 'vitest';
import type { Condition } from '#shared/domain/call/condition.ts';
import { declaredKeys, hasRules } from '#shared/domain/call/conditions.ts';
import { parsedForm } from '../form/forms.ts';

const condition = (more: Partial<Condition> = {}): Condition => ({ text: '条件', effect: 'gate', ...more });
const form = (...rules: readonly object[]) =>
  parsedForm({
    title: '申报书',
    sections: [{ title: '一', fields: ['a', 'b'].map((key) => ({ key, label: key, type: 'money', unit: '元' })) }],
    rules,
  });
const sum = { kind: 'sum', total: 'a', parts: ['b'] };
const check = { kind: 'check', rule: 'true', message: '不符', fields: ['a'] };

describe('hasRules', () => {
  it.each<[what: string, conditions: readonly Condition[], rules: readonly object[], expected: boolean]>([
    ['nothing', [], [], false],
    ['a condition that nobody decides', [condition()], [], false],
    ['sums of its form alone', [condition()], [sum], false],
    ['one condition among others', [condition(), condition({ rule: 'true' })], [], true],
    ['one rule of its form among others', [], [sum, check], true],
    ['both', [condition({ rule: 'true' })], [check], true],
  ])('tells whether a category is decided by a rule: %s', (_, conditions, rules, expected) => {
    expect(hasRules(conditions, form(...rules))).toBe(expected);
  });
});

describe('declaredKeys', () => {
  it('names what is to be declared, each once', () => {
    const keys = declaredKeys([
      condition({ declare: 'x' }),
      condition(),
      condition({ declare: 'y' }),
      condition({ declare: 'x' }),
    ]);
    expect(keys).toEqual(['x', 'y']);
  });
});
