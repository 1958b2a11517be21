import type { CallHead } from '#shared/domain/call/call-head.ts';
import { type Applicant, withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import { type Case, factsOf, judge } from '#shared/domain/eligibility/judge.ts';
import { type JudgedPartner, jointOf } from '#shared/domain/eligibility/judge-partners.ts';
import { refusals } from '#shared/domain/eligibility/judgement.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import type { CategoryRules } from './category-rules.ts';
import { materialFaults } from './materials.ts';
import { partnersFaults } from './partners.ts';
import type { Submission } from './submission.ts';

/** A submission before a submit of it, and all that decides on it besides the limits. */
export interface Candidate {
  readonly submission: Submission;
  readonly call: CallHead;
  /** Of the version in force. */
  readonly rules: CategoryRules;
  readonly unit: Applicant;
  /** The records of the partners that consented, in any order. */
  readonly partners: readonly Applicant[];
  /** ms, API Gateway's clock. */
  readonly receivedAt: number;
}

export interface CheckedSubmission {
  /** As they count: of the version in force, without what it hides. */
  readonly answers: Answers;
  /** Whether these differ from the ones that are kept, which only another version of the call can bring about. */
  readonly changed: boolean;
  readonly faults: readonly Fault[];
}

/** Partners that consented, by their place among all that were named. */
const consenting = ({ partners: named }: Submission, records: readonly Applicant[]): JudgedPartner[] =>
  named.flatMap(({ unitId, name, consentedAt }, place) => {
    if (consentedAt === undefined) return [];
    const record = records.find(({ organizationId }) => organizationId === unitId);
    return [{ place, unit: record ?? { ...withoutRecord(unitId), name } }];
  });

/** Everything a submit asks of applicant, partners, answers and materials, all faults at once. The window and the limits are not looked at. */
export const checkSubmission = (candidate: Candidate): CheckedSubmission => {
  const { submission, call: window, rules, unit, partners, receivedAt: judgedAt } = candidate;
  const { answers: kept, attachments } = submission;
  const { call: terms, place, form, decide } = rules;
  const { category } = place;
  const shaped = checkShape(form, category.fixed, kept);
  const draft = { answers: shaped.answers, attachments, partners: consenting(submission, partners) };
  const one: Case = { terms, place, decide, window, unit, judgedAt, draft };
  const facts = factsOf(one);
  const refused = refusals(judge(one, facts));
  const context = {
    fixed: category.fixed,
    amountCeilingFen: amountCeilingFen(category.amount),
    decide: (rule: string, answers: Answers) => decide(rule, { ...facts, answers }),
  };
  const ofAnswers = [
    ...shaped.faults,
    ...(shaped.faults.length > 0 ? [] : checkComplete(form, context, shaped.answers)),
  ];
  // A declaration that the form itself finds missing or misshapen is told once.
  const toldByForm = new Set(ofAnswers.map(({ path }) => path));
  return {
    answers: shaped.answers,
    // What is canonical as it is kept comes back as the very object.
    changed: shaped.answers !== kept,
    faults: [
      ...refused.filter(({ code, path }) => code !== 'DECLARATION_NEEDED' || !toldByForm.has(path)),
      ...partnersFaults(jointOf(terms, category), submission.partners),
      ...ofAnswers,
      ...materialFaults(category.materials, attachments),
    ],
  };
};
