import * as contract from '#shared/contract/account.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject'>;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
}

export const getAccount = ({ memberships, organizations }: Dependencies) =>
  handle(contract.getAccount, async ({ actor }) => {
    const roles = await memberships.ofSubject(actor.subject);
    const ids = [...new Set(roles.map(({ organizationId }) => organizationId))];
    const byId = new Map((await organizations.findAll(ids)).map((found) => [found.organizationId, found]));
    return {
      body: {
        memberships: roles.flatMap(({ organizationId, role, name, email, mobile }) => {
          const organization = byId.get(organizationId);
          return organization === undefined
            ? []
            : {
                ...{ organizationId, name: organization.name, kinds: organization.kinds, role },
                user: { name, email, mobile },
              };
        }),
      },
    };
  });
