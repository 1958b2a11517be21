import { describe, expect, it } from 'vitest';
import { compileRules } from '#shared/domain/expression/compile.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import type { Decide, Decision, RuleFacts } from '#shared/domain/expression/facts.ts';
import { ruleScope, wholeFacts } from './facts.ts';

const decide: Decide = (rule, facts) => compileRules(ruleScope())(rule, facts);
const without = (...keys: readonly string[]): RuleFacts => {
  const { answers, ...facts } = wholeFacts();
  return { ...facts, answers: Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.includes(key))) };
};
const decided = (rule: string, facts: RuleFacts = wholeFacts()) => decide(rule, facts);

describe('a rule', () => {
  it.each([
    ['unit.rating >= 3', 'met'],
    ['unit.rating >= 4', 'notMet'],
    ['"hasPartyBranch" in unit.flags', 'met'],
    ['unit.kinds.exists(kind, kind == "高校科协")', 'notMet'],
    ['unit.foundedYear == call.fiscalYear', 'notMet'],
    ['unit.foundedOn <= "2012-12-31"', 'met'],
    ['daysBetween(answers.from, answers.until) + 1 <= 3', 'met'],
    ['daysBetween(answers.until, answers.from) == -2', 'met'],
    ['answers.members.all(m, yearsBetween(m.born, call.today) < 40)', 'notMet'],
    ['yearsBetween("2000-02-29", "2026-02-28") == 25 && yearsBetween("2000-02-29", "2026-03-01") == 26', 'met'],
    ['yearsBetween(call.today, "2020-03-15") == -6', 'met'],
    ['yearsBetween(call.today, "2020-03-16") == -5 && yearsBetween(call.today, call.today) == 0', 'met'],
    ['[daysBetween("2026-02-30", "2026-03-01")].exists(days, true)', 'notMet'],
    ['answers.total == wan("1.5") && answers.total == yuan("15000")', 'met'],
    ['answers.requested <= yuan("10000")', 'met'],
    ['sum(answers.members.map(m, m.cost)) == yuan("100.51")', 'met'],
    ['sum(answers.members.map(m, m.days > 2, m.days)) == 3', 'met'],
    ['answers.members.filter(m, m.days > 2).size() == 1', 'met'],
    ['answers.members[0].name == "张三"', 'met'],
    ['answers.members.exists_one(m, m.name.startsWith("李"))', 'met'],
    ['answers.kind == "论坛" ? answers.people >= 100 : answers.people >= 50', 'met'],
    ['answers.name.contains("科普") && size(answers.name) <= 20', 'met'],
    ['size(answers.topics) == 2 && "甲" in answers.topics', 'met'],
    ['answers.ownSite && answers.hasSite', 'met'],
    ['submission.attachments.proof >= 1 && submission.partners == 2', 'met'],
    ['"高校科协" in submission.partnerKinds && submission.category == "1"', 'met'],
    ['answers.people % 2 == 0 && -answers.people < 0 && answers.people / 2 * 2 == 120', 'met'],
  ] as const)('%s is %s', (rule, decision) => expect(decided(rule)).toBe(decision));

  it.each([
    ['answers.people > 100', 'undecided'],
    ['!(answers.people > 100)', 'undecided'],
    ['answers.people > 100 || unit.rating >= 3', 'met'],
    ['unit.rating >= 3 || answers.people > 100', 'met'],
    ['answers.people > 100 || unit.rating >= 5', 'undecided'],
    ['answers.people > 100 && unit.rating >= 5', 'notMet'],
    ['unit.rating >= 5 && answers.people > 100', 'notMet'],
    ['answers.people > 100 && unit.rating >= 3', 'undecided'],
    ['has(answers.people)', 'notMet'],
    ['!has(answers.people) || answers.people > 100', 'met'],
    ['answers.hasSite ? answers.people > 1 : true', 'undecided'],
  ] as const)('where people is not filled in, %s is %s', (rule, decision) =>
    expect(decided(rule, without('people'))).toBe(decision),
  );

  it('takes what is blank for what is not filled in', () => {
    const { answers, ...facts } = wholeFacts();
    const blank = { ...facts, answers: { ...answers, name: ' ', topics: [], members: [] } };
    expect(
      ['answers.name != ""', 'size(answers.topics) == 0', 'size(answers.members) > 3'].map((rule) =>
        decide(rule, blank),
      ),
    ).toEqual(['undecided', 'undecided', 'undecided']);
  });

  it('is undecided by a cell or a row that is not there, unless the others tell', () => {
    const { answers, ...facts } = wholeFacts();
    const holed = { ...facts, answers: { ...answers, members: [{ name: '张三' }, { name: '李四', days: 9 }] } };
    expect(decide('answers.members.all(m, m.days < 10)', holed)).toBe('undecided');
    expect(decide('answers.members.all(m, m.days < 9)', holed)).toBe('notMet');
    expect(decide('answers.members[2].name == "王五"', holed)).toBe('undecided');
  });

  it('is undecided before there are answers or a submission, and decided by the unit alone', () => {
    const { unit, call } = wholeFacts();
    expect(
      ['has(answers.name)', 'submission.partners > 0', 'unit.rating == 3'].map((rule) => decide(rule, { unit, call })),
    ).toEqual(['undecided', 'undecided', 'met']);
  });

  it('is not met where it cannot be worked out', () => {
    const { unit, ...facts } = wholeFacts();
    const unknown = { ...facts, unit: { ...unit, foundedOn: '' } };
    expect(decide('daysBetween(unit.foundedOn, call.today) > 365', unknown)).toBe('notMet');
    expect(decide('!(daysBetween(unit.foundedOn, call.today) > 365)', unknown)).toBe('notMet');
    expect(decided('9223372036854775807 * answers.people > 0')).toBe('notMet');
    expect(decided('no rule at all')).toBe('notMet');
  });

  it('is not met without a draft either, where it reads none of it', () => {
    const { unit, call } = wholeFacts();
    expect(decide('daysBetween("", call.today) > 3', { unit, call })).toBe('notMet');
  });

  it('is not met where a whole draft does not help', () => {
    expect(decided('submission.partners > 5 || daysBetween("", call.today) > 3')).toBe('notMet');
    expect(decided('answers.people > 500 || daysBetween("", call.today) > 3')).toBe('notMet');
  });

  it('leaves to the submission what cannot be worked out without it, once there are answers', () => {
    const { submission, ...facts } = wholeFacts();
    for (const rule of [
      'submission.partners > 0 || daysBetween("", call.today) > 3',
      'daysBetween("", call.today) > 3 || submission.partners > 0',
    ])
      expect([decide(rule, facts), decide(rule, { ...facts, submission })]).toEqual(['undecided', 'met']);
  });

  it('leaves to the draft what cannot be worked out without it', () => {
    const { unit, call, ...draft } = wholeFacts();
    for (const rule of [
      'answers.people > 100 || daysBetween("", call.today) > 3',
      'daysBetween("", call.today) > 3 || submission.partners > 0',
    ])
      expect([decide(rule, { unit, call }), decide(rule, { unit, call, ...draft })]).toEqual(['undecided', 'met']);
  });

  it('reads nothing that objects inherit, nor an answer of another type', () => {
    const { answers, ...facts } = wholeFacts();
    const wrong = { ...facts, answers: { ...answers, people: '120', name: 3, total: '1.1234567' } };
    expect(
      ['answers.people > 1', 'answers.name != ""', 'answers.total > 0'].map((rule) => decide(rule, wrong)),
    ).toEqual(['undecided', 'undecided', 'undecided']);
  });

  it.each<[string, unknown, string, Decision]>([
    ['people', 1.5, 'answers.people > 1', 'undecided'],
    ['people', '120', 'has(answers.people)', 'notMet'],
    ['total', 5, 'answers.total > 0', 'undecided'],
    ['hasSite', 'true', 'answers.hasSite', 'undecided'],
    ['topics', '甲', 'size(answers.topics) > 0', 'undecided'],
    ['topics', ['甲', 3], 'size(answers.topics) == 1', 'met'],
    ['topics', [' '], 'size(answers.topics) == 1', 'met'],
    ['members', [null, '张三', { name: '李四' }], 'size(answers.members) == 1', 'met'],
    ['members', [{ name: '张三' }], 'answers.members.all(m, has(m.days))', 'notMet'],
    ['members', [{ name: ' ', days: 3 }], 'answers.members.all(m, has(m.name))', 'notMet'],
    ['members', [{ name: ' ', days: 3 }], 'answers.members[0].name != ""', 'undecided'],
    ['members', [{ name: ' ', days: 3 }], 'answers.members[0].days == 3', 'met'],
  ])('reads only what fits of %s where it is %j: %s is %s', (key, value, rule, decision) => {
    const facts = wholeFacts();
    Reflect.set(facts.answers, key, value);
    expect(decide(rule, facts)).toBe(decision);
  });

  it('reads each object of facts once, however many rules ask', () => {
    const rules = compileRules(ruleScope());
    const { answers, ...facts } = wholeFacts();
    let reads = 0;
    const counting = Object.defineProperty({ ...answers }, 'people', {
      enumerable: true,
      get: () => {
        reads += 1;
        return 120;
      },
    });
    for (const rule of ['answers.people > 1', 'answers.people > 2'])
      expect(rules(rule, { ...facts, answers: counting })).toBe('met');
    expect(reads).toBe(1);
  });

  it('sees other facts as they are, whatever it decided before', () => {
    const { answers, ...facts } = wholeFacts();
    const rule = 'answers.people > 100';
    expect([120, 80, 120].map((people) => decide(rule, { ...facts, answers: { ...answers, people } }))).toEqual([
      'met',
      'notMet',
      'met',
    ]);
  });
});

describe('before any rule of a definition has been read', () => {
  it('every one is undecided', () => {
    expect(undecided('true', wholeFacts())).toBe('undecided');
  });
});
