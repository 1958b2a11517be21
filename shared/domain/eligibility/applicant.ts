import type { OrganizationRecord } from '#shared/contract/organization-record.ts';

/** What decides whether a unit may apply: what its record says. */
export type Applicant = Pick<
  OrganizationRecord,
  'name' | 'kinds' | 'rating' | 'foundedOn' | 'flags' | 'sanctions' | 'overdue'
> & { readonly organizationId: string };

/** A unit nobody keeps a record of: it is of no kind. */
export const withoutRecord = (organizationId: string): Applicant => ({
  organizationId,
  name: organizationId,
  kinds: [],
  flags: [],
  sanctions: [],
  overdue: [],
});
