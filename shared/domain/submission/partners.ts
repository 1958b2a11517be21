import { createHash } from 'node:crypto';
import type { Joint } from '#shared/domain/call/joint.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import type { JointState, Partner } from './submission.ts';

/** Whether a submission uses up its partners' own limits too. Where neither call nor category says a word (`undefined`), there are no partners. */
export const countsForPartners = (joint: Joint | undefined): boolean => joint?.allowed === true && joint.partnersCount;

/** How many units there are, against what the category takes. Fewer than the least is a fault of a submit alone. */
const countFaults = (joint: Joint | undefined, count: number): Fault[] => {
  if (joint?.allowed !== true)
    return count === 0 ? [] : [{ path: 'partners', code: 'JOINT_NOT_ALLOWED', ...clauseIn(joint?.clause) }];
  const { maxPartners: limit } = joint;
  return count > limit
    ? [{ path: 'partners', code: 'TOO_MANY', params: { of: 'partners', limit }, ...clauseIn(joint?.clause) }]
    : [];
};

/**
 * What is wrong with naming these units beside the lead: a draft may name fewer than the category asks for.
 *
 * @param known those of them that there are
 */
export const namingFaults = (
  joint: Joint | undefined,
  lead: string,
  named: readonly string[],
  known: { has(unitId: string): boolean },
): Fault[] => [
  ...countFaults(joint, named.length),
  ...named.flatMap((unitId, place): Fault[] => {
    const path = at('partners', place);
    if (unitId === lead) return [{ path, code: 'DUPLICATE', params: { of: 'lead' } }];
    if (named.indexOf(unitId) < place) return [{ path, code: 'DUPLICATE' }];
    return known.has(unitId) ? [] : [{ path, code: 'UNKNOWN_UNIT' }];
  }),
];

/** What a submit asks of the partners: as many as the category takes, and the consent of each. */
export const partnersFaults = (joint: Joint | undefined, partners: readonly Partner[]): Fault[] => [
  ...countFaults(joint, partners.length),
  ...(joint?.allowed && partners.length < joint.minPartners
    ? [
        {
          path: 'partners',
          code: 'TOO_FEW',
          params: { of: 'partners', limit: joint.minPartners },
          ...clauseIn(joint?.clause),
        } as const,
      ]
    : []),
  ...partners.flatMap(({ name, consentedAt }, place): Fault[] =>
    consentedAt === undefined ? [{ path: at('partners', place), code: 'CONSENT_MISSING', params: { unit: name } }] : [],
  ),
];

/** The list as it is named anew: who stays on it keeps name and consent. `nameOf` those who are new. */
export const namedPartners = (
  partners: readonly Partner[],
  named: readonly string[],
  nameOf: (unitId: string) => string,
): Partner[] =>
  named.map((unitId) => partners.find((partner) => partner.unitId === unitId) ?? { unitId, name: nameOf(unitId) });

/** With the consent of one unit, given at an instant; a consent that was given before stays as it was. */
export const withConsent = (partners: readonly Partner[], unitId: string, consentedAt: string): Partner[] =>
  partners.map((partner) => (partner.unitId === unitId ? { consentedAt, ...partner } : partner));

/** Without the consent of one unit, which stays named. */
export const withoutConsent = (partners: readonly Partner[], unitId: string): Partner[] =>
  partners.map((partner) => (partner.unitId === unitId ? { unitId, name: partner.name } : partner));

/** Names, consents and their order in one short text: what differs in any of them has another digest. */
const digestOf = (partners: readonly Partner[]): string =>
  createHash('sha256')
    .update(JSON.stringify(partners.map(({ unitId, name, consentedAt = '' }) => [unitId, name, consentedAt])))
    .digest('base64url');

/** What a head keeps of these partners; undefined for none. */
export const jointState = (partners: readonly Partner[]): JointState | undefined =>
  partners.length === 0
    ? undefined
    : {
        digest: digestOf(partners),
        consented: partners.filter(({ consentedAt }) => consentedAt !== undefined).length,
      };
