import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { deliverableText } from '#shared/domain/call/deliverable.ts';
import { compileRules } from '#shared/domain/expression/compile.ts';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import { asking, faultsOf, type Json, meetsSchema } from './answers-to.ts';
import { MOBILE, namesIn } from './names-nobody.ts';
import { CALLS_FOLDER, formOf, leafOf, leavesOf, readCall, writtenCall } from './read-call.ts';

const call = readCall('guangdong-2024');
const withoutBlanks = (text: string): string => text.replace(/\s/g, '');
const notice = withoutBlanks(call.notice ?? '');

describe('the Guangdong 2024 call, by the notice', () => {
  it('has the head of the notice', () => {
    expect(call).toMatchObject({
      title: '广东省科协关于申报2024年度学会学术项目的通知',
      documentNumber: '粤科协学〔2023〕14号',
      organiser: 'guangdong-kexie',
      publishedOn: '2023-08-18',
      fiscalYear: 2024,
    });
    expect(call.basis).toHaveLength(2);
  });

  it('passes the check of a save, which only says what the bare dates mean: on 25 and 28 September (二（三）)', () => {
    const { faults, warnings, window } = checkDefinition(writtenCall('guangdong-2024'));
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      { path: 'closes', code: 'DEADLINE_WITHOUT_HOUR', params: { meaning: '2023年9月25日24:00（Asia/Shanghai）' } },
      {
        path: 'paper.closes',
        code: 'DEADLINE_WITHOUT_HOUR',
        params: { meaning: '2023年9月28日24:00（Asia/Shanghai）' },
      },
    ]);
    expect(window?.closesAt).toBe('2023-09-25T16:00:00.000Z');
  });

  it('wants one paper copy, once the formal check is passed (二（三）)', () => {
    expect(call.paper).toMatchObject({
      copies: 1,
      closes: '2023-09-28',
      place: '省科协学会学术部',
      afterFormalCheck: true,
      clause: '二（三）',
    });
  });

  it('lets a unit submit 3 projects in all (二（二）), of which one 岭南科学论坛 (一（一）1 申报要求（6）)', () => {
    expect([call.limitPerUnit, call.limitClause]).toEqual([3, '二（二）']);
    const limited = leavesOf(call).filter(({ limitPerUnit }) => limitPerUnit !== undefined);
    expect(limited.map(({ code, limitPerUnit, limitClause }) => [code, limitPerUnit, limitClause])).toEqual([
      ['1', 1, '一（一）1 申报要求（6）'],
    ]);
  });

  it('states what holds for every category (二（一）, （四）–（六）)', () => {
    expect(call.history).toEqual({
      overdue: { text: '未完成上一年度项目目标以及未提交项目总结报告的单位均不得申报本年度项目。', clause: '二（四）' },
    });
    expect(call.conditions.map(({ effect, clause }) => [effect, clause])).toEqual([['gate', '二（六）']]);
    expect(call.obligations.map(({ report, clause }) => [report, clause])).toEqual([
      [false, '二（一）'],
      [true, '二（五）'],
    ]);
  });

  it('says whom to ask: by group, and of the system another office (二（七）)', () => {
    expect(call.categories.map(({ code, contacts }) => [code, ...contacts.map(({ phone }) => phone)])).toEqual([
      ['A', '020-83543079'],
      ['B', '020-83549473'],
      ['C', '020-83544682'],
      ['D', '020-83517695'],
    ]);
    expect(call.contacts).toMatchObject([{ department: '省电子学会', technical: true }]);
  });

  it('names nobody', () => {
    const text = readFileSync(new URL('guangdong-2024/call.yaml', CALLS_FOLDER), 'utf8');
    expect(text).not.toMatch(MOBILE);
    const names = [
      'ed33bf0f91c8998f6b287790091935879da5d847d20921ea40d7e4432019b61a',
      '7a6b41c5f242534713c22a9d105b171edc65e5fb21fac0f2e7e514196903fb21',
      'd78832c5bf1f90c442dcea22f37e2f8594c28552d76077414fa55fc6d55455aa',
      'ff7a5716f74a300d56840bd028badee50fbdffd550e0850d7ddbbb4eaf1c6a7d',
      '565cdaa4118746cbe5ce46e9b10f57b8a7fb5b9787bb83bdff87976582ca80b2',
      'abf7adcb7aa8fc961f5bd2a680bde488ba9548847cde73a428c0be7d91548394',
    ];
    expect(namesIn(withoutBlanks(text), names)).toEqual([]);
  });
});

/** Typed from the notice, first part: 项目数量, 经费额度 in 万元, 项目周期, how many priorities, indicators, duties in 申报要求 and 其他要求. */
const categories = [
  ['1', '一（一）1', '岭南科学论坛', 10, '10', '2024-12-31', 2, 4, 2],
  ['2', '一（一）2', '科技创新助力工程传播计划', 1, '30', '2024-12-31', 1, 0, 3],
  ['3', '一（一）3', '第二十二届广东省科协学术活动月开幕式暨主题活动', 1, '60', '2024-05-31', 1, 7, 1],
  ['4', '一（二）4', '学会公共服务能力提升', 15, '5-10', '2024-12-31', 0, 0, 0],
  ['5', '一（二）5', '社会组织年度报告信息统计', 1, '5', '2024-12-31', 0, 0, 0],
  ['6', '一（二）6', '秘书长沙龙', 1, '6', '2024-12-31', 0, 1, 0],
  ['7', '一（二）7', '粤港澳大湾区工程技术人员专业资格互认', 1, '45', '2024-12-31', 0, 0, 0],
  ['8', '一（三）8', '南粤科创平台运营', 1, '20', '2024-12-31', 2, 0, 0],
  ['9', '一（四）9', '科技社团党组织组织力提升', 1, '14', '2024-12-31', 0, 2, 0],
  ['10', '一（四）10', '科技社团大讲堂教学能力提升', 1, '12', '2024-12-31', 0, 3, 0],
  ['11', '一（四）11', '科技社团党建宣传力提升', 1, '4', '2024-12-31', 0, 2, 0],
] as const;

const amountOf = (text: string) => {
  const [min, max] = text.split('-');
  return max === undefined ? { kind: 'fixed', value: min, unit: '万元' } : { kind: 'range', min, max, unit: '万元' };
};

describe('its categories', () => {
  it('are eleven, numbered across four groups', () => {
    expect(call.categories.map(({ title }) => title)).toEqual([
      '学术交流项目',
      '学会能力提升工程项目',
      '助力工程项目',
      '党建强会项目',
    ]);
    expect(leavesOf(call).map(({ code }) => code)).toEqual(categories.map(([code]) => code));
  });

  it.each(categories)(
    'has %s as %s prints it: %s',
    (code, clause, title, count, amount, until, priority, figures, duties) => {
      const leaf = leafOf(call, code);
      expect({
        clause: leaf.clause,
        title: leaf.title,
        applicants: leaf.applicants,
        quota: leaf.quota,
        amount: leaf.amount,
        until: leaf.period.until,
        priority: leaf.conditions.filter(({ effect }) => effect === 'priority').length,
        indicators: leaf.indicators.length,
        obligations: leaf.obligations.length,
        required: leaf.materials.filter(({ required }) => required).map((material) => material.title),
        kind: leaf.fixed?.projectKind,
      }).toEqual({
        clause,
        title,
        applicants: ['团体会员'],
        quota: { kind: 'exact', count },
        amount: amountOf(amount),
        until,
        priority,
        indicators: figures,
        obligations: duties,
        required: ['广东省科协学会学术项目申请书'],
        kind: title,
      });
    },
  );

  it('quote the notice word for word', () => {
    for (const leaf of leavesOf(call)) {
      const quoted = [
        leaf.title,
        leaf.period.text,
        ...(leaf.content?.trim().split('\n') ?? []),
        ...(leaf.goals?.options.map(({ text }) => text) ?? []),
        ...leaf.conditions.map(({ text }) => text),
        ...leaf.deliverables.map(deliverableText),
        ...leaf.obligations.map(({ text }) => text),
        ...(leaf.joint?.text === undefined ? [] : [leaf.joint.text]),
      ];
      for (const text of quoted) expect(notice).toContain(withoutBlanks(text));
    }
    for (const { text = '' } of [...call.conditions, ...call.obligations, call.history?.overdue ?? {}])
      expect(notice).toContain(text);
  });

  it('give conditions, indicators, duties and materials the clause they come from', () => {
    for (const leaf of leavesOf(call)) {
      for (const { clause } of [...leaf.conditions, ...leaf.indicators, ...leaf.obligations, ...leaf.materials]) {
        expect(clause).toContain(leaf.clause);
      }
    }
  });

  it('let exactly one of six goals be chosen in 4, and none elsewhere (以上目标可任选一项)', () => {
    expect(leafOf(call, '4').goals).toMatchObject({ choose: 'one', field: 'goal' });
    expect(leafOf(call, '4').goals?.options).toHaveLength(6);
    expect(leavesOf(call).filter(({ goals }) => goals !== undefined)).toHaveLength(1);
  });

  it('keep the forum to 3 days, 200 people and 3 experts in Guangdong (一（一）1 申报要求（3）, （5）)', () => {
    expect(leafOf(call, '1').indicators).toMatchObject([
      { title: '会期连续', max: 3, unit: '天' },
      { min: 200, unit: '人' },
      { min: 3, unit: '人' },
      { min: 1, unit: '份' },
    ]);
    expect(leafOf(call, '1').conditions).toContainEqual({
      text: '举办地限广东省；',
      effect: 'gate',
      declare: 'heldInGuangdong',
      clause: '一（一）1 申报要求（3）',
    });
  });

  it.each([
    ['1', '一（一）1 申报要求（1）', 'priority', 'declare'],
    ['1', '一（一）1 申报要求（2）', 'priority', 'declare'],
    ['1', '一（一）1 申报要求（3）', 'gate', 'declare'],
    ['2', '一（一）2 申报要求（1）', 'priority', 'declare'],
    ['3', '一（一）3 申报要求（4）', 'gate', 'declare'],
    ['3', '一（一）3 申报要求（4）', 'priority', 'declare'],
    ['8', '一（三）8 申报要求（1）', 'priority', 'declare'],
    ['8', '一（三）8 申报要求（2）', 'priority', 'rule'],
  ])('have in %s the condition of %s: a %s that a %s decides', (code, clause, effect, way) => {
    const found = leafOf(call, code).conditions.filter((each) => each.clause === clause && each.effect === effect);
    expect(found.map(({ rule, declare }) => (rule === undefined ? declare && 'declare' : 'rule'))).toEqual([way]);
  });

  it.each([
    ['0', 'notMet'],
    ['0.000001', 'met'],
  ])(
    'prefer in 8 who brings funds of its own: with %s万元 that is %s (一（三）8 申报要求（2）)',
    (ownFunds, decision) => {
      const { conditions, ...category } = leafOf(call, '8');
      const decide = compileRules(categoryScope(formOf(call, category.form), category, conditions));
      const unit = { kinds: ['团体会员'], rating: 0, foundedOn: '', foundedYear: 0, flags: [] };
      const facts = { unit, call: { fiscalYear: 2024, opensOn: '', closesOn: '', today: '' }, answers: { ownFunds } };
      const rules = conditions.flatMap(({ rule }) => rule ?? []);
      expect(rules.map((rule) => decide(rule, facts))).toEqual([decision]);
    },
  );

  it('have no other condition', () => {
    expect(leavesOf(call).flatMap(({ conditions }) => conditions)).toHaveLength(8);
  });

  it('let units apply together for the forum alone, as many as the system takes (一（一）1 申报要求（1）)', () => {
    expect(call.joint).toBeUndefined();
    const joint = leavesOf(call).flatMap((leaf) =>
      leaf.joint === undefined ? [] : [[leaf.code, leaf.joint] as const],
    );
    expect(joint).toEqual([
      [
        '1',
        {
          ...{ allowed: true, leadNamed: false, minPartners: 0, maxPartners: 10, partnersCount: false },
          ...{ text: '鼓励各级学会共同承办', clause: '一（一）1 申报要求（1）' },
        },
      ],
    ]);
  });

  it('count the duties after the forum from its end (一（一）1 其他要求)', () => {
    expect(leafOf(call, '1').obligations.map(({ due }) => due)).toEqual([
      { kind: 'within', count: 1, unit: 'month', after: '论坛结束' },
      { kind: 'within', count: 1, unit: 'week', after: '论坛结束' },
    ]);
  });
});

const forum: Json = JSON.parse(readFileSync(new URL('guangdong-2024/examples/application.json', CALLS_FOLDER), 'utf8'));
const plain: Json = Object.fromEntries(
  Object.entries(forum).filter(([key]) => !/^(forum.*|partners|priorityGrounds|heldIn.*|joint.*|basic.*)$/.test(key)),
);
const opening: Json = {
  openingPlace: '佛山市',
  openingDays: 2,
  openingParticipants: 600,
  mainForumExperts: 3,
  subForums: 7,
  memberForums: 5,
  completesOn: '2024-05-31',
  heldInPrefecture: true,
};

/** Right answers to every category, asking for as much as it gives. */
const ready: readonly (readonly [string, Json])[] = categories.map(([code, , projectKind, , amount]) => {
  const requested = asking(amount.split('-').at(-1) ?? '');
  if (code === '1') return [code, forum];
  const own = code === '3' ? opening : code === '4' ? { goal: '双创服务' } : {};
  return [code, { ...plain, ...own, projectKind, ...requested }];
});

describe('answers to the Guangdong form', () => {
  it.each(ready)('pass in category %s, by its rules and by its published schema', (code, answers) => {
    expect(faultsOf(call, code, answers)).toEqual([]);
    expect(meetsSchema(call, code, answers)).toBe(true);
  });

  it.each(ready)('in category %s ask for no more than 经费额度', (code, answers) => {
    expect(faultsOf(call, code, { ...answers, ...asking('60.000001') })).toContainEqual({
      path: 'requestedFunds',
      code: 'ABOVE_AMOUNT',
      clause: '一 经费额度',
    });
  });

  it.each<[string, string, Json, { path: string; code: string; clause?: string }]>([
    [
      'a forum of 4 days',
      '1',
      { forumDays: 4 },
      { path: 'forumDays', code: 'TOO_LARGE', clause: '一（一）1 申报要求（5）' },
    ],
    [
      'a forum of 199 people',
      '1',
      { forumParticipants: 199 },
      { path: 'forumParticipants', code: 'TOO_SMALL', clause: '一（一）1 申报要求（5）' },
    ],
    [
      'a forum of 2 experts',
      '1',
      { forumExperts: 2 },
      { path: 'forumExperts', code: 'TOO_SMALL', clause: '一（一）1 申报要求（5）' },
    ],
    [
      'a forum held nowhere',
      '1',
      { forumPlace: '' },
      { path: 'forumPlace', code: 'REQUIRED', clause: '一（一）1 申报要求（3）' },
    ],
    [
      'an opening of one day',
      '3',
      { openingDays: 1 },
      { path: 'openingDays', code: 'TOO_SMALL', clause: '一（一）3 申报要求（6）' },
    ],
    [
      'an opening of 599 people',
      '3',
      { openingParticipants: 599 },
      { path: 'openingParticipants', code: 'TOO_SMALL', clause: '一（一）3 申报要求（6）' },
    ],
    [
      'an opening of 2 experts',
      '3',
      { mainForumExperts: 2 },
      { path: 'mainForumExperts', code: 'TOO_SMALL', clause: '一（一）3 申报要求（2）' },
    ],
    [
      'an opening whose members hold all but one of its forums',
      '3',
      { memberForums: 6 },
      { path: 'memberForums', code: 'RULE_NOT_MET', clause: '一（一）3 申报要求（3）' },
    ],
    [
      'an opening that ends in June',
      '3',
      { completesOn: '2024-06-01' },
      { path: 'completesOn', code: 'RULE_NOT_MET', clause: '一 项目周期' },
    ],
    [
      'an opening nobody says is held in a city',
      '3',
      { heldInPrefecture: false },
      { path: 'heldInPrefecture', code: 'DECLARATION_NEEDED', clause: '一（一）3 申报要求（4）' },
    ],
    [
      'a forum nobody says is held in Guangdong',
      '1',
      { heldInGuangdong: false },
      { path: 'heldInGuangdong', code: 'DECLARATION_NEEDED', clause: '一（一）1 申报要求（3）' },
    ],
    [
      'a project of the next year',
      '5',
      { completesOn: '2025-01-01' },
      { path: 'completesOn', code: 'RULE_NOT_MET', clause: '一 项目周期' },
    ],
    [
      'an opening of 4 forums by members',
      '3',
      { memberForums: 4 },
      { path: 'memberForums', code: 'TOO_SMALL', clause: '一（一）3 申报要求（3）' },
    ],
    ['no goal', '4', { goal: '' }, { path: 'goal', code: 'NOT_AN_OPTION', clause: '一（二）4 项目目标' }],
    [
      'no performance targets',
      '5',
      { performanceTargets: ' ' },
      { path: 'performanceTargets', code: 'REQUIRED', clause: '二（六）' },
    ],
    [
      'funds that do not add up',
      '6',
      { ownFunds: '1' },
      { path: 'totalBudget', code: 'SUM_MISMATCH', clause: '二（一）' },
    ],
    [
      'lines that do not add up',
      '7',
      { budgetLines: [{ item: '资料', amount: '1' }] },
      { path: 'budgetLines', code: 'COLUMN_SUM_MISMATCH', clause: '二（一）' },
    ],
    [
      'an end before the beginning',
      '8',
      { completesOn: '2024-02-29' },
      { path: 'completesOn', code: 'OUT_OF_ORDER', clause: '一 项目周期' },
    ],
  ])('are refused for %s (category %s)', (_, code, change, expected) => {
    const answers = ready.find(([each]) => each === code)?.[1];
    expect(faultsOf(call, code, { ...answers, ...change })).toEqual([expected]);
  });

  it('are refused for an opening of 6 forums (category 3), for 5 of members and two others are 7', () => {
    const answers = ready.find(([code]) => code === '3')?.[1];
    expect(faultsOf(call, '3', { ...answers, subForums: 6 })).toEqual([
      { path: 'subForums', code: 'TOO_SMALL', clause: '一（一）3 申报要求（2）' },
      { path: 'memberForums', code: 'RULE_NOT_MET', clause: '一（一）3 申报要求（3）' },
    ]);
  });

  it('of a goal with no choice are refused', () => {
    const { goal: _, ...answers } = ready.find(([code]) => code === '4')?.[1] ?? {};
    expect(faultsOf(call, '4', answers)).toEqual([{ path: 'goal', code: 'REQUIRED', clause: '一（二）4 项目目标' }]);
  });
});
