import { describe, expect, it } from 'vitest';
import { compileRules } from '#shared/domain/expression/compile.ts';
import type { RuleFacts } from '#shared/domain/expression/facts.ts';
import { ruleScope, wholeFacts } from './facts.ts';

const decide = compileRules(ruleScope());
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
