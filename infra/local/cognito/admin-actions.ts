import * as z from 'zod';
import type { LocalUserPool } from '../template/local-model.ts';
import { CognitoError } from './cognito-error.ts';
import { hashPassword, requirePolicy } from './password.ts';
import { newUser, type PoolUser, type UserStore } from './user-store.ts';

/** One action: input as it came, output as Cognito gives it. */
export type Action = (input: unknown) => Promise<object>;

const InPool = z.object({ UserPoolId: z.string() });
const OfUser = InPool.extend({ Username: z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u) });
const CreateUser = OfUser.extend({
  TemporaryPassword: z.string(),
  // No mail or message leaves this machine.
  MessageAction: z.literal('SUPPRESS'),
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});
const SetPassword = OfUser.extend({ Password: z.string(), Permanent: z.boolean().default(false) });
const ListUsers = InPool.extend({
  Filter: z.string().regex(/^sub = "[^"\\]*"$/),
  Limit: z.int().min(1).max(60).optional(),
});

const DAY_MS = 86_400_000;

/** @throws CognitoError InvalidParameterException for what does not fit, which tells no value */
export const parseInput = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CognitoError('InvalidParameterException', `This machine takes no such input: ${paths.join('; ')}`);
};

const describe = ({ username, subject, attributes, enabled, initialUntil, createdAt, modifiedAt }: PoolUser) => ({
  attributes: Object.entries({ sub: subject, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
  user: {
    Username: username,
    Enabled: enabled,
    UserStatus: initialUntil === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
    // Seconds, as the JSON protocol writes instants.
    UserCreateDate: createdAt / 1000,
    UserLastModifiedDate: modifiedAt / 1000,
  },
});

/** The actions on a pool that the functions ask for, over the users of this machine. */
export const adminActions = (pool: LocalUserPool, users: UserStore, now: () => number): Record<string, Action> => {
  const requirePool = ({ UserPoolId }: z.output<typeof InPool>): void => {
    if (UserPoolId !== pool.id) {
      throw new CognitoError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
    }
  };
  const userOf = (input: z.output<typeof OfUser>): PoolUser => {
    requirePool(input);
    const user = users.find(input.Username);
    if (user === undefined) throw new CognitoError('UserNotFoundException', 'User does not exist.');
    return user;
  };
  const change = (user: PoolUser, changes: Partial<PoolUser>): Promise<void> =>
    users.save({ ...user, ...changes, modifiedAt: now() });
  const initialUntil = (): number => now() + pool.passwordPolicy.initialDays * DAY_MS;

  return {
    AdminCreateUser: async (raw) => {
      const input = parseInput(CreateUser, raw);
      requirePool(input);
      const unknown = input.UserAttributes.find(({ Name }) => !pool.attributes.includes(Name));
      if (unknown !== undefined) {
        throw new CognitoError(
          'InvalidParameterException',
          `Attributes did not conform to the schema: ${unknown.Name}: Attribute does not exist in the schema.`,
        );
      }
      requirePolicy(input.TemporaryPassword, pool.passwordPolicy);
      const user = await newUser(
        { username: input.Username },
        { password: input.TemporaryPassword, initialUntil: initialUntil() },
        Object.fromEntries(input.UserAttributes.map(({ Name, Value }) => [Name, Value])),
      );
      // Asked last, without a pause before it is kept: of two requests for one name one is refused.
      if (users.find(input.Username) !== undefined) {
        throw new CognitoError('UsernameExistsException', 'User account already exists');
      }
      await users.save(user);
      const made = describe(user);
      return { User: { ...made.user, Attributes: made.attributes } };
    },

    AdminGetUser: async (raw) => {
      const found = describe(userOf(parseInput(OfUser, raw)));
      return { ...found.user, UserAttributes: found.attributes };
    },

    AdminSetUserPassword: async (raw) => {
      const input = parseInput(SetPassword, raw);
      const { initialUntil: _before, ...user } = userOf(input);
      requirePolicy(input.Password, pool.passwordPolicy);
      const password = await hashPassword(input.Password);
      await change(user, { password, ...(input.Permanent ? {} : { initialUntil: initialUntil() }) });
      return {};
    },

    AdminDisableUser: async (raw) => {
      await change(userOf(parseInput(OfUser, raw)), { enabled: false });
      return {};
    },

    AdminEnableUser: async (raw) => {
      await change(userOf(parseInput(OfUser, raw)), { enabled: true });
      return {};
    },

    // No refresh token is given here, so there is no session to end.
    AdminUserGlobalSignOut: async (raw) => {
      userOf(parseInput(OfUser, raw));
      return {};
    },

    ListUsers: async (raw) => {
      const input = parseInput(ListUsers, raw);
      requirePool(input);
      const subject = input.Filter.slice('sub = "'.length, -1);
      const user = users.find(subject);
      if (user?.subject !== subject) return { Users: [] };
      const found = describe(user);
      return { Users: [{ ...found.user, Attributes: found.attributes }] };
    },
  };
};
