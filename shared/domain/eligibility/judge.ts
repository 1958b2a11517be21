import type { CallWindow } from '#shared/domain/call/call-head.ts';
import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { CategoryPlace } from '#shared/domain/call/category-tree.ts';
import { dayIn } from '#shared/domain/deadline/day-in.ts';
import type { Decide, RuleFacts } from '#shared/domain/expression/facts.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import type { Applicant } from './applicant.ts';
import { applyingConditions } from './applying-conditions.ts';
import { judgeConditions } from './judge-conditions.ts';
import { type JudgedPartner, jointOf, judgeJoint, judgePartners } from './judge-partners.ts';
import { judgeKinds, judgePast } from './judge-record.ts';
import type { Judgement } from './judgement.ts';
import { callFacts, submissionFacts, unitFacts } from './rule-facts.ts';

/** As much of a draft as decides whether its unit may apply. */
export interface JudgedDraft {
  /** Visible ones, in canonical form. */
  readonly answers: Answers;
  readonly attachments: readonly Pick<Attachment, 'material' | 'state'>[];
  /** Those who consented: of others nothing is told. */
  readonly partners: readonly JudgedPartner[];
}

/** One unit before one category, with all that decides. */
export interface Case {
  readonly terms: Pick<CallTerms, 'conditions' | 'history' | 'joint' | 'fiscalYear'>;
  readonly place: CategoryPlace;
  readonly decide: Decide;
  readonly window: Pick<CallWindow, 'opensAt' | 'closesAt' | 'timezone'>;
  readonly unit: Applicant;
  /** ms. What the record says counts on the day it is then in the call's zone. */
  readonly judgedAt: number;
  readonly draft?: JudgedDraft;
}

/** All that rules can read of a case. */
export const factsOf = ({ terms, place, window, unit, judgedAt, draft }: Omit<Case, 'decide'>): RuleFacts => {
  const today = dayIn(window.timezone, judgedAt);
  const facts = { unit: unitFacts(unit, today), call: callFacts(terms, window, today) };
  if (draft === undefined) return facts;
  const partners = draft.partners.map((partner) => partner.unit);
  return {
    ...facts,
    submission: submissionFacts(place.category, draft.attachments, partners),
    answers: draft.answers,
  };
};

/**
 * Judges a unit before a category, rule by rule: its kinds, its past, its partners, the conditions of call, groups and category. The one judge there is:
 * an applicant is told its judgements, and what it refuses refuses a submit. What is `notMet` without a draft stays so whatever a draft says. Limits are
 * judged apart (`judgeLimits`), for only a tally knows what counts.
 */
export const judge = (one: Case, facts: RuleFacts = factsOf(one)): Judgement[] => {
  const { terms, place, decide, unit, draft } = one;
  const { today } = facts.call;
  const joint = jointOf(terms, place.category);
  return [
    judgeKinds(place.category, unit),
    ...judgePast(terms, unit, today, 'unitId'),
    ...(draft === undefined ? judgeJoint(joint) : judgePartners(terms, joint, draft.partners, today)),
    ...judgeConditions(applyingConditions(terms, place), {
      unit,
      facts,
      decide,
      materials: place.category.materials,
      begun: new Set(draft?.attachments.map(({ material }) => material)),
    }),
  ];
};
