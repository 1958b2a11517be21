import { DomainError } from '#shared/domain/domain-error.ts';

/** Who is an officer of which organiser, read strongly consistently: a role taken away counts at once. */
export interface Officers {
  readonly memberships: { find(subject: string, organizationId: string, role: 'officer'): Promise<unknown> };
}

/**
 * Lets pass an officer of the organiser.
 *
 * @throws DomainError NOT_FOUND for everybody else: they are not told that there is anything
 */
export const assertOfficer = async (
  { memberships }: Officers,
  organizationId: string,
  subject: string,
): Promise<void> => {
  if ((await memberships.find(subject, organizationId, 'officer')) === undefined) throw new DomainError('NOT_FOUND');
};
