import { describe, expect, test } from 'vitest';
import { type Case, factsOf } from '#shared/domain/eligibility/judge.ts';
import { knownFacts } from '#shared/domain/eligibility/known-facts.ts';
import { unitFacts } from '#shared/domain/eligibility/rule-facts.ts';
import { applicant } from '#test/support/applicants.ts';
import { caseOf, writtenCallWith } from '#test/support/cases.ts';

const society = (record: Parameters<typeof applicant>[0] = {}) =>
  applicant({ name: '常德市医学会', kinds: ['市级学会'], ...record });
const caseWith = (
  written: Parameters<typeof writtenCallWith>[0] = {},
  overrides: Partial<Case> = {},
  call: Record<string, unknown> = {},
): Case => caseOf(writtenCallWith(written, call), overrides);

describe('what rules read', () => {
  test('of a unit is its record on the day: an expired rating is none, what is unknown is nothing', () => {
    const rating = { grade: '3A', validUntil: '2022-03-10' };
    const unit = society({ rating, foundedOn: '1985-06-01', flags: ['hasPartyBranch'] });
    const facts = {
      ...{ kinds: ['市级学会'], rating: 3, foundedOn: '1985-06-01', foundedYear: 1985, flags: ['hasPartyBranch'] },
    };
    expect(unitFacts(unit, '2022-03-10')).toStrictEqual(facts);
    expect(unitFacts(unit, '2022-03-11')).toStrictEqual({ ...facts, rating: 0 });
    expect(unitFacts(applicant(), '2022-03-10')).toStrictEqual({
      ...{ kinds: [], rating: 0, foundedOn: '', foundedYear: 0, flags: [] },
    });
  });

  test('of a call are its days in its own zone, of which the last is that of its last moment', () => {
    const one = caseWith({}, {}, { fiscalYear: 2022 });
    expect(factsOf(one).call).toStrictEqual({
      ...{ fiscalYear: 2022, opensOn: '2022-03-01', closesOn: '2022-03-31', today: '2022-03-10' },
    });
    expect(factsOf(caseWith()).call.fiscalYear).toBe(0);
    expect(factsOf(one)).not.toHaveProperty('submission');
  });

  test('of a draft are its answers, its admitted files and those who consented', () => {
    const attachments = [
      { material: 'application', state: 'admitted' },
      { material: 'application', state: 'admitted' },
      { material: 'application', state: 'expected' },
      { material: 'other', state: 'admitted' },
    ] as const;
    const partners = [
      { place: 0, unit: society({ kinds: ['企业', '学校'] }) },
      { place: 1, unit: society({ kinds: ['企业'] }) },
    ];
    const answers = { kind: 'key' };
    const { submission, answers: read } = factsOf(caseWith({}, { draft: { answers, attachments, partners } }));
    expect(read).toBe(answers);
    expect(submission).toStrictEqual({
      ...{ category: '2-1', partners: 2, partnerKinds: ['企业', '学校'], attachments: { application: 2 } },
    });
  });
});

describe('what is known of a unit', () => {
  const unit = society({
    rating: { grade: '3A', validUntil: '2022-03-10' },
    foundedOn: '1985-06-01',
    kinds: ['市级学会', '企业'],
    flags: ['hasPartyBranch'],
  });
  const rating = { grade: '3A', validUntil: '2022-03-10' };

  test.each<[string, object[]]>([
    ['unit.rating >= 3', [{ code: 'RATED', params: rating }]],
    ['unit.foundedYear < 2000', [{ code: 'FOUNDED', params: { foundedOn: '1985-06-01' } }]],
    ['"企业" in unit.kinds', [{ code: 'OF_KIND', params: { kinds: '市级学会、企业' } }]],
    ['"hasPartyBranch" in unit.flags', [{ code: 'FLAGGED', params: { flag: '建有党组织' } }]],
    ["'ownFlag'  in  unit.flags", [{ code: 'NOT_FLAGGED', params: { flag: 'ownFlag' } }]],
    [
      '"hasPartyBranch" in unit.flags || "x1" in unit.flags && "hasPartyBranch" in unit.flags',
      [
        { code: 'FLAGGED', params: { flag: '建有党组织' } },
        { code: 'NOT_FLAGGED', params: { flag: 'x1' } },
      ],
    ],
    ['answers.people > 100', []],
    [
      'unit.foundedOn != "" && unit.rating > 0',
      [
        { code: 'RATED', params: rating },
        { code: 'FOUNDED', params: { foundedOn: '1985-06-01' } },
      ],
    ],
  ])('is told as far as the rule %s reads it', (rule, facts) => {
    expect(knownFacts(rule, unit, '2022-03-10')).toStrictEqual(facts);
  });

  test('says so where it has expired, or is not known', () => {
    expect(knownFacts('unit.rating >= 3', unit, '2022-03-11')).toStrictEqual([
      { code: 'RATING_EXPIRED', params: rating },
    ]);
    const nothing = ['unit.rating >= 3', 'unit.foundedYear < 2000', '"企业" in unit.kinds'].flatMap((rule) =>
      knownFacts(rule, applicant(), '2022-03-10'),
    );
    expect(nothing).toStrictEqual([{ code: 'NOT_RATED' }, { code: 'FOUNDING_UNKNOWN' }, { code: 'OF_NO_KIND' }]);
  });
});
