import { readFileSync } from 'node:fs';
import type { Json, LimitLine, RuleLine, Trial } from '#test/support/notice/trial.ts';
import { tryCall } from '#test/support/notice/try-call.ts';

const example: Json = JSON.parse(
  readFileSync(new URL('../../../shared/calls/guangdong-2024/examples/application.json', import.meta.url), 'utf8'),
);

/** What only 岭南科学论坛 is asked. */
const OF_THE_FORUM = /^(forum.*|partners|priorityGrounds|heldInGuangdong|jointOrLocalIndustry|basicScience)$/;
const plain: Json = Object.fromEntries(Object.entries(example).filter(([key]) => !OF_THE_FORUM.test(key)));

/** A budget that asks for one sum and nothing else. */
const asking = (sum: string): Json => ({
  totalBudget: sum,
  ownFunds: '0',
  requestedFunds: sum,
  budgetLines: [{ item: '示例支出', amount: sum }],
});

/** 项目名称 and 经费额度 (its upper end) of the first part, in 万元, by 序号. */
const NOTICE: Readonly<Record<string, { readonly clause: string; readonly kind: string; readonly most: string }>> = {
  '1': { clause: '一（一）1', kind: '岭南科学论坛', most: '10' },
  '2': { clause: '一（一）2', kind: '科技创新助力工程传播计划', most: '30' },
  '3': { clause: '一（一）3', kind: '第二十二届广东省科协学术活动月开幕式暨主题活动', most: '60' },
  '4': { clause: '一（二）4', kind: '学会公共服务能力提升', most: '10' },
  '5': { clause: '一（二）5', kind: '社会组织年度报告信息统计', most: '5' },
  '6': { clause: '一（二）6', kind: '秘书长沙龙', most: '6' },
  '7': { clause: '一（二）7', kind: '粤港澳大湾区工程技术人员专业资格互认', most: '45' },
  '8': { clause: '一（三）8', kind: '南粤科创平台运营', most: '20' },
  '9': { clause: '一（四）9', kind: '科技社团党组织组织力提升', most: '14' },
  '10': { clause: '一（四）10', kind: '科技社团大讲堂教学能力提升', most: '12' },
  '11': { clause: '一（四）11', kind: '科技社团党建宣传力提升', most: '4' },
};
const ALL = Object.keys(NOTICE);
const ALONE = ALL.filter((code) => code !== '1');
const [FORUM, OPENING] = [['1'], ['3']];

/** 提交广东省科协学会学术项目申请书: its number among 申报要求; 3 prints （6） twice, 5–7, 10 and 11 have no number. */
const APPLICATION_FORMS: Readonly<Record<string, string>> = {
  '1': '一（一）1 申报要求（7）；二（三）',
  '2': '一（一）2 申报要求（2）；二（三）',
  '3': '一（一）3 申报要求（6）；二（三）',
  '4': '一（二）4 申报要求（2）；二（三）',
  '5': '一（二）5 申报要求；二（三）',
  '6': '一（二）6 申报要求；二（三）',
  '7': '一（二）7 申报要求；二（三）',
  '8': '一（三）8 申报要求（3）；二（三）',
  '9': '一（四）9 申报要求（2）；二（三）',
  '10': '一（四）10 申报要求；二（三）',
  '11': '一（四）11 申报要求；二（三）',
};

const MEMBER_FORUMS = '一（一）3 申报要求（3）';

const rules: readonly RuleLine[] = [
  // Who applies: the notice is sent to 各省科协团体会员, for every category.
  ...ALL.map((code): RuleLine => ({ rule: 'applicants', in: [code], clause: NOTICE[code]?.clause ?? '' })),
  { rule: 'overdue', in: ALL, clause: '二（四）' },
  // A sanction bars from every call; this notice has no words of its own on it.
  { rule: 'sanction', in: ALL },

  // 一（一）1 申报要求（1）: units may hold the forum together; no other category speaks of it.
  { rule: 'consent of partners', in: FORUM },
  { rule: 'sanction of a partner', in: FORUM },
  { rule: 'overdue of a partner', in: FORUM, clause: '二（四）' },
  { rule: 'no partners', in: ALONE },

  // Where it may be held.
  { rule: 'categories.1.conditions[2]', in: FORUM, clause: '一（一）1 申报要求（3）' },
  { rule: 'categories.3.conditions[0]', in: OPENING, clause: '一（一）3 申报要求（4）' },

  // 项目周期.
  {
    rule: 'order startsOn completesOn',
    in: ALL,
    clause: '一 项目周期',
    breach: { answers: { completesOn: '2024-02-29' } },
  },
  ...[
    { in: OPENING, late: '2024-06-01' },
    { in: ALL.filter((code) => !OPENING.includes(code)), late: '2025-01-01' },
  ].map(
    ({ in: codes, late }): RuleLine => ({
      rule: 'check 项目应在项目周期内完成：学术活动月开幕式2024年5月31日前，其他项目2024年12月31日前。',
      in: codes,
      clause: '一 项目周期',
      breach: { answers: { completesOn: late } },
    }),
  ),

  // 分论坛: one press conference, one seminar, five or more by members.
  {
    rule: 'check 分论坛包括1场岭南科学论坛新闻发布会、1场学术创新助力地方经济高质量发展研讨会，其余才是团体会员联合承办的专业论坛或专业活动。',
    in: OPENING,
    clause: MEMBER_FORUMS,
    breach: { answers: { memberForums: 6 } },
  },

  // Money: 核定的项目预算, 经费额度.
  { rule: 'sum totalBudget', in: ALL, clause: '二（一）', breach: { answers: { ...asking('4'), ownFunds: '1' } } },
  {
    rule: 'sum budgetLines.amount',
    in: ALL,
    clause: '二（一）',
    breach: { answers: { ...asking('4'), budgetLines: [{ item: '场地', amount: '3.999999' }] } },
  },
  ...Object.entries(NOTICE).map(
    ([code, { most }]): RuleLine => ({
      rule: 'amount requestedFunds',
      in: [code],
      clause: '一 经费额度',
      breach: { answers: asking(`${most}.000001`) },
    }),
  ),

  // The category decides 项目类型; these two ask for nothing of their own.
  { rule: 'fixed projectKind', in: ['6'], breach: { answers: { projectKind: '社会组织年度报告信息统计' } } },
  {
    rule: 'fixed projectKind',
    in: ALL.filter((code) => code !== '6'),
    breach: { answers: { projectKind: '秘书长沙龙' } },
  },

  ...Object.entries(APPLICATION_FORMS).flatMap(([code, clause]): RuleLine[] => [
    ...['needed', 'count'].map((what) => ({ rule: `material applicationForm: ${what}`, in: [code], clause })),
    ...['type', 'size'].map((what) => ({
      rule: `material applicationForm: ${what}`,
      in: [code],
      clause,
      // The right one is there already.
      also: [{ path: 'material', code: 'MATERIAL_TOO_MANY', clause } as const],
    })),
  ]),
];

const limits: readonly LimitLine[] = [
  { clause: '二（二）', limit: 3, submissions: ['1', '2', '5', '6'] },
  { below: '1', clause: '一（一）1 申报要求（6）', limit: 1, submissions: ['1', '1'] },
];

/** 以上目标可任选一项. */
const GOALS = [
  '承接政府转移职能',
  '学术交流与质量提升平台',
  '成功案例经验分享',
  '学会科技服务站',
  '双创服务',
  '科技伦理',
];

/** At the very bounds of 申报要求（2）–（4）, （6） and 项目周期. */
const opening: Json = {
  openingPlace: '佛山市',
  openingDays: 2,
  openingParticipants: 600,
  mainForumExperts: 3,
  subForums: 7,
  memberForums: 5,
  completesOn: '2024-05-31',
  heldInPrefecture: true,
  localServices: true,
  priorityGrounds: '引入省级学会科技服务站。',
};

const right = (code: string): readonly Json[] => {
  const { kind: projectKind, most } = NOTICE[code] ?? { kind: '', most: '' };
  const answers = { ...plain, projectKind, ...asking(most) };
  switch (code) {
    case '1':
      return [
        example,
        { ...example, forumDays: 3, forumParticipants: 200, forumExperts: 3, completesOn: '2024-12-31' },
      ];
    case '3':
      return [{ ...answers, ...opening }];
    case '4':
      return GOALS.map((goal) => ({ ...answers, goal }));
    default:
      return [answers];
  }
};

const MEMBER = { kinds: ['团体会员'] };

const trial: Trial = {
  callId: 'guangdong-2024',
  organiser: { organizationId: 'guangdong-kexie', name: '广东省科学技术协会' },
  units: Object.fromEntries(ALL.map((code) => [code, MEMBER])),
  // 地市科协, 学会联合体, 领先企业: whoever it is.
  partner: { kinds: ['地市科协'] },
  right: Object.fromEntries(ALL.map((code) => [code, right(code)])),
  verdicts: {
    ...Object.fromEntries(ALL.map((code) => [code, 'mayApply'])),
    '1': 'dependsOnDeclarations',
    '3': 'dependsOnDeclarations',
  },
  rules,
  limits,
};

tryCall(trial);
