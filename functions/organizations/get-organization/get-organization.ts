import * as contract from '#shared/contract/organizations.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, keeperOf, organisersOf } from '#shared/domain/organization/keeper.ts';
import { organizationETag } from '#shared/domain/organization/save-record.ts';
import { handle } from '#shared/http/handle.ts';

export const getOrganization = (ports: KeeperPorts) =>
  handle(contract.getOrganization, async ({ params: { organizationId }, actor }) => {
    const [organization, roles] = await Promise.all([
      ports.organizations.find(organizationId),
      ports.memberships.ofSubject(actor.subject),
    ]);
    if (organization === undefined) throw new DomainError('NOT_FOUND');
    const isMember = roles.some((role) => role.organizationId === organizationId);
    const keeper = keeperOf(organization);
    const isKept = keeper !== undefined && (await organisersOf(ports, actor.subject)).includes(keeper);
    if (!isMember && !isKept) throw new DomainError('NOT_FOUND');
    return { body: organization, headers: { etag: organizationETag(organization) } };
  });
