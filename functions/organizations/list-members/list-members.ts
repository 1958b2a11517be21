import * as contract from '#shared/contract/organizations.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { MemberPosition, type MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { type KeeperPorts, keptOrganization } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends KeeperPorts {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'pageOfMembers'>;
}

export const listMembers = ({ organizations, memberships }: Dependencies) =>
  handle(contract.listMembers, async ({ params: { organizationId }, query: { limit, cursor }, actor }) => {
    await keptOrganization({ organizations, memberships }, organizationId, actor.subject);
    const list = `members:${organizationId}`;
    const after = decodeCursor(list, MemberPosition, cursor);
    if (after !== undefined && after.organizationId !== organizationId) {
      throw new InvalidRequest([{ path: 'cursor', code: 'INVALID' }]);
    }
    const { members, next } = await memberships.pageOfMembers({ organizationId, after, limit });
    return { body: { items: members, ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }) } };
  });
