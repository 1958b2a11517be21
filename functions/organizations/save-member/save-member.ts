import * as contract from '#shared/contract/organizations.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, keptOrganization } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'putOnlyRole'>;
}

export const saveMember = ({ organizations, memberships }: Dependencies) =>
  handle(contract.saveMember, async ({ params: { organizationId, subject }, body: { role }, actor }) => {
    const { organiser } = await keptOrganization({ organizations, memberships }, organizationId, actor.subject);
    if (role === 'officer' && !organiser) {
      throw new DomainError('VALIDATION_FAILED', { faults: [{ path: 'role', code: 'NOT_AN_OPTION' }] });
    }
    const member = { subject, organizationId, role };
    await memberships.putOnlyRole(member);
    return { body: member };
  });
