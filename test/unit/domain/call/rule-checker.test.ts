import { describe, expect, it } from 'vitest';
import { Meter } from '#shared/domain/call/meter.ts';
import { ruleChecker } from '#shared/domain/call/rule-checker.ts';
import { formScope } from '#shared/domain/expression/scope.ts';
import { formOf } from '../form/forms.ts';

const form = formOf([{ key: 'few', label: '人数', type: 'integer' }]);

describe('ruleChecker', () => {
  it('looks at a rule once in each scope, and makes each scope once', () => {
    const meter = new Meter();
    const checker = ruleChecker(meter);
    const made: string[] = [];
    const check = (rule: string, of: string) => {
      const { faults } = checker.check(rule, of, () => {
        made.push(of);
        return formScope(form);
      });
      return [faults.map(({ code }) => code), meter.spent];
    };
    const rule = 'answers.few > 1';
    expect(check(rule, 'a')).toEqual([[], 200 + rule.length]);
    expect(check(rule, 'a')).toEqual([[], 200 + rule.length]);
    expect(check('answers.no', 'a')).toEqual([['EXPRESSION_UNKNOWN'], 200 + rule.length + 10]);
    expect(check('answers.no', 'a')).toEqual([['EXPRESSION_UNKNOWN'], 200 + rule.length + 10]);
    expect(check(rule, 'b')).toEqual([[], 400 + 2 * rule.length + 10]);
    expect(made).toEqual(['a', 'b']);
  });
});
