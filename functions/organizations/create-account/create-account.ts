import * as contract from '#shared/contract/accounts.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { accountOf, assertMadeAgain, type Person, requireDirectory } from '#shared/domain/organization/accounts.ts';
import { memberFaults } from '#shared/domain/organization/check-member.ts';
import { type KeeperPorts, type Keeping, keepingOf } from '#shared/domain/organization/keeper.ts';
import { handle } from '#shared/http/handle.ts';
import type { UserDirectory } from '#shared/identity/user-directory.ts';
import { generateInitialPassword } from '#shared/runtime/initial-password.ts';

export interface Dependencies extends KeeperPorts {
  readonly memberships: Pick<MembershipsRepository, 'ofSubject' | 'putOnlyRole'>;
  readonly directory: Pick<UserDirectory, 'create' | 'find' | 'setInitialPassword'> | undefined;
}

export const createAccount = ({ organizations, memberships, directory }: Dependencies) => {
  /** An account under a name that is taken, where this only finishes or repeats what was begun: a user without a membership is no harm, and is taken up. */
  const takeUp = async (
    people: NonNullable<Dependencies['directory']>,
    { username, initialPassword }: { username: string; initialPassword: string },
    { organization: { organizationId }, organisers }: Keeping,
  ): Promise<Person> => {
    const person = await people.find(username);
    if (person === undefined) throw new DomainError('CONFLICT');
    assertMadeAgain(person, await memberships.ofSubject(person.subject), { organizationId, organisers });
    await people.setInitialPassword(person, initialPassword);
    return { ...person, state: 'initialPassword' };
  };

  return handle(contract.createAccount, async ({ params: { organizationId }, body, actor }) => {
    const keeping = await keepingOf({ organizations, memberships }, organizationId, actor.subject);
    const people = requireDirectory(directory);
    const { username, ...member } = body;
    const faults = memberFaults(member, keeping.organization);
    if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });
    const secret = { username, initialPassword: generateInitialPassword() };
    const person =
      (await people.create({ ...secret, madeBy: keeping.keeper })) ?? (await takeUp(people, secret, keeping));
    await memberships.putOnlyRole({ ...member, subject: person.subject, organizationId });
    return { body: { ...accountOf(person, member), initialPassword: secret.initialPassword } };
  });
};
