import * as contract from '#shared/contract/organizations.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { memberFaults } from '#shared/domain/organization/check-member.ts';
import { type KeeperPorts, keptOrganization } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'putOnlyRole'>;
}

export const saveMember = ({ organizations, memberships }: Dependencies) =>
  handle(contract.saveMember, async ({ params: { organizationId, subject }, body, actor }) => {
    const organization = await keptOrganization({ organizations, memberships }, organizationId, actor.subject);
    const faults = memberFaults(body, organization);
    if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });
    const member = { ...body, subject, organizationId };
    await memberships.putOnlyRole(member);
    return { body: member };
  });
