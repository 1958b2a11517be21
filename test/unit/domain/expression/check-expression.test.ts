import { describe, expect, it } from 'vitest';
import { checkExpression, MOST_STEPS } from '#shared/domain/expression/check-expression.ts';
import { ruleEnvironment } from '#shared/domain/expression/environment.ts';
import { formScope } from '#shared/domain/expression/scope.ts';
import { INT, listOf, recordOf } from '#shared/domain/expression/shape.ts';
import { formOf } from '../form/forms.ts';
import { ruleForm, ruleScope } from './facts.ts';

const environment = ruleEnvironment(ruleScope());
const stepsOf = (rule: string) => checkExpression(rule, ruleEnvironment(ruleScope())).steps;
const faults = (rule: string) =>
  checkExpression(rule, ruleEnvironment(ruleScope())).faults.map(({ code, params }) =>
    [code, params.reason ?? params.name ?? params.count, params.at].filter((part) => part !== undefined).join(' '),
  );

describe('checkExpression', () => {
  it.each([
    'unit.rating >= 3',
    '"hasPartyBranch" in unit.flags && unit.kinds.exists(k, k == "市级学会")',
    'unit.foundedYear == call.fiscalYear',
    'daysBetween(answers.from, answers.until) + 1 <= 3',
    'sum(answers.members.map(m, m.cost)) <= wan("0.5")',
    'answers.members.all(m, !has(m.born) || yearsBetween(m.born, call.today) < 40)',
    'submission.attachments.proof >= 1 || answers.ownSite',
    'answers.people / 2 % 3 == 0 ? true : -answers.people < 0',
    'answers.kind == "论坛" || answers.kind in ["年会"] || "甲" in answers.topics || answers.kind.contains("会")',
    '[1, 2].exists(n, n == size(answers.topics))',
    'answers.people < 9223372036854775807',
    'answers.topics != [] && size([]) == 0',
    'answers.topics.exists(t, answers.kind == t)',
    'answers.kind != answers.name && "hasPartyBranch" in unit.flags',
  ])('takes %s', (rule) => expect(faults(rule)).toEqual([]));

  it.each([
    ['unit.rating >=', 'EXPRESSION_SYNTAX ENDS_EARLY 15'],
    ['unit.rating >= 3)', 'EXPRESSION_SYNTAX UNEXPECTED 17'],
    ['unit.rating ≥ 3', 'EXPRESSION_SYNTAX UNEXPECTED 13'],
    ['answers.name == "科普', 'EXPRESSION_SYNTAX TEXT_NOT_CLOSED 17'],
    ['answers.name == "\\q"', 'EXPRESSION_SYNTAX WRONG_ESCAPE 18'],
    ['if == 1', 'EXPRESSION_SYNTAX RESERVED_WORD 1'],
    ['answers.members.all("m", true)', 'EXPRESSION_SYNTAX NO_VARIABLE 21'],
    [`${'('.repeat(60)}true${')'.repeat(60)}`, 'EXPRESSION_SYNTAX TOO_MANY_PARTS 41'],
    ['unit.rank >= 3', 'EXPRESSION_UNKNOWN unit.rank 1'],
    ['has(answers.nothing)', 'EXPRESSION_UNKNOWN answers.nothing 5'],
    ['answers.members.all(m, m.age > 3)', 'EXPRESSION_UNKNOWN m.age 24'],
    ['submission.attachments.other > 0', 'EXPRESSION_UNKNOWN submission.attachments.other 1'],
    ['"能开具税务发票" in unit.flags', 'EXPRESSION_TYPE NOT_A_FLAG 1'],
    ['google.protobuf == 1', 'EXPRESSION_UNKNOWN google 1'],
    ['cel.bind(x, 1, x > 0)', 'EXPRESSION_NOT_ALLOWED bind 1'],
    ['answers.name.matches("a+")', 'EXPRESSION_NOT_ALLOWED matches 1'],
    ['dyn(1) == 1', 'EXPRESSION_NOT_ALLOWED dyn 1'],
    ['type(1) == 1', 'EXPRESSION_NOT_ALLOWED type 1'],
    ['timestamp(1) > call.today', 'EXPRESSION_NOT_ALLOWED timestamp 1'],
    ['string(answers.people) == "1"', 'EXPRESSION_NOT_ALLOWED string 1'],
    ['b"a" == "a"', 'EXPRESSION_NOT_ALLOWED b"a" 1'],
    ['answers.people > 3.5', 'EXPRESSION_NOT_ALLOWED 3.5 18'],
    ['answers.people == 9223372036854775808', 'EXPRESSION_NOT_ALLOWED 9223372036854775808 19'],
    ['answers.name == null', 'EXPRESSION_NOT_ALLOWED null 17'],
    ['{"a": 1}.size() == 1', 'EXPRESSION_NOT_ALLOWED {"a": 1} 1'],
    ['unit["rating"] == 3', 'EXPRESSION_NOT_ALLOWED unit["rating"] 1'],
    ['answers.members[answers.people].days == 1', 'EXPRESSION_NOT_ALLOWED answers.members[answers.people] 1'],
    ['answers.name.split("a").size() == 1', 'EXPRESSION_NOT_ALLOWED split 1'],
    ['answers.people == "3"', 'EXPRESSION_TYPE OPERATOR 1'],
    ['!answers.people', 'EXPRESSION_TYPE ONE_SIDED 1'],
    ['answers.total > "0.5"', 'EXPRESSION_TYPE OPERATOR 1'],
    ['size(answers.people) > 1', 'EXPRESSION_TYPE ARGUMENTS 1'],
    ['sum(answers.topics) > 1', 'EXPRESSION_TYPE ARGUMENTS 1'],
    ['has(answers) && true', 'EXPRESSION_TYPE HAS 5'],
    ['answers.people && true', 'EXPRESSION_TYPE NOT_YES_OR_NO 1'],
    ['answers.people ? true : false', 'EXPRESSION_TYPE NOT_YES_OR_NO 9'],
    ['answers.people.all(p, true)', 'EXPRESSION_TYPE NOT_A_LIST 9'],
    ['answers.people in [1, "a"]', 'EXPRESSION_TYPE MIXED_LIST 23'],
    ['(true ? 1 : "a") == 1', 'EXPRESSION_TYPE MIXED_BRANCHES 2'],
    ['answers.people.unit == 1', 'EXPRESSION_TYPE NO_PARTS 16'],
    ['answers.total > wan("0.0000001")', 'EXPRESSION_TYPE NOT_AN_AMOUNT 17'],
    ['answers.total > wan(answers.name)', 'EXPRESSION_TYPE NOT_AN_AMOUNT 17'],
    ['answers.kind == "沙龙"', 'EXPRESSION_TYPE NOT_AN_OPTION 17'],
    ['"沙龙" != answers.kind', 'EXPRESSION_TYPE NOT_AN_OPTION 1'],
    ['answers.kind in ["论坛", "沙龙"]', 'EXPRESSION_TYPE NOT_AN_OPTION 24'],
    ['"丁" in answers.topics', 'EXPRESSION_TYPE NOT_AN_OPTION 1'],
    ['answers.topics.exists(t, t == "丁")', 'EXPRESSION_TYPE NOT_AN_OPTION 31'],
    ['100 / answers.people > 3', 'EXPRESSION_TYPE DIVISOR 7'],
    ['answers.people % 0 == 1', 'EXPRESSION_TYPE DIVISOR 18'],
    ['answers.name.startsWith()', 'EXPRESSION_TYPE ARGUMENTS 1'],
    ['answers.name.contains()', 'EXPRESSION_TYPE ARGUMENTS 1'],
    ['sum() > 1', 'EXPRESSION_TYPE ARGUMENTS 1'],
    ['sum(answers.people) > 1', 'EXPRESSION_TYPE ARGUMENTS 1'],
    ['wan() > 1', 'EXPRESSION_TYPE NOT_AN_AMOUNT 1'],
    ['wan(5) > 1', 'EXPRESSION_TYPE NOT_AN_AMOUNT 1'],
    ['answers.people[0] == answers.name', 'EXPRESSION_TYPE NO_PARTS 1'],
    ['"a" in answers.people', 'EXPRESSION_TYPE OPERATOR 1'],
    ['answers.kind == 3', 'EXPRESSION_TYPE OPERATOR 1'],
    ['answers.topics.map(t)', 'EXPRESSION_TYPE OTHER 20'],
    ['answers.?name == "a"', 'EXPRESSION_SYNTAX UNEXPECTED 9'],
    ['unit.rating >=   ', 'EXPRESSION_SYNTAX ENDS_EARLY 18'],
    ['  unit.rating > )', 'EXPRESSION_SYNTAX UNEXPECTED 17'],
    ['unit.rating', 'EXPRESSION_TYPE NOT_BOOL 1'],
    ['answers.members', 'EXPRESSION_TYPE NOT_BOOL 1'],
  ])('refuses %s: %s', (rule, fault) => expect(faults(rule)).toEqual([fault]));

  it('names everything a rule cannot use at once', () => {
    expect(faults('unit.rank > 1 && answers.name.matches("a") && nobody')).toEqual([
      'EXPRESSION_UNKNOWN unit.rank 1',
      'EXPRESSION_NOT_ALLOWED matches 18',
      'EXPRESSION_UNKNOWN nobody 47',
    ]);
  });

  it('cuts what it gives back of a rule', () => {
    const [fault] = checkExpression(`unit.${'x'.repeat(500)}`, environment).faults;
    expect(String(fault?.params.name)).toHaveLength(41);
    const whole = `unit.${'x'.repeat(35)}`;
    expect(faults(whole)).toEqual([`EXPRESSION_UNKNOWN ${whole} 1`]);
  });

  it('counts nested macros by all rows there can be, and refuses what is too much', () => {
    const once = 'answers.members.all(a, a.days > 0)';
    const twice = 'answers.members.all(a, answers.members.exists_one(b, b.name == a.name))';
    const thrice = 'answers.members.all(a, answers.members.all(b, answers.members.all(c, a.days + b.days > c.days)))';
    const [one, two] = [once, twice].map((rule) => checkExpression(rule, environment).steps);
    expect(one).toBeGreaterThan(20 * 4);
    expect(two).toBeGreaterThan(20 * 20 * 4);
    const { faults: found, steps } = checkExpression(thrice, environment);
    expect(steps).toBeGreaterThan(20 ** 3 * 4);
    expect(steps).toBeLessThan(20 ** 3 * 100);
    expect(found).toEqual([{ code: 'EXPRESSION_TOO_COSTLY', params: { count: steps, limit: MOST_STEPS } }]);
  });

  it('counts the length of texts', () => {
    expect(checkExpression('answers.summary.contains(answers.summary)', environment).faults[0]?.code).toBe(
      'EXPRESSION_TOO_COSTLY',
    );
    expect(faults('answers.summary.contains("科普")')).toEqual([]);
  });

  it.each([
    '(true ? [] : [answers.summary]).exists(s, s.contains(s))',
    '[[], [answers.summary]][1].exists(s, s.contains(s))',
  ])('is not made to take %s for cheap by a list of nothing', (rule) => {
    expect(faults(rule)).toEqual([expect.stringContaining('EXPRESSION_TOO_COSTLY')]);
  });

  it.each([
    ['([] + [1] + [answers.summary]).exists(s, s.contains(s))', '[] + [1]', 2],
    ['([1] + []).exists(n, n > 0)', '[1] + []', 2],
    ['([[]] + [[answers.summary]])[0] == []', '[[]] + [[answers.summary]]', 2],
    ['(false ? [][0] : answers.summary).contains(answers.summary)', '[][0]', 10],
  ])('refuses %s, whose elements would pass for any type: %s', (rule, name, at) => {
    expect(faults(rule)).toEqual([`EXPRESSION_NOT_ALLOWED ${name} ${at}`]);
  });

  it('takes a rule of exactly as many steps as one may take, and none of one more', () => {
    const rows = ruleEnvironment(new Map([['rows', listOf(3_999, INT)]]));
    expect(checkExpression('!rows.exists(r, true)', rows)).toEqual({ faults: [], steps: MOST_STEPS, answers: [] });
    expect(checkExpression('!!rows.exists(r, true)', rows)).toEqual({
      faults: [{ code: 'EXPRESSION_TOO_COSTLY', params: { count: MOST_STEPS + 1, limit: MOST_STEPS } }],
      steps: MOST_STEPS + 1,
      answers: [],
    });
  });

  it('says neither steps nor answers of a rule it refuses', () => {
    expect(checkExpression('answers.people == "3"', environment)).toMatchObject({ steps: 0, answers: [] });
    expect(checkExpression('answers.people > 3.5', environment)).toMatchObject({ steps: 0, answers: [] });
  });

  it('has a fault too for what the library itself trips over', () => {
    const cel = new Proxy(environment.cel, {
      get: () => () => {
        throw new RangeError('Maximum call stack size exceeded');
      },
    });
    const tripping = { ...environment, cel };
    expect(checkExpression('true', tripping).faults).toEqual([
      { code: 'EXPRESSION_SYNTAX', params: { reason: 'OTHER', at: 1 } },
    ]);
  });

  it('has an answer to a bomb of nested macros', () => {
    const bomb = Array.from({ length: 6 }, (_, depth) => `answers.members.map(m${depth}, `).join('');
    expect(faults(`${bomb}1${')'.repeat(6)}.size() == 1`)).toEqual([expect.stringContaining('EXPRESSION_TOO_COSTLY')]);
  });

  it('keeps the submission from the rules of a form, which categories share', () => {
    const ofForm = ruleEnvironment(formScope(ruleForm()));
    expect(checkExpression('submission.partners > 0', ofForm).faults).toEqual([
      {
        code: 'EXPRESSION_UNKNOWN',
        params: { name: 'submission', at: 1, of: 'among', accepted: 'unit、call、answers' },
      },
    ]);
  });

  it.each([
    ['unit.rating == "a"', { reason: 'OPERATOR', left: 'int', operator: '==', right: 'string', at: 1 }],
    ['!answers.people', { reason: 'ONE_SIDED', operator: '!', right: 'int', at: 1 }],
    ['size(answers.people) > 1', { reason: 'ARGUMENTS', call: 'size(int)', at: 1 }],
    ['unit.rating', { reason: 'NOT_BOOL', type: 'int', at: 1 }],
    ['answers.kind == "沙龙"', { reason: 'NOT_AN_OPTION', name: '"沙龙"', at: 17 }],
    ['"两会" in unit.flags', { reason: 'NOT_A_FLAG', name: '"两会"', at: 1 }],
    ['answers.total > wan("x")', { reason: 'NOT_AN_AMOUNT', at: 17 }],
    ['answers.people / 0 > 1', { reason: 'DIVISOR', at: 18 }],
    ['dyn(1) == 1', { name: 'dyn', at: 1 }],
    [
      'unit.rank > 1',
      { name: 'unit.rank', at: 1, of: 'among', accepted: 'kinds、rating、foundedOn、foundedYear、flags' },
    ],
  ])('tells of %s all that its sentence needs', (rule, params) => {
    expect(checkExpression(rule, environment).faults.map((fault) => fault.params)).toStrictEqual([params]);
  });

  it('lists what there is instead only where that is short', () => {
    const among = (rule: string) => checkExpression(rule, environment).faults[0]?.params.accepted;
    expect(among('nobody == 1')).toBe('unit、call、answers、submission');
    const field = (place: number) => ({ key: `a${place}`, label: 'a', type: 'boolean' });
    const many = (count: number) =>
      checkExpression(
        'answers.nothing',
        ruleEnvironment(formScope(formOf(Array.from({ length: count }, (_, n) => field(n))))),
      );
    const bare = ruleEnvironment(new Map([['bare', recordOf('bare', [])]]));
    expect(checkExpression('bare.x', bare).faults[0]?.params).toStrictEqual({ name: 'bare.x', at: 1 });
    expect(many(20).faults[0]?.params.of).toBe('among');
    expect(many(21).faults[0]?.params).toStrictEqual({ name: 'answers.nothing', at: 1 });
  });

  it('names the answers without which a rule may stay undecided, and not those it asks after', () => {
    const answers = (rule: string) => checkExpression(rule, environment).answers;
    expect(answers('answers.people > 1 && answers.ownSite')).toEqual(['people', 'ownSite']);
    expect(answers('has(answers.people) && answers.people > 1 && answers.ownSite')).toEqual(['ownSite']);
    expect(answers('has(answers.people)')).toEqual([]);
    expect(answers('size(answers.name) > 1')).toEqual(['name']);
    expect(answers('unit.rating > 1')).toEqual([]);
  });
});

describe('the steps of a rule', () => {
  it.each([
    ['true', 1],
    ['!true', 2],
    ['unit.rating >= 3', 4],
    ['-answers.people < 0', 5],
    ['answers.people + 1 == 2', 6],
    ['answers.people / 2 == 1', 6],
    ['answers.people * 2 - 1 == 1', 8],
    ['size([]) == 0', 4],
    ['true && false || true', 5],
    ['true ? true : 1 < 2', 5],
    ['true ? 1 < 2 : true', 5],
  ])('%s are one for each part of it: %i', (rule, steps) => {
    expect(stepsOf(rule)).toBe(steps);
  });

  it.each([
    ['answers.name == "a"', 5],
    ['answers.name != answers.summary', 7],
    ['answers.name < answers.summary', 7],
    ['answers.summary >= answers.name', 7],
    ['answers.summary == answers.summary', 68],
    ['answers.kind == answers.kind', 6],
    ['answers.from == answers.until', 6],
    ['submission.category == call.today', 6],
    ['"a" + answers.name + "b" == answers.summary', 15],
    ['answers.name + answers.summary == answers.summary', 136],
    ['[1, 2] == [1, 2, 3]', 10],
    ['[1, 2] + [3] == [1]', 13],
    ['1 in [1, 2]', 7],
    ['answers.kind in ["论坛", "年会"]', 10],
    ['"甲" in answers.topics', 10],
    ['"hasPartyBranch" in unit.flags', 104],
    ['answers.members == answers.members', 145],
    ['(answers.ownSite ? answers.name : answers.summary) == answers.summary', 71],
    ['[answers.name, answers.summary].exists(t, t == "a")', 24],
  ])('%s are more by what is moved and compared: %i', (rule, steps) => {
    expect(stepsOf(rule)).toBe(steps);
  });

  it.each([
    ['size(answers.name) > 1', 20],
    ['answers.name.size() > 1', 20],
    ['size(answers.topics) > 1', 5],
    ['answers.name.contains("ab")', 8],
    ['answers.summary.contains("abc")', 192],
    ['answers.name.startsWith("ab")', 5],
    ['answers.name.endsWith(answers.summary)', 68],
    ['answers.total > wan("0.5")', 16],
    ['answers.total > yuan("5")', 16],
    ['daysBetween(answers.from, answers.until) > 1', 29],
    ['yearsBetween(answers.from, call.today) > 1', 29],
    ['has(answers.name)', 4],
    ['sum([1, 2, 3]) > 1', 10],
  ])('%s are more by what its function does: %i', (rule, steps) => {
    expect(stepsOf(rule)).toBe(steps);
  });

  it.each([
    ['answers.members.all(m, m.days > 0)', 165],
    ['answers.members.exists(m, true)', 105],
    ['answers.members.filter(m, m.days > 2).size() == 1', 168],
    ['sum(answers.members.map(m, m.days)) > 1', 148],
    ['sum(answers.members.map(m, m.days > 2, m.days)) > 1', 228],
    ['answers.members[0].days > 1', 7],
    ['answers.members[0].name == answers.name', 9],
    ['[[1, 2]][0] == [1, 2, 3]', 13],
    ['answers.members.filter(m, true).all(m, m.days > 0)', 268],
    ['answers.members.map(m, m.name).exists(n, n == "a")', 288],
    ['answers.members.map(m, m.name) == answers.members.map(m, m.name)', 291],
    ['[answers.members.all(m, true)] == [answers.members.exists(m, true)]', 214],
    ['answers.topics.exists(t, t == "甲")', 29],
    ['unit.kinds.exists(k, k == "市级学会")', 245],
  ])('%s are those of every row there can be: %i', (rule, steps) => {
    expect(stepsOf(rule)).toBe(steps);
  });
});
