import type { CallWindow } from '#shared/domain/call/call-head.ts';
import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { LeafTerms } from '#shared/domain/call/category-record.ts';
import { dayIn } from '#shared/domain/deadline/day-in.ts';
import type { CallFacts, SubmissionFacts, UnitFacts } from '#shared/domain/expression/facts.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import type { Applicant } from './applicant.ts';

/** A unit as rules see it on a day: a rating that has expired by then is none. */
export const unitFacts = ({ kinds, rating, foundedOn = '', flags }: Applicant, today: string): UnitFacts => ({
  kinds,
  rating: rating !== undefined && rating.validUntil >= today ? Number.parseInt(rating.grade, 10) : 0,
  foundedOn,
  foundedYear: foundedOn === '' ? 0 : Number.parseInt(foundedOn, 10),
  flags,
});

/** A call as rules see it. Its last moment is the one before `closesAt`, and the day of that moment is what a notice prints. */
export const callFacts = (
  { fiscalYear = 0 }: Pick<CallTerms, 'fiscalYear'>,
  { opensAt, closesAt, timezone }: Pick<CallWindow, 'opensAt' | 'closesAt' | 'timezone'>,
  today: string,
): CallFacts => ({
  fiscalYear,
  opensOn: dayIn(timezone, Date.parse(opensAt)),
  closesOn: dayIn(timezone, Date.parse(closesAt) - 1),
  today,
});

/** Admitted files of a material. */
const admittedFor = (material: string, attachments: readonly Pick<Attachment, 'material' | 'state'>[]): number =>
  attachments.filter((one) => one.material === material && one.state === 'admitted').length;

/** A draft as rules see it. `partners` are those who consented. */
export const submissionFacts = (
  { code, materials }: LeafTerms,
  attachments: readonly Pick<Attachment, 'material' | 'state'>[],
  partners: readonly Applicant[],
): SubmissionFacts => ({
  category: code,
  partners: partners.length,
  partnerKinds: [...new Set(partners.flatMap(({ kinds }) => kinds))],
  attachments: Object.fromEntries(materials.map(({ key }) => [key, admittedFor(key, attachments)])),
});
