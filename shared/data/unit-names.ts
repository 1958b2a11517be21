import type { OrganizationsRepository } from './organizations-repository.ts';

/** The names of some units by their ids; of one that is not there, none. */
export const unitNames = async (
  organizations: Pick<OrganizationsRepository, 'findAll'>,
  unitIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> => {
  const wanted = new Set(unitIds.filter((unitId) => unitId !== undefined));
  if (wanted.size === 0) return new Map();
  const units = await organizations.findAll([...wanted]);
  return new Map(units.map(({ organizationId, name }) => [organizationId, name]));
};
