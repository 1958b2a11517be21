import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import type { Person } from '#shared/domain/organization/accounts.ts';

/** The people of a user pool. What is known of them beyond their username lies with their memberships. */
export interface UserDirectory {
  /** Undefined where the username is taken. */
  create(user: { username: string; initialPassword: string; madeBy: string }): Promise<Person | undefined>;
  find(username: string): Promise<Person | undefined>;
  /** By subject, those there are; eventually consistent. */
  findSubjects(subjects: readonly string[]): Promise<Map<string, Person>>;
  /** Ends the password before it and every session; the next sign-in asks for a password of their own. */
  setInitialPassword(person: Person, initialPassword: string): Promise<void>;
  /** Ends every session too; access tokens given before are good until they expire. */
  disable(person: Person): Promise<void>;
  enable(person: Person): Promise<void>;
}

/** Who made an account: written with it, in one request, and by no app client. */
export const MADE_BY = 'custom:organiser';

const PoolUser = z
  .object({ Username: z.string(), Enabled: z.boolean(), UserStatus: z.string() })
  .transform(({ Username, Enabled, UserStatus }) => ({
    username: Username,
    enabled: Enabled,
    // Every other status (FORCE_CHANGE_PASSWORD, RESET_REQUIRED, …) is one in which no password of their own is good.
    state: UserStatus === 'CONFIRMED' ? ('active' as const) : ('initialPassword' as const),
  }));

const toPerson = (user: unknown, attributes: readonly AttributeType[] | undefined): Person => {
  const byName = new Map(attributes?.map(({ Name, Value }) => [Name, Value]));
  return {
    ...PoolUser.parse(user),
    subject: z.string().parse(byName.get('sub')),
    madeBy: byName.get(MADE_BY),
  };
};

/** ListUsers may be asked 30 times a second of a pool: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const AT_ONCE = 5;

/** What can stand in a filter as it is; a subject with anything else is no user pool's. */
const PLAIN = /^[A-Za-z0-9-]+$/;

export const userDirectory = (client: CognitoIdentityProviderClient, userPoolId: string): UserDirectory => {
  const inPool = (username: string) => ({ UserPoolId: userPoolId, Username: username });

  const findSubject = async (subject: string): Promise<Person | undefined> => {
    const { Users = [] } = await client.send(
      new ListUsersCommand({ UserPoolId: userPoolId, Filter: `sub = "${subject}"`, Limit: 1 }),
    );
    const [user] = Users;
    return user === undefined ? undefined : toPerson(user, user.Attributes);
  };

  /** Whoever is disabled was signed out by that. */
  const signOut = async ({ username, enabled }: Person): Promise<void> => {
    if (enabled) await client.send(new AdminUserGlobalSignOutCommand(inPool(username)));
  };

  return {
    async create({ username, initialPassword, madeBy }) {
      try {
        const { User } = await client.send(
          new AdminCreateUserCommand({
            ...inPool(username),
            TemporaryPassword: initialPassword,
            MessageAction: 'SUPPRESS',
            UserAttributes: [{ Name: MADE_BY, Value: madeBy }],
          }),
        );
        return toPerson(User, User?.Attributes);
      } catch (error) {
        if (error instanceof UsernameExistsException) return undefined;
        throw error;
      }
    },

    async find(username) {
      try {
        const user = await client.send(new AdminGetUserCommand(inPool(username)));
        return toPerson(user, user.UserAttributes);
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },

    async findSubjects(subjects) {
      const found = new Map<string, Person>();
      const plain = subjects.filter((subject) => PLAIN.test(subject));
      for (let start = 0; start < plain.length; start += AT_ONCE) {
        const people = await Promise.all(plain.slice(start, start + AT_ONCE).map(findSubject));
        for (const person of people) if (person !== undefined) found.set(person.subject, person);
      }
      return found;
    },

    async setInitialPassword(person, initialPassword) {
      await client.send(
        new AdminSetUserPasswordCommand({ ...inPool(person.username), Password: initialPassword, Permanent: false }),
      );
      await signOut(person);
    },

    async disable(person) {
      await signOut(person);
      // Revokes what was given between the two as well.
      await client.send(new AdminDisableUserCommand(inPool(person.username)));
    },

    async enable({ username }) {
      await client.send(new AdminEnableUserCommand(inPool(username)));
    },
  };
};

/** The directory of the stage's own user pool; none where it has none. */
export const directoryOf = (
  client: () => CognitoIdentityProviderClient,
  userPoolId: string | undefined,
): UserDirectory | undefined => (userPoolId === undefined ? undefined : userDirectory(client(), userPoolId));
