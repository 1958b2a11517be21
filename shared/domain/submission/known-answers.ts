import type { MemberDetails } from '#shared/contract/membership.ts';
import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import type { Field, PrefillSource } from '#shared/domain/form/definition.ts';
import { PlacedFaults } from '#shared/domain/form/placed-faults.ts';
import { scalarComplete } from '#shared/domain/form/scalar-complete.ts';
import { scalarShape } from '#shared/domain/form/scalar-shape.ts';

/** What is known without asking, by source. */
export type Known = { readonly [source in PrefillSource]?: string | undefined };

/** What is known of a unit, where there is a record of it, and of the user who acts for it. */
export const knownOf = (
  unit: Omit<OrganizationRecord, 'kinds' | 'flags' | 'sanctions' | 'overdue'> | undefined,
  user: MemberDetails | undefined,
): Known => ({
  'unit.name': unit?.name,
  'unit.uscc': unit?.uscc,
  'unit.foundedOn': unit?.foundedOn,
  'unit.address': unit?.address,
  'unit.postcode': unit?.postcode,
  'unit.phone': unit?.phone,
  'unit.fax': unit?.fax,
  'unit.email': unit?.email,
  'unit.head': unit?.head,
  'unit.headMobile': unit?.headMobile,
  'user.name': user?.name,
  'user.email': user?.email,
  'user.mobile': user?.mobile,
});

/**
 * The answer of a field that is known already, with its source. What a submit would refuse (too long, of another format, no date) is no answer: the
 * applicant is asked instead of having to find out.
 */
export const knownAnswer = (field: Field, known: Known): { answer: string; from: PrefillSource } | undefined => {
  if ((field.type !== 'text' && field.type !== 'date') || field.prefill === undefined) return undefined;
  const answer = known[field.prefill];
  if (answer === undefined) return undefined;
  const faults = new PlacedFaults();
  scalarShape(field)(answer, faults);
  scalarComplete({ ...field, required: true })(answer, faults);
  return faults.found.length > 0 ? undefined : { answer, from: field.prefill };
};
