import { flagWords } from '#shared/domain/organization/flags.ts';
import type { Sentence } from '#shared/domain/sentence.ts';
import type { Applicant } from './applicant.ts';

const ratingFact = ({ rating }: Applicant, today: string): Sentence => {
  if (rating === undefined) return { code: 'NOT_RATED' };
  return { code: rating.validUntil >= today ? 'RATED' : 'RATING_EXPIRED', params: { ...rating } };
};

const foundingFact = ({ foundedOn }: Applicant): Sentence =>
  foundedOn === undefined ? { code: 'FOUNDING_UNKNOWN' } : { code: 'FOUNDED', params: { foundedOn } };

const kindsFact = ({ kinds }: Applicant): Sentence =>
  kinds.length === 0 ? { code: 'OF_NO_KIND' } : { code: 'OF_KIND', params: { kinds: kinds.join('、') } };

/** As rules ask for a flag. */
const FLAG_ASKED = /["']([A-Za-z0-9]{1,40})["']\s{0,9}in\s{1,9}unit\.flags/g;

const flagFacts = (rule: string, { flags }: Applicant): Sentence[] =>
  [...new Set(Array.from(rule.matchAll(FLAG_ASKED), ([, flag = '']) => flag))].map((flag) => ({
    code: flags.includes(flag) ? 'FLAGGED' : 'NOT_FLAGGED',
    params: { flag: flagWords(flag) },
  }));

/**
 * What the record says of all that a rule reads of it, in the words of people. For explanation alone: it is read off the rule's text, and decides nothing.
 */
export const knownFacts = (rule: string, unit: Applicant, today: string): Sentence[] => [
  ...(rule.includes('unit.rating') ? [ratingFact(unit, today)] : []),
  ...(rule.includes('unit.founded') ? [foundingFact(unit)] : []),
  ...(rule.includes('unit.kinds') ? [kindsFact(unit)] : []),
  ...flagFacts(rule, unit),
];
