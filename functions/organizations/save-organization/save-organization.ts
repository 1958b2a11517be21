import * as contract from '#shared/contract/organizations.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, organisersOf } from '#shared/domain/organization/keeper.ts';
import { keeperFor, organizationETag, withRecord } from '#shared/domain/organization/save-record.ts';
import { handle } from '#shared/http/handle.ts';
import { ifMatches } from '#shared/http/if-match.ts';

export interface Dependencies extends KeeperPorts {
  readonly organizations: Pick<OrganizationsRepository, 'find' | 'findAll' | 'replaceAtRevision'>;
}

/** A save that another one overtook is tried once more on what that one left. */
const TRIES = 2;

export const saveOrganization = ({ organizations, memberships }: Dependencies) =>
  handle(contract.saveOrganization, async ({ params: { organizationId }, headers, body, actor }) => {
    const ifMatch = headers['if-match'];
    const organisers = await organisersOf({ organizations, memberships }, actor.subject);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const current = await organizations.find(organizationId);
      const keeper = keeperFor(current, organisers, body.managedBy);
      if (ifMatch !== undefined && (current === undefined || !ifMatches(ifMatch, organizationETag(current)))) {
        throw new DomainError('PRECONDITION_FAILED');
      }
      const next = withRecord(organizationId, current, keeper, body);
      if ((await organizations.replaceAtRevision(next, current?.revision ?? 0)) === 'replaced') {
        return { body: next, headers: { etag: organizationETag(next) } };
      }
    }
    throw new DomainError('CONFLICT');
  });
