/** What is said of a rule of eligibility, as data: the sentences are `shared/http/eligibility-sentences.ts`'s, one for each code. */
export const SENTENCE_CODES = [
  // rules that a notice takes for granted
  'APPLICANTS',
  'NO_SANCTION',
  'NOTHING_OVERDUE',
  'LIMIT',
  'NO_PARTNERS',
  'PARTNERS',
  'PARTNER_KINDS',
  // kinds
  'OF_KIND',
  'OF_NO_KIND',
  // sanctions and overdue obligations
  'NOT_SANCTIONED',
  'SANCTIONED_UNTIL',
  'NOTHING_IS_OVERDUE',
  'OVERDUE_SINCE',
  // what the record says
  'RATED',
  'RATING_EXPIRED',
  'NOT_RATED',
  'FOUNDED',
  'FOUNDING_UNKNOWN',
  'FLAGGED',
  'NOT_FLAGGED',
  // conditions
  'MET',
  'REQUIRES',
  'PRIORITY_NOT_MET',
  'DRAFT_DECIDES',
  'TO_DECLARE',
  'DECLARED',
  'TO_ATTACH',
  'ATTACHED',
  'TO_SHOW',
  'PRIORITY_TO_SHOW',
  // limits and partners
  'PLACES_LEFT',
  'NO_PLACE_LEFT',
  'MAY_NAME_PARTNERS',
  'HAS_TO_NAME_PARTNERS',
] as const;
export type SentenceCode = (typeof SENTENCE_CODES)[number];

export interface Sentence {
  readonly code: SentenceCode;
  readonly params?: Readonly<Record<string, string | number>>;
}
