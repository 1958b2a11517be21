import { describe, expect, it } from 'vitest';
import { EXPRESSION_REASONS } from '#shared/contract/expression-reasons.ts';
import { checkExpression } from '#shared/domain/expression/check-expression.ts';
import { ruleEnvironment } from '#shared/domain/expression/environment.ts';
import { faultText } from '#shared/http/messages.ts';
import { ruleScope } from '#test/unit/domain/expression/facts.ts';

const environment = ruleEnvironment(ruleScope());
const told = (rule: string, locale: 'zh' | 'en') =>
  checkExpression(rule, environment).faults.map(({ code, params }) => faultText(code, params, locale));

describe('what is wrong with a rule', () => {
  it.each(EXPRESSION_REASONS)('is told in both languages: %s', (reason) => {
    const params = {
      reason,
      at: 7,
      left: 'int',
      right: 'string',
      operator: '==',
      type: 'int',
      call: 'size(int)',
      name: '"x"',
    };
    const [zh, en] = [faultText('EXPRESSION_TYPE', params, 'zh'), faultText('EXPRESSION_TYPE', params, 'en')];
    expect(zh).toMatch(/\p{Script=Han}/u);
    // 分 is the name of the unit, in any language.
    expect(en.replaceAll('分', '')).not.toMatch(/\p{Script=Han}/u);
    expect(zh + en).not.toContain('—');
  });

  it.each([
    [
      'answers.people == "3"',
      '规则的类型不对：第 1 个字符起，整数与文字之间不能用 ==（金额写 wan("0.5") 或 yuan("100")，日期写 "2022-03-31"）。',
    ],
    ['unit.rating', '规则的类型不对：规则要说明“符合”或“不符合”，这里得到的是整数，请加上比较，如 >= 3。'],
    ['unit.rating >= 3 &&', '规则写法有误：没有写完，可能少了右括号或引号。'],
    ['unit.rank >= 3', '规则用到的“unit.rank”不存在，这里能用的有：kinds、rating、foundedOn、foundedYear、flags。'],
    ['单位.rating >= 3', '规则写法有误：第 1 个字符处读不懂（名字和标点都用英文，等于写 ==，并且写 &&，或者写 ||）。'],
    ['answers.name.matches("^a")', '规则中不能使用“matches”。'],
  ])('%s: %s', (rule, sentence) => expect(told(rule, 'zh')).toEqual([sentence]));

  it('names the types of other values in words', () => {
    expect(told('answers.members == 1', 'en')).toEqual([
      'The types of the rule do not fit: from character 1, == does not go between a list and an integer (amounts are wan("0.5") or yuan("100"), dates "2022-03-31").',
    ]);
    expect(told('unit', 'en')).toEqual([
      'The types of the rule do not fit: a rule says yes or no, and this gives a group of fields: compare it, as with >= 3.',
    ]);
  });
});
