import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import type { Organization } from '#shared/contract/organizations.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { recordFaults } from './check-record.ts';
import { keeperOf, newKeeper } from './keeper.ts';

/** The ETag of a record. */
export const organizationETag = ({ revision }: Pick<Organization, 'revision'>): string => `"${revision}"`;

/**
 * The organiser that keeps a record, for an officer of it.
 *
 * @param current the organisation as it is; undefined for a new one
 * @param organisers those the actor is an officer of
 * @param named who is to keep a new one
 * @throws DomainError NOT_FOUND where others keep it, VALIDATION_FAILED where one of several has to be named
 */
export const keeperFor = (
  current: Organization | undefined,
  organisers: readonly string[],
  named: string | undefined,
): string => {
  if (current === undefined) return newKeeper(organisers, named);
  const keeper = keeperOf(current);
  if (keeper === undefined || !organisers.includes(keeper)) throw new DomainError('NOT_FOUND');
  return keeper;
};

/**
 * The organisation with its record replaced, or made. Whether it may publish calls, and who keeps it, never change here.
 *
 * @throws DomainError VALIDATION_FAILED with all faults
 */
export const withRecord = (
  organizationId: string,
  current: Organization | undefined,
  keeper: string,
  { managedBy: named, ...record }: OrganizationRecord & { managedBy?: string | undefined },
): Organization => {
  const faults: Fault[] = [
    ...(named === undefined || named === keeper ? [] : [{ path: 'managedBy', code: 'MANAGER_CHANGED' } as const]),
    ...recordFaults(record),
  ];
  if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });
  const kept = current ?? { managedBy: keeper, organiser: false, revision: 0 };
  return {
    ...record,
    organizationId,
    managedBy: kept.managedBy,
    organiser: kept.organiser,
    revision: kept.revision + 1,
  };
};
