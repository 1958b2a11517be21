import * as contract from '#shared/contract/organizations.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, keptOrganization } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'removeAllRoles'>;
}

export const removeMember = ({ organizations, memberships }: Dependencies) =>
  handle(contract.removeMember, async ({ params: { organizationId, subject }, actor }) => {
    await keptOrganization({ organizations, memberships }, organizationId, actor.subject);
    if (!(await memberships.removeAllRoles(subject, organizationId))) throw new DomainError('NOT_FOUND');
    return {};
  });
