import { describe, expect, test } from 'vitest';
import type { Case } from '#shared/domain/eligibility/judge.ts';
import { judge } from '#shared/domain/eligibility/judge.ts';
import { judgeLimits, limitsToTell } from '#shared/domain/eligibility/judge-limits.ts';
import { refusals, verdictOf } from '#shared/domain/eligibility/judgement.ts';
import { limitsOf, MOST_SUBMISSIONS } from '#shared/domain/limits/limits.ts';
import { applicant } from '#test/support/applicants.ts';
import { caseOf, draftOf, writtenCallWith } from '#test/support/cases.ts';

const caseWith = (
  written: Parameters<typeof writtenCallWith>[0] = {},
  overrides: Partial<Case> = {},
  call: Record<string, unknown> = {},
): Case => caseOf(writtenCallWith(written, call), overrides);

const conditionsOf = (one: Case) => judge(one).filter(({ kind }) => kind === 'condition');
const society = (record: Parameters<typeof applicant>[0]) =>
  applicant({ name: '常德市医学会', kinds: ['市级学会'], ...record });
const gate = (rest: Record<string, unknown>) => ({ text: '条件', effect: 'gate', ...rest });
const priority = (rest: Record<string, unknown>) => ({ text: '优先', effect: 'priority', ...rest });
const RATED = { text: '评估等级3A以上', effect: 'gate', rule: 'unit.rating >= 3', clause: '二、（三）' };

describe('a unit', () => {
  test('of a kind that is named may apply', () => {
    const judgements = judge(caseWith());
    expect(judgements.map(({ kind, result }) => [kind, result])).toEqual([
      ['applicants', 'met'],
      ['sanction', 'met'],
    ]);
    expect(verdictOf(judgements)).toBe('mayApply');
    expect(refusals(judgements)).toEqual([]);
  });

  test('of no such kind may not, and is told which are named', () => {
    const judgements = judge(caseWith({}, { unit: society({ kinds: ['企业'] }) }));
    expect(verdictOf(judgements)).toBe('mayNot');
    expect(refusals(judgements)).toEqual([
      { path: 'unitId', code: 'APPLICANT_KIND', params: { expected: '市级学会、高校科协' } },
    ]);
  });

  test.each([
    ['2022-03-10', '2022-03-10', 'notMet'],
    ['2022-03-11', '2022-12-31', 'met'],
    ['2020-01-01', '2022-03-09', 'met'],
    ['2020-01-01', '2022-03-10', 'notMet'],
  ])('under a sanction from %s until %s is judged: %s', (from, until, result) => {
    const unit = society({ sanctions: [{ reason: '弄虚作假', from, until }] });
    const [, sanction] = judge(caseWith({}, { unit }));
    expect(sanction).toMatchObject({ kind: 'sanction', result });
  });

  test('under a sanction is barred on days of the call’s own zone', () => {
    const unit = society({ sanctions: [{ reason: '弄虚作假', from: '2022-03-11', until: '2022-12-31' }] });
    const lastMoment = Date.UTC(2022, 2, 10, 16) - 1;
    expect(refusals(judge(caseWith({}, { unit, judgedAt: lastMoment })))).toEqual([]);
    expect(refusals(judge(caseWith({}, { unit, judgedAt: lastMoment + 1 })))).toMatchObject([{ code: 'SANCTIONED' }]);
  });

  test('under a sanction is told reason and days, in the words and with the clause of the notice', () => {
    const unit = society({ sanctions: [{ reason: '弄虚作假', from: '2021-01-01', until: '2023-12-31' }] });
    const history = { sanctioned: { text: '三年内不得申报', clause: '六' } };
    const judgements = judge(caseWith({}, { unit }, { history }));
    expect(judgements).toContainEqual(expect.objectContaining({ text: '三年内不得申报', clause: '六' }));
    expect(refusals(judgements)).toEqual([
      {
        path: 'unitId',
        code: 'SANCTIONED',
        params: { unit: '常德市医学会', reason: '弄虚作假', from: '2021-01-01', until: '2023-12-31' },
        clause: '六',
      },
    ]);
  });

  test('with something overdue is barred where the call says so, and nowhere else', () => {
    const unit = society({ overdue: [{ what: '2021年度总结报告', since: '2022-01-31', clause: '旧通知五' }] });
    expect(refusals(judge(caseWith({}, { unit })))).toEqual([]);
    expect(refusals(judge(caseWith({}, { unit }, { history: { overdue: {} } })))).toMatchObject([
      { path: 'unitId', code: 'OVERDUE', params: { what: '2021年度总结报告' }, clause: '旧通知五' },
    ]);
    expect(refusals(judge(caseWith({}, { unit }, { history: { overdue: { clause: '二、4' } } })))).toMatchObject([
      { code: 'OVERDUE', clause: '二、4' },
    ]);
  });
});

describe('a condition that a rule decides', () => {
  test('is met by a rating that is valid on the day, and by no other', () => {
    const rated = (grade: string, validUntil: string) =>
      conditionsOf(caseWith({ ofCategory: [RATED] }, { unit: society({ rating: { grade, validUntil } }) }));
    expect(rated('3A', '2022-03-10')).toMatchObject([{ result: 'met', reasons: [{ code: 'RATED' }] }]);
    expect(rated('3A', '2022-03-09')).toMatchObject([{ result: 'notMet', reasons: [{ code: 'RATING_EXPIRED' }, {}] }]);
    expect(rated('2A', '2030-01-01')).toMatchObject([{ result: 'notMet', reasons: [{ code: 'RATED' }, {}] }]);
  });

  test('says what is known of the unit and what is asked', () => {
    const rating = { grade: '2A', validUntil: '2024-12-31' };
    const [judgement] = conditionsOf(caseWith({ ofCategory: [RATED] }, { unit: society({ rating }) }));
    expect(judgement).toMatchObject({
      text: '评估等级3A以上',
      clause: '二、（三）',
      reasons: [
        { code: 'RATED', params: rating },
        { code: 'REQUIRES', params: { message: '评估等级3A以上' } },
      ],
      fault: {
        path: 'categories.2-1.conditions[0]',
        code: 'CONDITION_NOT_MET',
        params: { message: '评估等级3A以上', fact: 'RATED', ...rating },
        clause: '二、（三）',
      },
    });
  });

  test('stands on the call, on its groups or on the category, and is told by where it stands', () => {
    const branch = gate({ rule: '"hasPartyBranch" in unit.flags', message: '须建有党组织' });
    const one = caseWith({ ofCall: [gate({}), branch], ofGroup: [branch], ofCategory: [branch] });
    expect(refusals(judge(one))).toMatchObject([
      { path: 'conditions[1]', params: { message: '须建有党组织', fact: 'NOT_FLAGGED', flag: '建有党组织' } },
      { path: 'categories.2.conditions[0]' },
      { path: 'categories.2-1.conditions[0]' },
    ]);
  });

  test('on answers is decided by the draft, and by none refused that did not answer', () => {
    const ofCategory = [gate({ rule: 'answers.kind == "key"' })];
    const results = (draft?: Case['draft']) =>
      conditionsOf(caseWith({ ofCategory }, draft === undefined ? {} : { draft })).map(({ result }) => result);
    expect(results()).toEqual(['answer']);
    expect(results(draftOf())).toEqual(['answer']);
    expect(results(draftOf({ answers: { kind: 'key' } }))).toEqual(['met']);
    expect(results(draftOf({ answers: { kind: 'other' } }))).toEqual(['notMet']);
  });

  test('reads how many partners consented', () => {
    const ofCategory = [gate({ rule: 'submission.partners >= 1' })];
    const partners = [{ place: 1, unit: society({ organizationId: 'unit-2' }) }];
    expect(conditionsOf(caseWith({ ofCategory }, { draft: draftOf({ partners }) }))).toMatchObject([{ result: 'met' }]);
    expect(conditionsOf(caseWith({ ofCategory }, { draft: draftOf() }))).toMatchObject([{ result: 'notMet' }]);
  });
});

describe('a condition that is declared', () => {
  const ofCategory = [gate({ declare: 'hasVenue' })];

  test('waits for the draft, and is met by nothing but yes', () => {
    expect(conditionsOf(caseWith({ ofCategory }))).toMatchObject([{ result: 'declare' }]);
    const faultsOf = (answers: Record<string, boolean>) =>
      refusals(judge(caseWith({ ofCategory }, { draft: draftOf({ answers }) })));
    expect(faultsOf({ hasVenue: true })).toEqual([]);
    for (const answers of [{}, { hasVenue: false }])
      expect(faultsOf(answers)).toEqual([
        { path: 'hasVenue', code: 'DECLARATION_NEEDED', params: { message: '条件' } },
      ]);
  });
});

describe('a condition that a material proves', () => {
  const ofCategory = [gate({ material: 'proof', clause: '三' })];
  const withMaterial = (required: boolean, draft?: Case['draft']): Case => {
    const materials = [{ key: 'proof', title: '证明材料', accept: ['pdf'], required }];
    return caseWith({ ofCategory, materials }, draft === undefined ? {} : { draft });
  };

  test('waits for the file, and is met by one that is admitted', () => {
    expect(conditionsOf(withMaterial(false))).toMatchObject([{ result: 'attach' }]);
    const admitted = draftOf({ attachments: [{ material: 'proof', state: 'admitted' }] });
    expect(conditionsOf(withMaterial(false, admitted))).toMatchObject([{ result: 'met' }]);
    expect(refusals(judge(withMaterial(false, draftOf())))).toEqual([
      {
        path: 'materials.proof',
        code: 'CONDITION_NOT_MET',
        params: { message: '条件', material: '证明材料' },
        clause: '三',
      },
    ]);
  });

  test('leaves to the check of the files what that says itself', () => {
    const expected = draftOf({ attachments: [{ material: 'proof', state: 'expected' }] });
    for (const one of [withMaterial(true, draftOf()), withMaterial(false, expected)]) {
      expect(conditionsOf(one)).toMatchObject([{ result: 'notMet' }]);
      expect(refusals(judge(one))).toEqual([]);
    }
  });
});

describe('a priority', () => {
  test('refuses nobody, whatever decides it', () => {
    const ofCategory = [
      priority({ rule: 'unit.rating >= 3' }),
      priority({ declare: 'experienced' }),
      priority({ material: 'application' }),
      priority({}),
    ];
    expect(conditionsOf(caseWith({ ofCategory })).map(({ result }) => result)).toEqual([
      'notMet',
      'declare',
      'attach',
      'shown',
    ]);
    expect(verdictOf(judge(caseWith({ ofCategory })))).toBe('mayApply');
    expect(refusals(judge(caseWith({ ofCategory }, { draft: draftOf() })))).toEqual([]);
  });
});

describe('a verdict', () => {
  test('depends on declarations while a draft decides a gate, and is no verdict on what is only shown', () => {
    for (const open of [{ declare: 'hasVenue' }, { material: 'application' }, { rule: 'answers.kind == "key"' }])
      expect(verdictOf(judge(caseWith({ ofCategory: [gate(open)] })))).toBe('dependsOnDeclarations');
    expect(verdictOf(judge(caseWith({ ofCategory: [gate({})] })))).toBe('mayApply');
    expect(verdictOf(judge(caseWith({ ofCategory: [gate({ declare: 'hasVenue' }), RATED] })))).toBe('mayNot');
  });

  test('is no where a limit leaves no place', () => {
    const scope = { title: '全部', limit: 3, clause: '三' };
    expect(verdictOf(judgeLimits([{ scope, count: 2 }]))).toBe('mayApply');
    const full = judgeLimits([{ scope, count: 3 }]);
    expect(full).toMatchObject([
      { result: 'notMet', clause: '三', reasons: [{ code: 'NO_PLACE_LEFT', params: { left: 0, count: 3 } }] },
    ]);
    expect(verdictOf(full)).toBe('mayNot');
  });

  test('speaks of the limits of the notice, and of our own bound only where it is reached', () => {
    const scopes = limitsOf({ title: '全部' }, [{ code: '1', title: '党建', limitPerUnit: 1 }]);
    const told = (terms: { limitPerUnit?: number }, count: number) =>
      limitsToTell(
        terms,
        scopes.map((scope) => ({ scope, count })),
      ).map(({ scope }) => scope.title);
    expect(told({}, 3)).toEqual(['党建']);
    expect(told({}, MOST_SUBMISSIONS)).toEqual(['全部', '党建']);
    expect(told({ limitPerUnit: 3 }, 0)).toEqual(['全部', '党建']);
  });
});

describe('a joint application', () => {
  const joint = { allowed: true, minPartners: 1, maxPartners: 3, partners: ['企业'], clause: '四' };

  test('is told of before there is a draft', () => {
    const told = (written: Record<string, unknown>) => judge(caseWith({}, {}, { joint: written })).at(-1);
    expect(told(joint)).toMatchObject({ kind: 'joint', result: 'answer', clause: '四' });
    expect(told({ allowed: true })).toMatchObject({ kind: 'joint', result: 'shown' });
    expect(told({ allowed: false, text: '不接受联合申报' })).toMatchObject({ result: 'shown', text: '不接受联合申报' });
  });

  test('holds partners to the kinds that may take part and to their own past, each by its place', () => {
    const sanctions = [{ reason: '转包', from: '2022-01-01', until: '2024-12-31' }];
    const partners = [
      { place: 0, unit: society({ organizationId: 'unit-2', name: '农学会' }) },
      { place: 2, unit: society({ organizationId: 'unit-3', name: '某公司', kinds: ['企业'], sanctions }) },
    ];
    const one = caseWith({}, { draft: draftOf({ partners }) }, { joint });
    expect(refusals(judge(one))).toEqual([
      {
        path: 'partners[0]',
        code: 'APPLICANT_KIND',
        params: { of: 'partner', expected: '企业', unit: '农学会' },
        clause: '四',
      },
      {
        path: 'partners[2]',
        code: 'SANCTIONED',
        params: { unit: '某公司', reason: '转包', from: '2022-01-01', until: '2024-12-31' },
      },
    ]);
  });
});
