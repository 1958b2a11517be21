import type { Role } from '#shared/contract/membership.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { type KeeperPorts, keeperOf, keepingOf } from './keeper.ts';

/** A person who can sign in, as the directory of people knows them. */
export interface Person {
  readonly username: string;
  /** `sub` of their tokens. */
  readonly subject: string;
  /** The organiser whose officers made the account; absent for one that whoever runs the system made. */
  readonly madeBy?: string | undefined;
  readonly enabled: boolean;
  readonly state: 'initialPassword' | 'active';
}

interface Acting {
  readonly organizationId: string;
  readonly role: Role;
  readonly name?: string | undefined;
}

export interface AccountPorts<Directory extends { find(username: string): Promise<Person | undefined> }>
  extends KeeperPorts {
  readonly memberships: { ofSubject(subject: string): Promise<readonly Acting[]> };
  /** Absent where people sign in with a provider that is not ours. */
  readonly directory: Directory | undefined;
}

/** @throws DomainError ACCOUNTS_ELSEWHERE where there is none */
export const requireDirectory = <Directory>(directory: Directory | undefined): Directory => {
  if (directory === undefined) throw new DomainError('ACCOUNTS_ELSEWHERE');
  return directory;
};

const isMadeByOneOf = (organisers: readonly string[], { madeBy }: Person): boolean =>
  madeBy !== undefined && organisers.includes(madeBy);

/** An account as those see it who keep the record of the organisation that its person acts for. */
export const accountOf = (
  { username, subject, enabled, state }: Person,
  { role, name }: Pick<Acting, 'role' | 'name'>,
) => ({ username, subject, role, ...(name === undefined ? {} : { name }), enabled, state });

/**
 * The accounts of members, in the members' order: those that one of the organisers made.
 *
 * @param members of one organisation
 * @param people of the directory, by subject
 */
export const accountsMadeBy = (
  organisers: readonly string[],
  members: readonly (Acting & { readonly subject: string })[],
  people: ReadonlyMap<string, Person>,
) =>
  members.flatMap((member) => {
    const person = people.get(member.subject);
    return person !== undefined && isMadeByOneOf(organisers, person) ? accountOf(person, member) : [];
  });

/**
 * Whether making an account under a name that is taken only finishes, or repeats, what one of the same organisers began: nobody has used the account yet,
 * and it acts for no other organisation. One that was used stays its person's: what they added to it, a second factor, would outlive a new password.
 *
 * @throws DomainError ACCOUNT_EXISTS
 */
export const assertMadeAgain = (
  person: Person,
  roles: readonly Pick<Acting, 'organizationId'>[],
  { organizationId, organisers }: { organizationId: string; organisers: readonly string[] },
): void => {
  const isOfThisUnit = roles.every((role) => role.organizationId === organizationId);
  if (!isMadeByOneOf(organisers, person) || person.state !== 'initialPassword' || !isOfThisUnit)
    throw new DomainError('ACCOUNT_EXISTS');
};

/**
 * An account that an officer may reset, disable and enable through an organisation: its person is a member there, one of the officer's organisers made it,
 * and all that the person acts for is kept by these. So nobody takes over people of another organiser by making them members of a unit of their own.
 *
 * @param actor the officer's subject
 * @throws DomainError NOT_FOUND where the organisation is kept by others or the account is of no member, ACCOUNT_NOT_YOURS, ACCOUNTS_ELSEWHERE
 */
export const changeableAccount = async <Directory extends { find(username: string): Promise<Person | undefined> }>(
  ports: AccountPorts<Directory>,
  { organizationId, username }: { organizationId: string; username: string },
  actor: string,
): Promise<{ directory: Directory; person: Person; member: Acting }> => {
  const { organisers } = await keepingOf(ports, organizationId, actor);
  const directory = requireDirectory(ports.directory);
  const person = await directory.find(username);
  const roles = person === undefined ? [] : await ports.memberships.ofSubject(person.subject);
  const member = roles.find((role) => role.organizationId === organizationId);
  if (person === undefined || member === undefined) throw new DomainError('NOT_FOUND');
  const ids = [...new Set(roles.map((role) => role.organizationId))];
  const kept = (await ports.organizations.findAll(ids)).filter((each) => organisers.includes(keeperOf(each) ?? ''));
  if (!isMadeByOneOf(organisers, person) || kept.length < ids.length) throw new DomainError('ACCOUNT_NOT_YOURS');
  return { directory, person, member };
};
