import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { Category } from '#shared/domain/call/definition.ts';
import type { Joint } from '#shared/domain/call/joint.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import { at } from '#shared/domain/fault.ts';
import type { Applicant } from './applicant.ts';
import { judgePast } from './judge-record.ts';
import type { Judgement } from './judgement.ts';

/** A partner that consented, and its place among all that were named. */
export interface JudgedPartner {
  readonly place: number;
  readonly unit: Applicant;
}

/** A category's own words on joint applications, or the call's. */
export const jointOf = (terms: Pick<CallTerms, 'joint'>, category: Pick<Category, 'joint'>): Joint | undefined =>
  category.joint ?? terms.joint;

/** What a category says of joint applications, before there is a draft that names partners. */
export const judgeJoint = (joint: Joint | undefined): Judgement[] => {
  if (joint === undefined) return [];
  const rule = { kind: 'joint', effect: 'gate', ...clauseIn(joint.clause) } as const;
  if (!joint.allowed) {
    return [
      { ...rule, result: 'shown', text: joint.text ?? { code: 'NO_PARTNERS' }, reasons: [{ code: 'NO_PARTNERS' }] },
    ];
  }
  const { minPartners: least, maxPartners: most } = joint;
  const params = { least, most };
  return [
    {
      ...rule,
      result: least > 0 ? 'answer' : 'shown',
      text: joint.text ?? { code: 'PARTNERS', params },
      reasons: [{ code: least > 0 ? 'HAS_TO_NAME_PARTNERS' : 'MAY_NAME_PARTNERS', params }],
    },
  ];
};

const judgePartnerKinds = (kinds: readonly string[], { place, unit }: JudgedPartner, clause?: string): Judgement => {
  const expected = kinds.join('、');
  const rule = {
    kind: 'joint',
    effect: 'gate',
    text: { code: 'PARTNER_KINDS', params: { expected } },
    reasons: [],
    ...clauseIn(clause),
  } as const;
  if (kinds.some((kind) => unit.kinds.includes(kind))) return { ...rule, result: 'met' };
  const params = { of: 'partner', expected, unit: unit.name };
  return {
    ...rule,
    result: 'notMet',
    fault: { path: at('partners', place), code: 'APPLICANT_KIND', params, ...clauseIn(clause) },
  };
};

/** The kinds of unit that may take part; nothing where any may. A unit is told this on being named, before anybody asks for its consent. */
export const judgeKindsOfPartners = (joint: Joint | undefined, partners: readonly JudgedPartner[]): Judgement[] => {
  if (!joint?.allowed || joint.partners === undefined) return [];
  const { partners: kinds, clause } = joint;
  return partners.map((partner) => judgePartnerKinds(kinds, partner, clause));
};

/** What each partner is held to: the kinds that may take part, and its own past. How many there are to be is not looked at here. */
export const judgePartners = (
  terms: Pick<CallTerms, 'history'>,
  joint: Joint | undefined,
  partners: readonly JudgedPartner[],
  today: string,
): Judgement[] => [
  ...judgeKindsOfPartners(joint, partners),
  ...partners.flatMap(({ place, unit }) => judgePast(terms, unit, today, at('partners', place))),
];
