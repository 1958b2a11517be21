import * as z from 'zod';
import type { Role } from '#shared/contract/membership.ts';
import type { HistoryEntry } from './entry.ts';

/** Who did something, and for which organisation in which of its roles. */
export interface ActingPerson {
  readonly subject: string;
  readonly organizationId: string;
  readonly role: Role;
}

const OfPartner = z.object({ unitId: z.string() });

/** For whom an entry's person acted; undefined where a job did it. A partner's own entries say which unit it is. */
export const actingPerson = (
  { by, role, details }: HistoryEntry,
  { organiser, unitId }: { readonly organiser: string; readonly unitId?: string },
): ActingPerson | undefined => {
  if (by === undefined) return undefined;
  switch (role) {
    case 'officer':
      return { subject: by, organizationId: organiser, role: 'officer' };
    case 'applicant':
      return unitId === undefined ? undefined : { subject: by, organizationId: unitId, role: 'applicant' };
    case 'partner': {
      const partner = OfPartner.safeParse(details);
      return partner.success ? { subject: by, organizationId: partner.data.unitId, role: 'applicant' } : undefined;
    }
    case 'system':
      return undefined;
  }
};
