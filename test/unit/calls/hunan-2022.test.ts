import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import type { Category } from '#shared/domain/call/definition.ts';
import { asking, faultsOf, type Json, meetsSchema } from './answers-to.ts';
import { MOBILE, namesIn } from './names-nobody.ts';
import { CALLS_FOLDER, leafOf, leavesOf, readCall, writtenCall } from './read-call.ts';

const call = readCall('hunan-2022');
const withoutBlanks = (text: string): string => text.replace(/\s/g, '');
const notice = withoutBlanks(call.notice ?? '');

describe('the Hunan 2022 call, by its guide', () => {
  it('has the head of the guide', () => {
    expect(call).toMatchObject({
      title: '2022年度学会服务能力提升计划项目申报指南',
      organiser: 'hunan-kexie',
      fiscalYear: 2022,
    });
  });

  it('passes the check of a save: every envelope, range and count holds', () => {
    const { faults, warnings } = checkDefinition(writtenCall('hunan-2022'));
    expect(faults).toEqual([]);
    expect(warnings.map(({ path, code }) => [path, code])).toEqual([['closes', 'DEADLINE_WITHOUT_HOUR']]);
  });

  it('says in its file that number and window are not in the guide', () => {
    const text = readFileSync(new URL('hunan-2022/call.yaml', CALLS_FOLDER), 'utf8');
    for (const key of ['documentNumber', 'opens', 'closes']) expect(text).toMatch(new RegExp(`^${key}: .*# 占位`, 'm'));
  });

  it('wants three paper copies (二.4) and a lead named in joint applications (一.3)', () => {
    expect(call.paper).toMatchObject({ copies: 3, clause: '二.4' });
    expect(call.joint).toEqual({
      ...{ allowed: true, leadNamed: true, minPartners: 0, maxPartners: 10, partnersCount: false },
      ...{ partners: ['省级学会', '市州科协', '高校科协'], clause: '一.3；一.1' },
      text: '两个以上单位联合申报的项目请注明牵头单位。',
    });
  });

  it('limits no unit: the guide does not', () => {
    expect(call.limitPerUnit).toBeUndefined();
    expect(leavesOf(call).filter(({ limitPerUnit }) => limitPerUnit !== undefined)).toEqual([]);
  });

  it('states who may apply, how, and what disqualifies (一.1, 一.5, 二.2, 二.3)', () => {
    expect(call.conditions.map(({ effect, rule, clause }) => [effect, rule !== undefined, clause])).toEqual([
      ['gate', true, '一.1'],
      ['gate', false, '二.2'],
    ]);
    expect(call.history).toMatchObject({ sanctioned: { clause: '一.5；二.3' } });
  });

  it('says where to send and whom to ask (五)', () => {
    expect(call.contacts).toEqual([
      {
        department: '湖南省科协学会学术工作部',
        address: '长沙市东风路17号湖南省科协学会学术工作部414室',
        mailbox: 'hnkxxhb@126.com',
        phone: '0731-84884364、84884366',
      },
    ]);
  });

  it('names nobody', () => {
    const text = readFileSync(new URL('hunan-2022/call.yaml', CALLS_FOLDER), 'utf8');
    expect(text).not.toMatch(MOBILE);
    const name = '4ca7d6adbedaef21661e69d8b052df7990d579a58dad360412642d920326d57d';
    expect(namesIn(withoutBlanks(text), [name])).toEqual([]);
  });
});

const [SOCIETY, CITY, UNIVERSITY] = ['省级学会', '市州科协', '高校科协'];

/** Typed from the fourth part: 申报主体, 项目数量, its 其中, 经费安排 per award and in all, in 万元. */
const categories: readonly (readonly [
  string,
  string,
  string,
  readonly (string | undefined)[],
  Json,
  readonly number[],
  string,
  string | undefined,
])[] = [
  [
    '1',
    '四（一）',
    '第24届中国科协年会服务引导项目',
    [SOCIETY, CITY],
    { kind: 'range', min: 5, max: 8 },
    [],
    '5-10',
    '50',
  ],
  [
    '2-1',
    '四（二）1',
    '湖南科技论坛及院士专家市州行活动',
    [CITY, SOCIETY, UNIVERSITY],
    { kind: 'exact', count: 4 },
    [],
    '10',
    '40',
  ],
  [
    '2-2',
    '四（二）2',
    '科技创新联盟和科协工作联盟建设',
    [SOCIETY, CITY],
    { kind: 'exact', count: 4 },
    [3, 1],
    '20-30',
    '100',
  ],
  ['2-3', '四（二）3', '“科创中国”湖南中心建设', [SOCIETY], { kind: 'exact', count: 1 }, [], '60', undefined],
  ['3-1', '四（三）1', '学术交流', [SOCIETY, UNIVERSITY], { kind: 'exact', count: 10 }, [4, 5, 1], '5-10', '80'],
  ['3-2', '四（三）2', '科技服务', [SOCIETY], { kind: 'exact', count: 10 }, [5, 5], '10', '100'],
  ['3-3', '四（三）3', '学会建设', [SOCIETY], { kind: 'exact', count: 14 }, [3, 3, 4, 3, 1], '5-20', '100'],
  ['3-4', '四（三）4', '“会地”合作', [SOCIETY, CITY], { kind: 'exact', count: 3 }, [], '10', '30'],
];

const amountOf = (text: string) => {
  const [min, max] = text.split('-');
  return max === undefined ? { kind: 'fixed', value: min, unit: '万元' } : { kind: 'range', min, max, unit: '万元' };
};

const printed: readonly string[] = notice.split('四、项目内容及要求').slice(1);

describe('its categories', () => {
  it('are one without items and two groups with three and four', () => {
    expect(call.categories.map(({ code, title, envelope }) => [code, title, envelope?.total])).toEqual([
      ['1', '第24届中国科协年会服务引导项目', '50'],
      ['2', '“科创中国”湖南行动引导项目', '200'],
      ['3', '学会创新发展引导项目', '310'],
    ]);
    expect(leavesOf(call).map(({ code }) => code)).toEqual(categories.map(([code]) => code));
  });

  it.each(categories)('has %s as %s prints it: %s', (code, clause, title, applicants, quota, parts, amount, total) => {
    const leaf = leafOf(call, code);
    const { parts: subQuotas = [], ...own } = leaf.quota ?? { kind: 'none' };
    expect({
      clause: leaf.clause,
      title: leaf.title,
      applicants: leaf.applicants,
      quota: own,
      parts: subQuotas.map((part) => (part.kind === 'exact' ? part.count : part.kind)),
      amount: leaf.amount,
      total: leaf.envelope?.total,
      until: leaf.period.until,
      kind: leaf.fixed?.projectKind,
    }).toEqual({
      clause,
      title,
      applicants,
      quota,
      parts,
      amount: amountOf(amount),
      total,
      until: '2022-12',
      kind: title,
    });
  });

  it('have envelopes that add up to that of their group: 200 = 40 + 100 + 60, 310 = 80 + 100 + 100 + 30', () => {
    const inAll = ({ envelope, amount }: Category) =>
      Number(envelope?.total ?? (amount?.kind === 'fixed' && amount.value));
    for (const [code, parts] of [
      ['2', [40, 100, 60]],
      ['3', [80, 100, 100, 30]],
    ] as const) {
      const below = leavesOf(call).filter((leaf) => leaf.code.startsWith(`${code}-`));
      expect(below.map(inAll)).toEqual(parts);
      const group = call.categories.find((node) => node.code === code);
      expect(Number(group?.envelope?.total)).toBe(below.map(inAll).reduce((sum, each) => sum + each));
    }
  });

  it('prefer what the guide prefers, by declaration', () => {
    const preferred = leavesOf(call).flatMap(({ code, conditions }) =>
      conditions.map(({ effect, declare, clause }) => [code, effect, declare, clause]),
    );
    expect(preferred).toEqual([
      ['3-1', 'priority', 'duringAnnualMeeting', '四（三）1（1）②'],
      ['3-3', 'priority', 'pilotUnit', '四（三）3（1）④'],
    ]);
  });

  it('keep each part of a quota for a direction that can be chosen', () => {
    for (const { quota, goals } of leavesOf(call)) {
      const values = goals?.options.map(({ value }) => value) ?? [];
      for (const { goal } of quota?.parts ?? []) expect(values).toContain(goal);
      if (quota?.parts !== undefined) expect(quota.parts).toHaveLength(values.length);
    }
  });

  it.each([
    ['2-1', ['湖南科技论坛', '院士专家市州行活动']],
    ['2-2', ['科技创新联盟建设', '科协工作联盟建设']],
    ['3-1', ['青年科技论坛（沙龙）', '高端学术活动', '科技期刊建设']],
    ['3-2', ['服务乡村振兴', '服务企业科技创新']],
    ['3-3', ['学会党建', '学会“两化”建设', '学会（高校科协）联合体建设', '学会承接政府转移职能', '学会服务平台建设']],
  ])('let one direction of %s be chosen', (code, values) => {
    expect(leafOf(call, code).goals?.choose).toBe('one');
    expect(leafOf(call, code).goals?.options.map(({ value }) => value)).toEqual(values);
  });

  it('have the figures of 四（二）1–3 and 四（三）1–2', () => {
    const figures = (code: string) =>
      leafOf(call, code).indicators.map((each) =>
        each.kind === 'bound' ? [each.min, each.max, each.unit] : each.kind,
      );
    expect(figures('2-1')).toEqual([[5, undefined, '名']]);
    expect(figures('2-3')).toEqual([
      [10_000, undefined, '家（人、件）'],
      [100, 100, '人'],
      [4, undefined, '次'],
      [400, undefined, '人'],
      [4, undefined, '次'],
      [1, undefined, '次'],
      [2, undefined, '次'],
      [100, undefined, '人'],
      [2, undefined, '个片区'],
      [4, undefined, '次'],
    ]);
    expect(leafOf(call, '3-1').indicators).toMatchObject([
      { max: 40, unit: '岁', soft: true, goal: '青年科技论坛（沙龙）' },
    ]);
    expect(figures('3-2')).toEqual([
      [50, undefined, '人'],
      [50, undefined, '次'],
      [5, undefined, '次'],
      [50, undefined, '人'],
      [4, undefined, '次'],
    ]);
    expect(leafOf(call, '3-2').indicators.map(({ goal }) => goal)).toEqual(Array(5).fill('服务乡村振兴'));
  });

  it('quote the guide word for word', () => {
    for (const leaf of leavesOf(call)) {
      const quoted = [
        leaf.title,
        leaf.period.text,
        ...(leaf.content?.trim().split('\n') ?? []),
        ...(leaf.goals?.options.map(({ text }) => text) ?? []),
        ...leaf.conditions.map(({ text }) => text),
      ];
      for (const text of quoted) expect(notice).toContain(withoutBlanks(text));
    }
    for (const { text } of call.conditions) expect(notice).toContain(text);
    const disqualified = call.history?.sanctioned?.text?.split(/(?<=。)/) ?? [];
    expect(disqualified).toHaveLength(2);
    for (const sentence of disqualified) expect(notice).toContain(sentence);
  });

  it('leave out no sentence of the contents', () => {
    const said = withoutBlanks(
      leavesOf(call)
        .flatMap(({ content = '', goals }) => [content, ...(goals?.options.map(({ text }) => text) ?? [])])
        .join(''),
    );
    const body = printed.join('').split('五、联系方式')[0] ?? '';
    const contents = [...body.matchAll(/（1）项目内容：?(.*?)（2）申报主体/g)].map(([, text = '']) => text);
    expect(contents).toHaveLength(7);
    for (const text of contents) expect(said).toContain(text);
  });
});

const example: Json = JSON.parse(readFileSync(new URL('hunan-2022/examples/application.json', CALLS_FOLDER), 'utf8'));
const { academicDirection, duringAnnualMeeting, ...plain } = example;

const directions: Readonly<Record<string, Json>> = {
  '2-1': { forumDirection: '院士专家市州行活动' },
  '2-2': { allianceDirection: '科协工作联盟建设' },
  '3-1': { academicDirection, duringAnnualMeeting },
  '3-2': { serviceDirection: '服务乡村振兴' },
  '3-3': { buildingDirection: '学会“两化”建设' },
};

const ready: readonly (readonly [string, Json])[] = categories.map(([code, , projectKind, , , , amount]) => [
  code,
  { ...plain, ...directions[code], projectKind, ...asking(amount.split('-').at(-1) ?? '') },
]);

describe('answers to the Hunan form', () => {
  it('pass as in the example', () => {
    expect(faultsOf(call, '3-1', example)).toEqual([]);
  });

  it.each(ready)('pass in category %s, by its rules and by its published schema', (code, answers) => {
    expect(faultsOf(call, code, answers)).toEqual([]);
    expect(meetsSchema(call, code, answers)).toBe(true);
  });

  it.each(ready)('in category %s ask for no more than 经费安排', (code, answers) => {
    expect(faultsOf(call, code, { ...answers, ...asking('60.000001') })).toEqual([
      { path: 'requestedFunds', code: 'ABOVE_AMOUNT', clause: '四 经费安排' },
    ]);
  });

  it.each(Object.entries(directions))('in category %s choose a direction', (code, direction) => {
    const [field = ''] = Object.keys(direction);
    const answers = ready.find(([each]) => each === code)?.[1] ?? {};
    const { [field]: _, ...without } = answers;
    expect(faultsOf(call, code, without)).toMatchObject([{ path: field, code: 'REQUIRED' }]);
    expect(faultsOf(call, code, { ...answers, [field]: '别的' })).toMatchObject([
      { path: field, code: 'NOT_AN_OPTION' },
    ]);
  });

  it.each<[string, Json, { path: string; code: string; clause?: string }]>([
    ['funds that do not add up', { ownFunds: '1' }, { path: 'totalBudget', code: 'SUM_MISMATCH' }],
    [
      'lines that do not add up',
      { budgetLines: [{ item: '资料', amount: '1' }] },
      { path: 'budgetLines', code: 'COLUMN_SUM_MISMATCH' },
    ],
    [
      'an end before the beginning',
      { completesOn: '2022-04-30' },
      { path: 'completesOn', code: 'OUT_OF_ORDER', clause: '一.4' },
    ],
    [
      'an end in the next year',
      { completesOn: '2023-01-01' },
      { path: 'completesOn', code: 'RULE_NOT_MET', clause: '一.4' },
    ],
    ["another category's kind", { projectKind: '“会地”合作' }, { path: 'projectKind', code: 'FIXED_VALUE' }],
    ['no unit', { unitName: '' }, { path: 'unitName', code: 'REQUIRED', clause: '一.3' }],
  ])('are refused for %s', (_, change, expected) => {
    expect(faultsOf(call, '3-1', { ...example, ...change })).toEqual([expected]);
  });
});
