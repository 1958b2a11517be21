import * as contract from '#shared/contract/accounts.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { MemberPosition, type MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { accountsMadeBy, requireDirectory } from '#shared/domain/organization/accounts.ts';
import { type KeeperPorts, keepingOf } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';
import type { UserDirectory } from '#shared/identity/user-directory.ts';

export interface Dependencies extends KeeperPorts {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'pageOfMembers'>;
  readonly directory: Pick<UserDirectory, 'findSubjects'> | undefined;
}

export const listAccounts = ({ organizations, memberships, directory }: Dependencies) =>
  handle(contract.listAccounts, async ({ params: { organizationId }, query: { limit, cursor }, actor }) => {
    const { organisers } = await keepingOf({ organizations, memberships }, organizationId, actor.subject);
    const people = requireDirectory(directory);
    const list = `accounts:${organizationId}`;
    const after = decodeCursor(list, MemberPosition, cursor);
    if (after !== undefined && after.organizationId !== organizationId) {
      throw new InvalidRequest([{ path: 'cursor', code: 'INVALID' }]);
    }
    const { members, next } = await memberships.pageOfMembers({ organizationId, after, limit });
    const found = await people.findSubjects(members.map(({ subject }) => subject));
    return {
      body: {
        items: accountsMadeBy(organisers, members, found),
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
      },
    };
  });
