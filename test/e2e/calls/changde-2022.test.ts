import { readFileSync } from 'node:fs';
import type { Json, LimitLine, RuleLine, Trial } from '#test/support/notice/trial.ts';
import { tryCall } from '#test/support/notice/try-call.ts';

const example = (name: string): Json =>
  JSON.parse(
    readFileSync(new URL(`../../../shared/calls/changde-2022/examples/${name}.json`, import.meta.url), 'utf8'),
  );

const partyBuilding = example('party-building');
const meeting = example('capability');
const withoutMeeting: Json = Object.fromEntries(
  Object.entries(meeting).filter(
    ([key]) => !/^(meeting|invitedExpert|academicReports|popularLectures|projectKind)/.test(key),
  ),
);

/** A budget that asks for one sum and nothing else. */
const asking = (sum: string): Json => ({
  totalBudget: sum,
  ownFunds: '0',
  requestedFunds: sum,
  budgetLines: [{ item: '示例支出', amount: sum }],
});

/** Units that may apply, and made-up days on which they were founded. */
const SOCIETY = { kinds: ['市级学会'], foundedOn: '2009-06-18' };
const PARTY = ['1'];
const CAPABILITY = ['2-1', '2-2', '2-3', '2-4', '2-5', '2-6', '2-7'];
const ALL = [...PARTY, ...CAPABILITY];

/** Rules that differ by category only in their clause. */
const each = (
  clauses: Readonly<Record<string, string>>,
  line: (code: string) => Omit<RuleLine, 'in' | 'clause'>,
): RuleLine[] => Object.entries(clauses).map(([code, clause]) => ({ in: [code], clause, ...line(code) }));

const APPLICANTS = {
  '1': '附件1 二（一）',
  '2-1': '附件1 二（二）1',
  '2-2': '附件1 二（二）2',
  '2-3': '附件1 二（二）3',
  '2-4': '附件1 二（二）4',
  '2-5': '附件1 二（二）5',
  '2-6': '附件1 二（二）6',
  '2-7': '附件1 二（二）7',
};

/** 申报材料 of each category; every one is signed and sealed (通知 二.3) and comes on paper too (通知 三.2). */
const APPLICATION_FORMS = {
  '1': '附件1 二（一）7；通知 二.3、三.2',
  '2-1': '附件1 二（二）1（6）；通知 二.3、三.2',
  '2-2': '附件1 二（二）2（6）①；通知 二.3、三.2',
  '2-3': '附件1 二（二）3（7）；通知 二.3、三.2',
  '2-4': '附件1 二（二）4（6）；通知 二.3、三.2',
  '2-5': '附件1 二（二）5（7）；通知 二.3、三.2',
  '2-6': '附件1 二（二）6（7）；通知 二.3、三.2',
  '2-7': '附件1 二（二）7（7）；通知 二.3、三.2',
};
const AGREEMENTS = { '2-3': '附件1 二（二）3（6）', '2-5': '附件1 二（二）5（6）', '2-7': '附件1 二（二）7（6）' };
const STATION_FORM = { '2-2': '附件1 二（二）2（6）②' };

/** More than 经费额度 by one 分; 2-4 leaves it open. */
const ABOVE: Readonly<Record<string, string>> = {
  '1': '0.500001',
  '2-1': '0.500001',
  '2-2': '2.000001',
  '2-3': '1.000001',
  '2-5': '2.000001',
  '2-6': '2.000001',
  '2-7': '3.000001',
};

const files = (key: string, clauses: Readonly<Record<string, string>>, ...of: readonly string[]): RuleLine[] =>
  of.flatMap((what) => each(clauses, () => ({ rule: `material ${key}: ${what}` })));

const rules: readonly RuleLine[] = [
  // Who applies: 通知 一, and 申报主体 of each category.
  ...each(APPLICANTS, () => ({ rule: 'applicants' })),
  { rule: 'sanction', in: ALL, clause: '通知 三.5' },

  // 通知 三.3: several units together, one named as lead.
  { rule: 'consent of partners', in: ALL },
  { rule: 'sanction of a partner', in: ALL, clause: '通知 三.5' },

  // 申报条件.
  { rule: 'categories.1.conditions[0]', in: ['1'], clause: '附件1 二（一）6（1）', breach: { record: { flags: [] } } },
  { rule: 'categories.1.conditions[1]', in: ['1'], clause: '附件1 二（一）6（2）' },
  {
    rule: 'categories.2-1.conditions[0]',
    in: ['2-1'],
    clause: '附件1 二（二）1（2）',
    breach: { record: { foundedOn: '2021-12-31' } },
  },

  // The printed forms.
  ...[
    { in: PARTY, annex: '附件2', budget: '附件2 七' },
    { in: CAPABILITY, annex: '附件3', budget: '附件3 八' },
  ].flatMap(({ in: codes, annex, budget }): RuleLine[] => [
    {
      rule: 'sum totalBudget',
      in: codes,
      clause: budget,
      breach: { answers: { ...asking('0.4'), ownFunds: '0.1' } },
    },
    {
      rule: 'sum budgetLines.amount',
      in: codes,
      clause: budget,
      breach: { answers: { ...asking('0.4'), budgetLines: [{ item: '场地', amount: '0.399999' }] } },
    },
    { rule: 'order startsOn endsOn', in: codes, clause: `${annex} 二`, breach: { answers: { endsOn: '2022-04-09' } } },
    {
      rule: 'order startsOn completesOn',
      in: codes,
      clause: `${annex} 二`,
      breach: { answers: { completesOn: '2022-04-09' } },
    },
    {
      rule: 'first row participants.name',
      in: codes,
      breach: { answers: { participants: [{ name: '丙某某', work: '项目总负责', note: '项目负责人' }] } },
    },
    {
      rule: 'first row participants.note',
      in: codes,
      breach: { answers: { participants: [{ name: '乙某某', work: '项目总负责', note: '牵头' }] } },
    },
  ]),
  ...Object.entries(ABOVE).map(
    ([code, sum]): RuleLine => ({
      rule: 'amount requestedFunds',
      in: [code],
      clause: code === '1' ? '附件1 二（一）4' : '附件1 二（二）各类（4）经费额度',
      breach: { answers: asking(sum) },
    }),
  ),
  // 项目周期: in principle alone in 2-3.
  {
    rule: 'check 项目应于2022年11月30日前完成。',
    in: PARTY,
    clause: '附件1 二（一）5',
    breach: { answers: { completesOn: '2022-12-01' } },
  },
  {
    rule: 'check 项目应于2022年11月30日前完成。',
    in: CAPABILITY.filter((code) => code !== '2-3'),
    clause: '附件1 二（二）各类（5）项目周期',
    breach: { answers: { completesOn: '2022-12-01' } },
  },
  {
    rule: 'check 项目应于2022年11月30日前完成。',
    in: ['2-3'],
    never: '原则上，或按协议书约定（附件1 二（二）3（5））',
  },
  { rule: 'fixed projectKind', in: CAPABILITY },
  { rule: 'fixed meetingProject', in: ['2-4'], clause: '附件3 四' },

  // 申报材料.
  ...files('applicationForm', APPLICATION_FORMS, 'needed', 'count', 'type', 'size'),
  ...files('stationApplication', STATION_FORM, 'needed', 'count', 'type', 'size'),
  ...files('agreement', AGREEMENTS, 'count', 'type', 'size'),
];

const limits: readonly LimitLine[] = [{ clause: '通知 三.3', limit: 3, submissions: ['1', '2-2', '2-3', '2-1'] }];

const trial: Trial = {
  callId: 'changde-2022',
  organiser: { organizationId: 'changde-kexie', name: '常德市科学技术协会' },
  units: {
    ...Object.fromEntries(ALL.map((code) => [code, SOCIETY])),
    '1': { ...SOCIETY, flags: ['hasPartyBranch'] },
    '2-1': { kinds: ['市级学会'], foundedOn: '2022-01-10' },
    '2-4': { kinds: ['学会联合体'] },
    '2-6': { kinds: ['高校科协'] },
    '2-7': { kinds: ['学会服务站'] },
  },
  partner: { kinds: ['高校科协'] },
  right: {
    '1': [partyBuilding],
    '2-1': [{ ...withoutMeeting, ...asking('0.5') }],
    '2-2': [{ ...withoutMeeting, ...asking('2') }],
    '2-3': [
      { ...withoutMeeting, ...asking('1') },
      { ...withoutMeeting, ...asking('1'), completesOn: '2023-03-31' },
    ],
    '2-4': [meeting],
    '2-5': [{ ...withoutMeeting, ...asking('2') }],
    '2-6': [
      { ...meeting, projectKind: '重点与特色科普', ...asking('1.5') },
      { ...withoutMeeting, meetingProject: '否', ...asking('1') },
    ],
    '2-7': [{ ...withoutMeeting, ...asking('3') }],
  },
  verdicts: { ...Object.fromEntries(ALL.map((code) => [code, 'mayApply'] as const)), '1': 'dependsOnDeclarations' },
  rules,
  limits,
};

tryCall(trial);
