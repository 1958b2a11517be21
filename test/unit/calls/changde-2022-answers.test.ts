import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import { parseDecimal } from '#shared/domain/money/decimal.ts';
import { asking, faultsOf, type Json, meetsSchema } from './answers-to.ts';
import { CALLS_FOLDER, formOf, leafOf, readCall } from './read-call.ts';

const call = readCall('changde-2022');
const example = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`changde-2022/examples/${name}.json`, CALLS_FOLDER), 'utf8'));
const partyBuilding = example('party-building');
const capability = example('capability');

const without = (answers: Json, isLeftOut: (key: string) => boolean): Json =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !isLeftOut(key)));

const MEETING =
  /^(meeting(?!Project).*|invitedExperts|invitedExpertCount|academicReports|popularLectures|meetingProject)$/;
const noMeeting = without(capability, (key) => MEETING.test(key));

/** The most an award can be, from 经费额度 of annex 1, in 万元; the notice leaves 2-4 open. */
const ceilings: Readonly<Record<string, string | undefined>> = {
  '1': '0.5',
  '2-1': '0.5',
  '2-2': '2',
  '2-3': '1',
  '2-4': undefined,
  '2-5': '2',
  '2-6': '2',
  '2-7': '3',
};

const ready: readonly (readonly [string, string, Json])[] = [
  ['1', 'the example', partyBuilding],
  ['2-1', 'a project of a new society', { ...noMeeting, projectKind: '重点学会建设', ...asking('0.5') }],
  ['2-2', 'a service station', { ...noMeeting, projectKind: '服务站建设', ...asking('2') }],
  ['2-3', 'a transferred function', { ...noMeeting, projectKind: '承接转移职能', ...asking('1') }],
  [
    '2-3',
    'a transferred function until its agreement ends',
    { ...noMeeting, projectKind: '承接转移职能', ...asking('1'), completesOn: '2023-03-31' },
  ],
  ['2-4', 'the example', capability],
  ['2-4', 'the example without what the category decides', without(capability, (key) => key === 'projectKind')],
  ['2-5', 'a service', { ...noMeeting, projectKind: '科技服务', ...asking('2') }],
  ['2-6', 'a lecture', { ...capability, projectKind: '重点与特色科普', ...asking('1.5') }],
  ['2-6', 'a contest', { ...noMeeting, projectKind: '重点与特色科普', meetingProject: '否', ...asking('1') }],
  ['2-7', 'a cooperation', { ...noMeeting, projectKind: '会地合作', ...asking('3') }],
];

describe('right answers to the Changde forms', () => {
  it.each(ready)('pass in category %s: %s', (code, _, answers) => {
    const { form: key, fixed } = leafOf(call, code);
    expect(checkShape(formOf(call, key), fixed, answers).dropped).toEqual([]);
    expect(faultsOf(call, code, answers)).toEqual([]);
  });

  it.each(ready.filter(([, title]) => !title.includes('without')))(
    'meet the published schema of category %s: %s',
    (code, _, answers) => {
      expect(meetsSchema(call, code, answers)).toBe(true);
    },
  );

  it('meet no schema with the meeting of a project that is none', () => {
    expect(meetsSchema(call, '2-6', { ...capability, projectKind: '重点与特色科普', meetingProject: '否' })).toBe(
      false,
    );
    expect(meetsSchema(call, '2-2', { ...capability, projectKind: '服务站建设' })).toBe(false);
  });

  it.each(Object.entries(ceilings))('may ask for as much as 经费额度 of %s says', (code, ceiling) => {
    const fen = ceiling === undefined ? undefined : parseDecimal(ceiling, '万元').fen;
    expect(amountCeilingFen(leafOf(call, code).amount)).toBe(fen);
  });

  it('lose the meeting where the kind of project is none, and the reply says which', () => {
    const { form: key, fixed } = leafOf(call, '2-2');
    const { answers, dropped, faults } = checkShape(formOf(call, key), fixed, {
      ...capability,
      projectKind: '服务站建设',
      ...asking('2'),
    });
    expect(dropped).toEqual(Object.keys(capability).filter((name) => MEETING.test(name)));
    expect(dropped).toHaveLength(11);
    expect(faults).toEqual([]);
    expect(Object.keys(answers)).not.toContain('meetingName');
  });
});

const firstRow = (change: Json): Json => ({
  participants: [
    { name: '乙某某', post: '秘书长', title: '工程师', work: '项目总负责', note: '项目负责人', ...change },
    { name: '丙某某', work: '会务组织' },
  ],
});

/** One rule broken at a time: category, what is changed in its example, the one fault expected. */
const broken: readonly (readonly [string, string, Json, { path: string; code: string; clause?: string }])[] = [
  [
    'own and requested funds that do not add up to the total',
    '1',
    { ownFunds: '0.31' },
    { path: 'totalBudget', code: 'SUM_MISMATCH', clause: '附件2 七' },
  ],
  [
    'budget lines that do not add up to the total',
    '2-4',
    { budgetLines: [{ item: '场地', amount: '6.4999' }] },
    { path: 'budgetLines', code: 'COLUMN_SUM_MISMATCH', clause: '附件3 八' },
  ],
  [
    'more than the 0.5 万元 of party building',
    '1',
    asking('0.500001'),
    { path: 'requestedFunds', code: 'ABOVE_AMOUNT', clause: '附件1 二（一）4' },
  ],
  [
    'another first participant than the leader',
    '2-4',
    firstRow({ name: '丙某某' }),
    { path: 'participants[0].name', code: 'FIRST_ROW' },
  ],
  [
    'a first participant without 项目负责人 in 备注',
    '2-4',
    firstRow({ note: '牵头' }),
    { path: 'participants[0].note', code: 'FIRST_ROW' },
  ],
  ['no participants', '1', { participants: [] }, { path: 'participants', code: 'REQUIRED' }],
  [
    'an end before the beginning',
    '1',
    { endsOn: '2022-04-09' },
    { path: 'endsOn', code: 'OUT_OF_ORDER', clause: '附件2 二' },
  ],
  [
    'a completion before the beginning',
    '2-4',
    { completesOn: '2022-04-09' },
    { path: 'completesOn', code: 'OUT_OF_ORDER', clause: '附件3 二' },
  ],
  [
    'a completion after 项目周期',
    '1',
    { completesOn: '2022-12-01' },
    { path: 'completesOn', code: 'RULE_NOT_MET', clause: '附件1 二（一）5' },
  ],
  [
    'a completion after 项目周期',
    '2-4',
    { completesOn: '2022-12-01' },
    { path: 'completesOn', code: 'RULE_NOT_MET', clause: '附件1 二（二）各类（5）项目周期' },
  ],
  [
    'no place for the party branch',
    '1',
    { hasActivityBase: false },
    { path: 'hasActivityBase', code: 'DECLARATION_NEEDED', clause: '附件1 二（一）6（2）' },
  ],
  [
    'a meeting without its name',
    '2-4',
    { meetingName: ' ' },
    { path: 'meetingName', code: 'REQUIRED', clause: '附件3 四' },
  ],
  [
    'an academic project that says it is no meeting',
    '2-4',
    { meetingProject: '否' },
    { path: 'meetingProject', code: 'FIXED_VALUE', clause: '附件3 四' },
  ],
  [
    "another kind of project than the category's",
    '2-4',
    { projectKind: '重点与特色科普' },
    { path: 'projectKind', code: 'FIXED_VALUE' },
  ],
  ['a kind that is not printed', '2-4', { projectKind: '其他' }, { path: 'projectKind', code: 'NOT_AN_OPTION' }],
  ['a mobile number of 10 digits', '1', { leaderMobile: '1300000000' }, { path: 'leaderMobile', code: 'FORMAT' }],
  ['a postcode of 5 digits', '2-4', { postcode: '41500' }, { path: 'postcode', code: 'FORMAT' }],
  [
    'a blank for the deciding meeting',
    '1',
    { approvingMeeting: '' },
    { path: 'approvingMeeting', code: 'REQUIRED', clause: '通知 二.3' },
  ],
  ['a day that does not exist', '1', { startsOn: '2022-02-30' }, { path: 'startsOn', code: 'NOT_A_DATE' }],
  ['amounts finer than 分', '1', { ownFunds: '0.3000001' }, { path: 'ownFunds', code: 'TOO_PRECISE' }],
];

describe('wrong answers to the Changde forms', () => {
  it.each(broken)('are refused for %s (category %s)', (_, code, change, expected) => {
    const answers = { ...(code === '1' ? partyBuilding : capability), ...change };
    expect(faultsOf(call, code, answers)).toEqual([expected]);
  });

  it.each(['2-1', '2-2', '2-3', '2-5', '2-6', '2-7'])('are refused for a sum above the amount of %s', (code) => {
    const answers = { ...noMeeting, projectKind: leafOf(call, code).fixed?.projectKind, ...asking('3.01') };
    expect(faultsOf(call, code, answers).filter(({ path }) => path === 'requestedFunds')).toEqual([
      { path: 'requestedFunds', code: 'ABOVE_AMOUNT', clause: '附件1 二（二）各类（4）经费额度' },
    ]);
  });

  it('ask a popular-science project whether it is a meeting', () => {
    const answers = { ...noMeeting, projectKind: '重点与特色科普', ...asking('1') };
    expect(faultsOf(call, '2-6', answers)).toEqual([{ path: 'meetingProject', code: 'REQUIRED', clause: '附件3 四' }]);
  });

  it('miss everything required at once when nothing is answered', () => {
    const required = formOf(call, 'partyBuilding')
      .sections.flatMap((section) => section.fields)
      .filter((one) => one.required);
    expect(faultsOf(call, '1', {}).map(({ path, code }) => [path, code])).toEqual(
      required.map(({ key }) => [key, 'REQUIRED']),
    );
  });
});
