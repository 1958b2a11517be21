import * as contract from '#shared/contract/organizations.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, newKeeper, organisersOf } from '#shared/domain/organization/keeper.ts';
import { readRoster, takenFaults } from '#shared/domain/organization/roster.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly organizations: Pick<OrganizationsRepository, 'find' | 'findAll' | 'importAll'>;
}

export const importOrganizations = ({ organizations, memberships }: Dependencies) =>
  handle(contract.importOrganizations, async ({ query, body, actor }) => {
    const organisers = await organisersOf({ organizations, memberships }, actor.subject);
    const managedBy = newKeeper(organisers, query.managedBy);
    const rows = readRoster(body);
    const taken = await organizations.importAll(managedBy, rows);
    if (taken.length > 0) throw new DomainError('VALIDATION_FAILED', { faults: takenFaults(taken) });
    return {
      body: {
        managedBy,
        organizations: rows.map(({ line, organizationId, fields: { name } }) => ({ line, organizationId, name })),
      },
    };
  });
