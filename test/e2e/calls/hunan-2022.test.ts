import { readFileSync } from 'node:fs';
import type { Json, Refused, RuleLine, Trial } from '#test/support/notice/trial.ts';
import { tryCall } from '#test/support/notice/try-call.ts';

const example: Json = JSON.parse(
  readFileSync(new URL('../../../shared/calls/hunan-2022/examples/application.json', import.meta.url), 'utf8'),
);

/** What only 学术交流 is asked. */
const { academicDirection: _, duringAnnualMeeting: __, ...plain } = example;

/** A budget that asks for one sum and nothing else. */
const asking = (sum: string): Json => ({
  totalBudget: sum,
  ownFunds: '0',
  requestedFunds: sum,
  budgetLines: [{ item: '示例支出', amount: sum }],
});

const [SOCIETY, CITY, UNIVERSITY] = ['省级学会', '市州科协', '高校科协'];

interface Printed {
  readonly clause: string;
  readonly kind: string;
  /** 申报主体: the unit that applies here. */
  readonly by: string;
  /** A unit of 一.1 that is none of 申报主体; 2-1 takes all three kinds. */
  readonly notBy?: string;
  /** 经费安排 for one project, its upper end, in 万元. */
  readonly most: string;
  /** ①②③: the field that asks for a direction, and all there are. */
  readonly directions?: readonly [field: string, ...values: readonly string[]];
}

/** Typed from the fourth part. */
const GUIDE: Readonly<Record<string, Printed>> = {
  '1': {
    clause: '四（一）',
    kind: '第24届中国科协年会服务引导项目',
    by: CITY,
    notBy: UNIVERSITY,
    most: '10',
  },
  '2-1': {
    clause: '四（二）1',
    kind: '湖南科技论坛及院士专家市州行活动',
    by: UNIVERSITY,
    most: '10',
    directions: ['forumDirection', '湖南科技论坛', '院士专家市州行活动'],
  },
  '2-2': {
    clause: '四（二）2',
    kind: '科技创新联盟和科协工作联盟建设',
    by: SOCIETY,
    notBy: UNIVERSITY,
    most: '30',
    directions: ['allianceDirection', '科技创新联盟建设', '科协工作联盟建设'],
  },
  '2-3': { clause: '四（二）3', kind: '“科创中国”湖南中心建设', by: SOCIETY, notBy: CITY, most: '60' },
  '3-1': {
    clause: '四（三）1',
    kind: '学术交流',
    by: UNIVERSITY,
    notBy: CITY,
    most: '10',
    directions: ['academicDirection', '青年科技论坛（沙龙）', '高端学术活动', '科技期刊建设'],
  },
  '3-2': {
    clause: '四（三）2',
    kind: '科技服务',
    by: SOCIETY,
    notBy: UNIVERSITY,
    most: '10',
    directions: ['serviceDirection', '服务乡村振兴', '服务企业科技创新'],
  },
  '3-3': {
    clause: '四（三）3',
    kind: '学会建设',
    by: SOCIETY,
    notBy: CITY,
    most: '20',
    directions: [
      'buildingDirection',
      '学会党建',
      '学会“两化”建设',
      '学会（高校科协）联合体建设',
      '学会承接政府转移职能',
      '学会服务平台建设',
    ],
  },
  '3-4': { clause: '四（三）4', kind: '“会地”合作', by: CITY, notBy: UNIVERSITY, most: '10' },
};
const ALL = Object.keys(GUIDE);

/** 一.1, which bars who is no society, city or university at all; so does 申报主体. */
const NO_MEMBER = { kinds: ['企业'] };
const KIND_OF_MEMBER: Refused = { path: 'conditions[0]', code: 'CONDITION_NOT_MET', clause: '一.1' };
const ofApplicants = ({ clause }: Printed): Refused => ({ path: 'unitId', code: 'APPLICANT_KIND', clause });

const APPLICATION_FORM = '一.2；二.4';

const rules: readonly RuleLine[] = [
  ...Object.entries(GUIDE).flatMap(([code, printed]): RuleLine[] => [
    // 申报主体.
    {
      rule: 'applicants',
      in: [code],
      clause: printed.clause,
      ...(printed.notBy === undefined
        ? { also: [KIND_OF_MEMBER] }
        : { breach: { record: { kinds: [printed.notBy] } } }),
    },
    {
      rule: 'conditions[0]',
      in: [code],
      clause: '一.1',
      breach: { record: NO_MEMBER },
      also: [ofApplicants(printed)],
    },
    // 经费安排.
    {
      rule: 'amount requestedFunds',
      in: [code],
      clause: '四 经费安排',
      breach: { answers: asking(`${printed.most}.000001`) },
    },
  ]),

  // 一.5 and 二.3: 转包 and 弄虚作假 take the right to apply away, from lead and partners alike.
  { rule: 'sanction', in: ALL, clause: '一.5；二.3' },
  { rule: 'sanction of a partner', in: ALL, clause: '一.5；二.3' },

  // 一.3: units of 一.1 may apply together.
  { rule: 'consent of partners', in: ALL },
  { rule: 'kinds of partners', in: ALL, clause: '一.3；一.1' },

  // 一.4: 2022年12月底前.
  { rule: 'order startsOn completesOn', in: ALL, clause: '一.4', breach: { answers: { completesOn: '2022-04-30' } } },
  {
    rule: 'check 所有申报项目应于2022年12月底前完成。',
    in: ALL,
    clause: '一.4',
    breach: { answers: { completesOn: '2023-01-01' } },
  },

  // Arithmetic of the budget; the guide asks for 要素齐全 and does not speak of it.
  { rule: 'sum totalBudget', in: ALL, breach: { answers: { ...asking('4'), ownFunds: '1' } } },
  {
    rule: 'sum budgetLines.amount',
    in: ALL,
    breach: { answers: { ...asking('4'), budgetLines: [{ item: '场地', amount: '3.999999' }] } },
  },

  // The category decides 项目类别; another than these asks for a direction as well.
  { rule: 'fixed projectKind', in: ['1'], breach: { answers: { projectKind: '“会地”合作' } } },
  { rule: 'fixed projectKind', in: ALL.filter((code) => code !== '1') },

  // 《项目申报书》 and 证明材料, also in electronic form.
  ...['needed', 'count'].map(
    (what): RuleLine => ({ rule: `material applicationForm: ${what}`, in: ALL, clause: APPLICATION_FORM }),
  ),
  ...['type', 'size'].map(
    (what): RuleLine => ({
      rule: `material applicationForm: ${what}`,
      in: ALL,
      clause: APPLICATION_FORM,
      // The right one is there already.
      also: [{ path: 'material', code: 'MATERIAL_TOO_MANY', clause: APPLICATION_FORM }],
    }),
  ),
  ...['count', 'type', 'size'].map((what): RuleLine => ({ rule: `material proof: ${what}`, in: ALL, clause: '二.4' })),
];

/** Each direction once; the last project ends on the last day. */
const right = ({ kind: projectKind, most, directions }: Printed): readonly Json[] => {
  const answers: Json = { ...plain, projectKind, ...asking(most), completesOn: '2022-12-31' };
  if (directions === undefined) return [answers];
  const [field, ...values] = directions;
  return values.map((value) => ({ ...answers, [field]: value }));
};

const trial: Trial = {
  callId: 'hunan-2022',
  organiser: { organizationId: 'hunan-kexie', name: '湖南省科学技术协会' },
  units: Object.fromEntries(Object.entries(GUIDE).map(([code, { by }]) => [code, { kinds: [by] }])),
  partner: { kinds: [CITY] },
  right: Object.fromEntries(Object.entries(GUIDE).map(([code, printed]) => [code, right(printed)])),
  verdicts: Object.fromEntries(ALL.map((code) => [code, 'mayApply'])),
  rules,
  // The guide limits no unit.
  limits: [],
};

tryCall(trial);
