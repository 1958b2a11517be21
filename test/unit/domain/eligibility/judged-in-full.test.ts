import { describe, expect, test } from 'vitest';
import { withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import { type Case, judge } from '#shared/domain/eligibility/judge.ts';
import { judgeLimits, placesLeft } from '#shared/domain/eligibility/judge-limits.ts';
import { judgeKindsOfPartners } from '#shared/domain/eligibility/judge-partners.ts';
import { refusals, verdictOf } from '#shared/domain/eligibility/judgement.ts';
import { applicant } from '#test/support/applicants.ts';
import { caseOf, draftOf, writtenCallWith } from '#test/support/cases.ts';

const society = (record: Parameters<typeof applicant>[0] = {}) =>
  applicant({ name: '常德市医学会', kinds: ['市级学会'], ...record });
const caseWith = (
  written: Parameters<typeof writtenCallWith>[0] = {},
  overrides: Partial<Case> = {},
  call: Record<string, unknown> = {},
): Case => caseOf(writtenCallWith(written, call), overrides);
const ofKind = (kind: string, one: Case) => judge(one).filter((judgement) => judgement.kind === kind);
const APPLICANTS = { code: 'APPLICANTS', params: { expected: '市级学会、高校科协' } };

describe('the kinds of a unit', () => {
  const kinds = (of: readonly string[]) => ofKind('applicants', caseWith({}, { unit: society({ kinds: [...of] }) }));
  const rule = { kind: 'applicants', effect: 'gate', text: APPLICANTS };

  test('meet the notice where one of them is named, and those are told', () => {
    expect(kinds(['企业', '高校科协', '市级学会'])).toStrictEqual([
      { ...rule, result: 'met', reasons: [{ code: 'OF_KIND', params: { kinds: '市级学会、高校科协' } }] },
    ]);
  });

  test('do not where none is, and the unit is told which it has', () => {
    const fault = { path: 'unitId', code: 'APPLICANT_KIND', params: { expected: '市级学会、高校科协' } };
    expect(kinds(['企业', '学校'])).toStrictEqual([
      { ...rule, result: 'notMet', reasons: [{ code: 'OF_KIND', params: { kinds: '企业、学校' } }], fault },
    ]);
    expect(kinds([])).toStrictEqual([{ ...rule, result: 'notMet', reasons: [{ code: 'OF_NO_KIND' }], fault }]);
  });

  test('of a unit nobody keeps a record of are none, and its id is its name', () => {
    expect(withoutRecord('unit-9')).toStrictEqual({
      ...{ organizationId: 'unit-9', name: 'unit-9', kinds: [], flags: [], sanctions: [], overdue: [] },
    });
  });
});

describe('the past of a unit', () => {
  test('without sanctions is told so, in the words of the notice or in ours', () => {
    const rule = { kind: 'sanction', effect: 'gate', result: 'met', reasons: [{ code: 'NOT_SANCTIONED' }] };
    expect(ofKind('sanction', caseWith())).toStrictEqual([{ ...rule, text: { code: 'NO_SANCTION' } }]);
    const history = { sanctioned: { text: '三年内不得申报', clause: '六' } };
    expect(ofKind('sanction', caseWith({}, {}, { history }))).toStrictEqual([
      { ...rule, text: '三年内不得申报', clause: '六' },
    ]);
  });

  test('with sanctions is told of each that is in force', () => {
    const sanctions = [
      { reason: '弄虚作假', from: '2021-01-01', until: '2023-12-31' },
      { reason: '逾期', from: '2020-01-01', until: '2020-12-31' },
      { reason: '转包', from: '2022-01-01', until: '2022-12-31' },
    ];
    const told = ofKind('sanction', caseWith({}, { unit: society({ sanctions }) }));
    expect(told).toHaveLength(2);
    const params = { unit: '常德市医学会', ...sanctions[0] };
    expect(told[0]).toStrictEqual({
      ...{ kind: 'sanction', effect: 'gate', text: { code: 'NO_SANCTION' }, result: 'notMet' },
      reasons: [{ code: 'SANCTIONED_UNTIL', params }],
      fault: { path: 'unitId', code: 'SANCTIONED', params },
    });
  });

  const overdue = [
    { what: '2021年度总结报告', since: '2022-01-31', clause: '旧通知五' },
    { what: '2022年度总结报告', since: '2022-03-11' },
    { what: '决算', since: '2022-03-10' },
  ];

  test('with something overdue is told of each that is due on the day, and since when', () => {
    const told = ofKind('overdue', caseWith({}, { unit: society({ overdue }) }, { history: { overdue: {} } }));
    const rule = { kind: 'overdue', effect: 'gate', text: { code: 'NOTHING_OVERDUE' }, result: 'notMet' };
    const params = { unit: '常德市医学会', what: '2021年度总结报告', since: '2022-01-31' };
    expect(told[0]).toStrictEqual({
      ...rule,
      reasons: [{ code: 'OVERDUE_SINCE', params }],
      fault: { path: 'unitId', code: 'OVERDUE', params, clause: '旧通知五' },
    });
    expect(told[1]?.reasons).toMatchObject([{ params: { what: '决算' } }]);
    expect(told[1]?.fault).not.toHaveProperty('clause');
    expect(told).toHaveLength(2);
  });

  test('with nothing overdue is told so, where the call asks', () => {
    const history = { overdue: { text: '须无逾期项目', clause: '二、4' } };
    expect(ofKind('overdue', caseWith({}, {}, { history }))).toStrictEqual([
      {
        ...{ kind: 'overdue', effect: 'gate', text: '须无逾期项目', clause: '二、4', result: 'met' },
        reasons: [{ code: 'NOTHING_IS_OVERDUE' }],
      },
    ]);
    expect(ofKind('overdue', caseWith({}, {}, { history: { sanctioned: {} } }))).toEqual([]);
  });
});

describe('conditions', () => {
  const gate = (rest: Record<string, unknown>) => ({ text: '条件', effect: 'gate', ...rest });
  const priority = (rest: Record<string, unknown>) => ({ text: '优先', effect: 'priority', ...rest });
  const told = (written: Parameters<typeof writtenCallWith>[0], overrides: Partial<Case> = {}) =>
    ofKind('condition', caseWith(written, overrides));
  const outcome = (written: Parameters<typeof writtenCallWith>[0], overrides: Partial<Case> = {}) =>
    told(written, overrides).map(({ kind: _kind, effect: _effect, text: _text, clause: _clause, ...others }) => others);
  const requires = { code: 'REQUIRES', params: { message: '条件' } };

  test('that a rule decides wait for the draft, or are met with what is known, or with nothing to say', () => {
    expect(outcome({ ofCategory: [gate({ rule: 'answers.kind == "key"' })] })).toStrictEqual([
      { result: 'answer', reasons: [{ code: 'DRAFT_DECIDES' }] },
    ]);
    const draft = draftOf({ answers: { kind: 'key' } });
    expect(outcome({ ofCategory: [gate({ rule: 'answers.kind == "key"' })] }, { draft })).toStrictEqual([
      { result: 'met', reasons: [{ code: 'MET' }] },
    ]);
    const unit = society({ flags: ['hasPartyBranch'] });
    expect(outcome({ ofCategory: [gate({ rule: '"hasPartyBranch" in unit.flags' })] }, { unit })).toStrictEqual([
      { result: 'met', reasons: [{ code: 'FLAGGED', params: { flag: '建有党组织' } }] },
    ]);
  });

  test('that a rule refuses without anything known say what is asked, in the notice’s message where it has one', () => {
    const draft = draftOf({ answers: { kind: 'other' } });
    const rule = 'answers.kind == "key"';
    expect(told({ ofCall: [gate({ rule, message: '须为重点学会', clause: '二' })] }, { draft })).toStrictEqual([
      {
        ...{ kind: 'condition', effect: 'gate', text: '条件', clause: '二', result: 'notMet' },
        reasons: [{ code: 'REQUIRES', params: { message: '须为重点学会' } }],
        fault: {
          ...{ path: 'conditions[0]', code: 'CONDITION_NOT_MET' },
          ...{ params: { message: '须为重点学会' }, clause: '二' },
        },
      },
    ]);
    expect(outcome({ ofCall: [priority({ rule })] }, { draft })).toMatchObject([
      { result: 'notMet', reasons: [{ code: 'PRIORITY_NOT_MET' }] },
    ]);
  });

  test('that are declared say so before, with and without the declaration', () => {
    const ofCategory = [gate({ declare: 'hasVenue' })];
    expect(outcome({ ofCategory })).toStrictEqual([{ result: 'declare', reasons: [{ code: 'TO_DECLARE' }] }]);
    expect(outcome({ ofCategory }, { draft: draftOf({ answers: { hasVenue: true } }) })).toStrictEqual([
      { result: 'met', reasons: [{ code: 'DECLARED' }] },
    ]);
    expect(outcome({ ofCategory }, { draft: draftOf() })).toStrictEqual([
      {
        ...{ result: 'notMet', reasons: [{ code: 'TO_DECLARE' }, requires] },
        fault: { path: 'hasVenue', code: 'DECLARATION_NEEDED', params: { message: '条件' } },
      },
    ]);
  });

  test('that a material proves name it, by its key where the category has none such', () => {
    const materials = [{ key: 'proof', title: '证明材料', accept: ['pdf'] }];
    const ofCategory = [gate({ material: 'proof' })];
    const params = { material: '证明材料' };
    expect(outcome({ ofCategory, materials })).toStrictEqual([
      { result: 'attach', reasons: [{ code: 'TO_ATTACH', params }] },
    ]);
    const admitted = draftOf({ attachments: [{ material: 'proof', state: 'admitted' }] });
    expect(outcome({ ofCategory, materials }, { draft: admitted })).toStrictEqual([
      { result: 'met', reasons: [{ code: 'ATTACHED', params }] },
    ]);
    expect(outcome({ ofCategory, materials }, { draft: draftOf() })).toMatchObject([
      { reasons: [{ code: 'TO_ATTACH', params }, requires] },
    ]);
    expect(outcome({ ofCategory: [gate({ material: 'gone' })] }, { draft: draftOf() })).toMatchObject([
      { result: 'notMet', reasons: [{ params: { material: 'gone' } }, requires], fault: { path: 'materials.gone' } },
    ]);
  });

  test('that nothing decides are shown', () => {
    expect(outcome({ ofCategory: [gate({}), priority({})] })).toStrictEqual([
      { result: 'shown', reasons: [{ code: 'TO_SHOW' }] },
      { result: 'shown', reasons: [{ code: 'PRIORITY_TO_SHOW' }] },
    ]);
  });
});

describe('limits', () => {
  const scope = { code: '1', title: '党建', limit: 3, clause: '三' };

  test('are judged by the places they leave', () => {
    const rule = {
      kind: 'limit',
      effect: 'gate',
      text: { code: 'LIMIT', params: { scope: '党建', limit: 3 } },
      clause: '三',
    };
    expect(judgeLimits([{ scope, count: 2 }])).toStrictEqual([
      { ...rule, result: 'met', reasons: [{ code: 'PLACES_LEFT', params: { count: 2, left: 1 } }] },
    ]);
    expect(judgeLimits([{ scope, count: 3 }])).toStrictEqual([
      { ...rule, result: 'notMet', reasons: [{ code: 'NO_PLACE_LEFT', params: { count: 3, left: 0 } }] },
    ]);
    expect(judgeLimits([{ scope: { title: '通知', limit: 1 }, count: 0 }])[0]).not.toHaveProperty('clause');
  });

  test('leave no fewer places than none', () => {
    expect([2, 3, 4].map((count) => placesLeft({ scope, count }))).toEqual([1, 0, 0]);
  });
});

describe('joint applications', () => {
  const told = (joint: Record<string, unknown>) => ofKind('joint', caseWith({}, {}, { joint }));
  const rule = { kind: 'joint', effect: 'gate' };

  test('that are not allowed are told of, in the words of the notice or in ours', () => {
    const reasons = [{ code: 'NO_PARTNERS' }];
    expect(told({ allowed: false })).toStrictEqual([
      { ...rule, result: 'shown', text: { code: 'NO_PARTNERS' }, reasons },
    ]);
    expect(told({ allowed: false, text: '不接受联合申报', clause: '四' })).toStrictEqual([
      { ...rule, result: 'shown', text: '不接受联合申报', reasons, clause: '四' },
    ]);
  });

  test('are told of with how many partners may or have to be named', () => {
    const params = { least: 0, most: 10 };
    expect(told({ allowed: true })).toStrictEqual([
      {
        ...rule,
        result: 'shown',
        text: { code: 'PARTNERS', params },
        reasons: [{ code: 'MAY_NAME_PARTNERS', params }],
      },
    ]);
    const asked = { least: 1, most: 3 };
    expect(told({ allowed: true, minPartners: 1, maxPartners: 3, text: '须联合申报' })).toStrictEqual([
      { ...rule, result: 'answer', text: '须联合申报', reasons: [{ code: 'HAS_TO_NAME_PARTNERS', params: asked }] },
    ]);
  });

  test('go by the category’s own words before those of the call', () => {
    const one = caseWith({}, {}, { joint: { allowed: true } });
    const category = { ...one.place.category, joint: { allowed: false } as const };
    expect(ofKind('joint', { ...one, place: { ...one.place, category } })).toMatchObject([
      { text: { code: 'NO_PARTNERS' } },
    ]);
    expect(ofKind('joint', caseWith())).toEqual([]);
  });

  const terms = { allowed: true, leadNamed: true, minPartners: 0, maxPartners: 9, partnersCount: false } as const;
  const partners = [
    { place: 0, unit: society({ name: '农学会' }) },
    { place: 2, unit: society({ name: '某公司', kinds: ['企业', '学校'] }) },
  ];

  test('hold each partner to the kinds that may take part', () => {
    const kinds = { ...rule, text: { code: 'PARTNER_KINDS', params: { expected: '企业、高校' } }, reasons: [] };
    const params = { of: 'partner', expected: '企业、高校', unit: '农学会' };
    const joint = { ...terms, partners: ['企业', '高校'] };
    expect(judgeKindsOfPartners(joint, partners)).toStrictEqual([
      { ...kinds, result: 'notMet', fault: { path: 'partners[0]', code: 'APPLICANT_KIND', params } },
      { ...kinds, result: 'met' },
    ]);
    expect(judgeKindsOfPartners({ ...joint, clause: '四' }, partners)).toMatchObject([
      { clause: '四', fault: { clause: '四' } },
      { clause: '四' },
    ]);
  });

  test('take a partner of any kind where none is named, or where there are no joint applications', () => {
    expect(judgeKindsOfPartners(terms, partners)).toEqual([]);
    expect(judgeKindsOfPartners({ allowed: false }, partners)).toEqual([]);
    expect(judgeKindsOfPartners(undefined, partners)).toEqual([]);
  });
});

test('what a priority does not meet refuses nobody, nor a gate without a fault', () => {
  const judgement = { kind: 'condition', text: '', reasons: [], result: 'notMet' } as const;
  const fault = { path: '', code: 'CONDITION_NOT_MET' } as const;
  expect(refusals([{ ...judgement, effect: 'priority', fault }])).toEqual([]);
  expect(refusals([{ ...judgement, effect: 'gate' }])).toEqual([]);
  expect(refusals([{ ...judgement, effect: 'gate', fault }])).toEqual([fault]);
  expect(refusals([{ ...judgement, effect: 'gate', result: 'met', fault }])).toEqual([]);
  expect(verdictOf([{ ...judgement, effect: 'priority', result: 'declare' }])).toBe('mayApply');
});
