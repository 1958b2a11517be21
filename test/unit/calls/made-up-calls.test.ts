import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsIn } from '#infra/lint-call/findings.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { compileRules } from '#shared/domain/expression/compile.ts';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import { faultsOf, type Json } from './answers-to.ts';
import { MOBILE } from './names-nobody.ts';
import { formOf, leafOf, leavesOf } from './read-call.ts';

const textOf = (name: string): string =>
  readFileSync(new URL(`../../support/made-up-calls/${name}.yaml`, import.meta.url), 'utf8');

const readMadeUp = (name: string): CallDefinition => CallDefinition.parse(parseYaml(textOf(name)));

const plain = (call: CallDefinition, code: string, answers: Json): string[] =>
  faultsOf(call, code, answers).map(({ path, code: fault, clause }) => [path, fault, clause].join(' ').trim());

/** Written by the guide and the schema alone, to find out what a notice nobody here has seen would miss. */
describe('calls written for notices nobody here has seen', () => {
  it.each([
    [
      'jiangzhou-2024',
      [
        'closes DEADLINE_WITHOUT_HOUR',
        'paper.closes DEADLINE_WITHOUT_HOUR',
        'obligations[0].due.on DUE_BEFORE_PERIOD_ENDS',
      ],
    ],
    ['yunling-2025', []],
  ])('%s can be saved, and its officer is reminded only of what the notice leaves open', (name, reminders) => {
    expect(findingsIn(textOf(name)).map(({ level, fault }) => `${level} ${fault.path} ${fault.code}`)).toEqual(
      reminders.map((reminder) => `warning ${reminder}`),
    );
  });

  it.each(['jiangzhou-2024', 'yunling-2025'])('%s names nobody', (name) => {
    expect(textOf(name)).not.toMatch(MOBILE);
  });

  it('keeps codes that stand at different depths', () => {
    expect(leavesOf(readMadeUp('jiangzhou-2024')).map(({ code }) => code)).toEqual([
      'XH20240101',
      'XH20240102',
      'XH20240201',
      'XH20240202',
    ]);
  });

  it('adds 14 up from 3, 3, 4, 3 and 1, each for a goal of its own', () => {
    const { quota, goals } = leafOf(readMadeUp('jiangzhou-2024'), 'XH20240101');
    expect(quota?.parts?.map((part) => part.kind === 'exact' && part.count)).toEqual([3, 3, 4, 3, 1]);
    expect(quota?.parts?.map(({ goal }) => goal)).toEqual(goals?.options.map(({ value }) => value));
  });

  const project = {
    unitName: '江州市物理学会',
    uscc: '51430000MJJ000000A',
    contact: '甲',
    contactMobile: '00000000000',
    endorser: '江州市科协',
    projectName: '青年沙龙',
    salonTasks: ['沙龙', '建言'],
    leaderName: '乙',
    leaderBorn: '1984-09-26',
    startsOn: '2024-06-01',
    endsOn: '2024-10-31',
    reason: '本会连续多年举办青年科技人才沙龙，有稳定的专家队伍。',
    team: [
      { name: '乙', age: 39, duty: '项目负责人' },
      { name: '丙', duty: '联络' },
      { name: '丁', duty: '会务' },
    ],
    totalBudget: '10.5',
    ownFunds: '0.5',
    requested: '10',
    budget: [{ item: '场地', amount: '10.5' }],
    meeting: '三届二次理事会',
    noSubcontract: true,
  };
  const broken = (changes: Json) => plain(readMadeUp('jiangzhou-2024'), 'XH20240202', { ...project, ...changes });
  /** Numbers that would be somebody's are not written here, and of the unit there is no record. */
  const always = broken({});

  it.each<[string, Json, string]>([
    [
      'a sum above the ceiling',
      { requested: '10.01', totalBudget: '10.51', budget: [{ item: '场地', amount: '10.51' }] },
      'requested ABOVE_AMOUNT',
    ],
    ['lines that do not add up', { budget: [{ item: '场地', amount: '10' }] }, 'budget COLUMN_SUM_MISMATCH'],
    ['no task', { salonTasks: [] }, 'salonTasks REQUIRED'],
    ['a team of two', { team: project.team.slice(0, 2) }, 'team RULE_NOT_MET'],
    ['no word on subcontracting', { noSubcontract: false }, 'noSubcontract DECLARATION_NEEDED 通知 一.4'],
  ])('refuses %s in the salons of young scientists', (_, changes, fault) => {
    expect(broken(changes).filter((each) => !always.includes(each))).toEqual([fault]);
  });

  it.each([
    ['1984-09-26', 'met'],
    ['1984-09-25', 'notMet'],
  ])('takes leaders below 40 on the day of the deadline: born on %s, %s', (leaderBorn, decision) => {
    const call = readMadeUp('jiangzhou-2024');
    const salon = leafOf(call, 'XH20240202');
    const { rule = '' } = salon.conditions.find(({ clause }) => clause === '指南 二（二）3') ?? {};
    const decide = compileRules(categoryScope(formOf(call, salon.form), salon, salon.conditions));
    const unit = { kinds: [], rating: 0, foundedOn: '', foundedYear: 0, flags: [] };
    const days = { opensOn: '2024-05-10', closesOn: '2024-09-25', today: '2024-06-01' };
    expect(decide(rule, { unit, call: { fiscalYear: 2024, ...days }, answers: { leaderBorn } })).toBe(decision);
  });

  const meeting = {
    unitName: '云岭市地质学会',
    meetingName: '学术年会',
    direction: '②',
    startsOn: '2025-09-01',
    endsOn: '2025-09-03',
    people: 80,
    leader: '甲',
    leaderBorn: '1960-01-01',
    plan: '分三个专题交流。',
    speakers: ['1985-04-11', '1970-01-01', '1971-01-01'].map((born, n) => ({
      name: `报告人${n}`,
      born,
      topic: '报告',
    })),
    total: '150000',
    own: '50000.50',
    sponsors: '49999.50',
    requested: '5',
    lines: [{ item: '会场', amount: '150000' }],
    meetingOf: '五届三次理事会',
    meetingOn: '2025-03-01',
    hasVenue: true,
  };

  it.each<[string, Json, string[]]>([
    ['a meeting as the notice asks for it, in 元 and 万元', {}, []],
    ['four days', { endsOn: '2025-09-04' }, ['endsOn RULE_NOT_MET 一（一）']],
    ['the bound of the other kind of meeting', { direction: '①' }, ['people RULE_NOT_MET']],
    [
      'fewer than a third of the speakers below 40',
      { speakers: meeting.speakers.map((each) => ({ ...each, born: '1970-01-01' })) },
      ['speakers RULE_NOT_MET'],
    ],
    ['a 分 that is missing', { own: '50000.49' }, ['total SUM_MISMATCH']],
  ])('judges %s', (_, changes, faults) => {
    expect(plain(readMadeUp('yunling-2025'), '1', { ...meeting, ...changes })).toEqual(faults);
  });
});
