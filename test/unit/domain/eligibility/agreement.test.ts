import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { conditionsOf } from '#shared/domain/call/conditions.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type Case, judge } from '#shared/domain/eligibility/judge.ts';
import { judgeLimits } from '#shared/domain/eligibility/judge-limits.ts';
import { verdictOf } from '#shared/domain/eligibility/judgement.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { compileRules } from '#shared/domain/expression/compile.ts';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import { limitsOf, limitsReached } from '#shared/domain/limits/limits.ts';
import { acceptSubmission } from '#shared/domain/submission/accept-submission.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { draftHead } from '#shared/domain/submission/transitions.ts';
import { applicant } from '#test/support/applicants.ts';
import { BEGUN_DRAFT } from '#test/support/begun-draft.ts';
import { callHead, writtenForm } from '#test/support/calls.ts';
import { JUDGED_AT, writtenCallWith } from '#test/support/cases.ts';
import { runsOf } from '#test/support/property-runs.ts';

/** Of the record alone, of the draft alone, of either, and such as cannot be worked out for a unit whose founding is unknown. */
const RULES = [
  'unit.rating >= 3',
  '"hasPartyBranch" in unit.flags',
  'unit.foundedYear == call.fiscalYear',
  'yearsBetween(unit.foundedOn, call.today) >= 5',
  'answers.people >= 100',
  'has(answers.people) && answers.people < 500',
  'answers.kind == "key" || unit.rating >= 4',
  'answers.people >= 100 || yearsBetween(unit.foundedOn, call.today) >= 5',
  'yearsBetween(unit.foundedOn, call.today) >= 5 ? answers.people > 50 : answers.people > 200',
  'unit.rating >= 3 && answers.people > 50',
  'submission.attachments.proof >= 1 || "hasPartyBranch" in unit.flags',
  'submission.partners == 0',
];

const [section] = writtenForm.sections;
const form = {
  ...writtenForm,
  sections: [
    { ...section, fields: [...(section?.fields ?? []), { key: 'people', label: '人次', type: 'integer', min: 0 }] },
  ],
};
const materials = [
  { key: 'application', title: '申报书', required: true, accept: ['pdf'] },
  { key: 'proof', title: '证明', accept: ['pdf'] },
];

const condition = fc.record({
  effect: fc.constantFrom('gate', 'gate', 'priority'),
  by: fc.oneof(
    fc.constantFrom(...RULES).map((rule) => ({ rule })),
    fc.constantFrom('hasVenue', 'hasStaff').map((declare) => ({ declare })),
    fc.constantFrom('application', 'proof').map((material) => ({ material })),
    fc.constant({}),
  ),
});
const conditions = fc
  .array(condition, { maxLength: 2 })
  .map((list) => list.map(({ effect, by }) => ({ text: '条件', effect, ...by })));

const day = fc.constantFrom('2021-12-31', '2022-03-09', '2022-03-10', '2022-03-11', '2025-01-01');
const record = fc.record({
  kinds: fc.constantFrom('市级学会', '市级学会', '企业').map((kind) => [kind]),
  rating: fc.option(fc.record({ grade: fc.constantFrom('1A', '3A', '5A'), validUntil: day }), { nil: undefined }),
  foundedOn: fc.constantFrom(undefined, '2022-01-05', '2001-06-30'),
  flags: fc.subarray(['hasPartyBranch']),
  sanctions: fc.array(fc.record({ reason: fc.constant('转包'), from: day, until: day }), { maxLength: 1 }),
  overdue: fc.array(fc.record({ what: fc.constant('总结'), since: day }), { maxLength: 1 }),
});
const answers = fc.record(
  {
    name: fc.constant('甲'),
    kind: fc.constantFrom('key', 'other'),
    people: fc.constantFrom(0, 60, 100, 500),
    hasVenue: fc.boolean(),
    hasStaff: fc.boolean(),
  },
  { requiredKeys: ['name'] },
);
const written = fc.record({
  ofCall: conditions,
  ofGroup: conditions,
  ofCategory: conditions,
  history: fc.constantFrom(undefined, { overdue: {} }),
});
const situation = fc.record({ written, record, answers, proven: fc.boolean(), counts: fc.array(fc.nat(3)) });
type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

const attachmentOf = (material: string, place: number): Attachment => ({
  attachmentId: String(place).repeat(26),
  material,
  filename: '申报书.pdf',
  contentType: 'application/pdf',
  size: 10,
  sha256: 'ab'.repeat(32),
  state: 'admitted',
  versionId: 'v1',
  createdAt: '2022-03-10T00:00:00.000Z',
});

/** The category with its rules read: once for all drafts that are tried on it, for reading them takes most of the time. */
const rulesRead = new WeakMap<Situation['written'], CategoryRules>();

const rulesOf = (written: Situation['written']): CategoryRules => {
  const known = rulesRead.get(written);
  if (known !== undefined) return known;
  const { history, ...places } = written;
  const { forms, ...call } = CallDefinition.parse(
    writtenCallWith({ ...places, materials }, { fiscalYear: 2022, forms: { apply: form }, history }),
  );
  const place = findCategory(call.categories, '2-1');
  if (place === undefined || forms.apply === undefined) throw new Error('The call has no category 2-1');
  const whole = withDeclarations(forms.apply, call, place);
  const decide = compileRules(categoryScope(whole, place.category, conditionsOf(place, call.conditions)));
  const rules: CategoryRules = { version: 1, call, place, form: whole, decide };
  rulesRead.set(written, rules);
  return rules;
};

/** What decides in this situation: the category, the unit, and all of a draft that is complete for its form. */
const settingOf = ({ written, record, answers, proven }: Situation) => {
  const rules = rulesOf(written);
  const { call, place, form: whole, decide } = rules;
  const declared = whole.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
  const known = Object.fromEntries(Object.entries(answers).filter(([key]) => declared.includes(key)));
  const attachments = ['application', ...(proven ? ['proof'] : [])].map(attachmentOf);
  const { rating, foundedOn, ...rest } = record;
  const unit = applicant({
    ...rest,
    ...(rating === undefined ? {} : { rating }),
    ...(foundedOn === undefined ? {} : { foundedOn }),
  });
  const one: Case = { terms: call, place, decide, window: callHead(), unit, judgedAt: JUDGED_AT };
  return { rules, unit, attachments, answers: known, one };
};

/** Whether a submit would go through, by the very functions that decide it. */
const isAccepted = ({ rules, unit, attachments, answers }: ReturnType<typeof settingOf>, counts: readonly number[]) => {
  const head = draftHead(BEGUN_DRAFT);
  try {
    const { limits } = acceptSubmission({
      submission: { head, answers, attachments, partners: [] },
      call: callHead(),
      deadline: callHead(),
      rules,
      unit,
      partners: [],
      receivedAt: JUDGED_AT,
      receiptNo: '2'.repeat(26),
    });
    return limitsReached(limits, counts).length === 0;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'VALIDATION_FAILED') return false;
    throw error;
  }
};

/** Both tests together take some seconds of one core. */
const RUNS = runsOf(1_000);

describe('eligibility and submit', { timeout: 60_000 }, () => {
  test('never disagree: a complete draft goes through if and only if nothing bars it and a place is left', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(situation, (given) => {
        const setting = settingOf(given);
        const { one, attachments, answers, rules } = setting;
        const limits = limitsOf(rules.call, rules.place.path);
        const counted = limits.map((scope, place) => ({ scope, count: given.counts[place] ?? 0 }));
        const judged = judge({ ...one, draft: { answers, attachments, partners: [] } });
        const accepted = isAccepted(setting, given.counts);
        seen[accepted ? 'accepted' : 'refused'] += 1;
        expect(accepted).toBe(verdictOf([...judged, ...judgeLimits(counted)]) !== 'mayNot');
      }),
      { numRuns: RUNS },
    );
    // Neither side is tried by accident alone.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(RUNS / 10);
  });

  test('never disagree: whom the record bars no answers and no files let through', () => {
    let barred = 0;
    fc.assert(
      fc.property(
        situation,
        fc.array(fc.tuple(answers, fc.boolean()), { minLength: 3, maxLength: 3 }),
        (given, drafts) => {
          if (verdictOf(judge(settingOf(given).one)) !== 'mayNot') return;
          barred += 1;
          for (const [answers, proven] of drafts)
            expect(isAccepted(settingOf({ ...given, answers, proven }), [])).toBe(false);
        },
      ),
      { numRuns: RUNS },
    );
    expect(barred).toBeGreaterThan(RUNS / 10);
  });
});
