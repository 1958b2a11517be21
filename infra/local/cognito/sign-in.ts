import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { AccessTokens } from '../identity/access-tokens.ts';
import type { LocalUserPool } from '../template/local-model.ts';
import { type Action, parseInput } from './admin-actions.ts';
import { CognitoError } from './cognito-error.ts';
import { hashPassword, isPassword, requirePolicy } from './password.ts';
import type { PoolUser, UserStore } from './user-store.ts';

const SignIn = z.object({
  ClientId: z.string(),
  AuthFlow: z.literal('USER_PASSWORD_AUTH'),
  AuthParameters: z.object({ USERNAME: z.string(), PASSWORD: z.string() }),
});
const ChoosePassword = z.object({
  ClientId: z.string(),
  ChallengeName: z.literal('NEW_PASSWORD_REQUIRED'),
  Session: z.string(),
  ChallengeResponses: z.object({ USERNAME: z.string(), NEW_PASSWORD: z.string() }),
});

/** How long a session of a challenge lives, as Cognito's does unless it is told otherwise: ms. */
const SESSION_MS = 3 * 60_000;

const refuse = (message: string): never => {
  throw new CognitoError('NotAuthorizedException', message);
};

/** Signing in by password, and choosing one of one's own at the first sign-in, as an app client of the pool does it. */
export const signInActions = (
  pool: LocalUserPool,
  users: UserStore,
  tokens: AccessTokens,
  now: () => number,
): Record<string, Action> => {
  const sessions = new Map<string, { username: string; until: number }>();

  const requireClient = (clientId: string): void => {
    if (clientId !== pool.clientId) {
      throw new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
    }
  };

  const authenticated = async ({ username, subject }: PoolUser) => ({
    ChallengeParameters: {},
    AuthenticationResult: {
      AccessToken: await tokens.issue({ name: username, subject }),
      ExpiresIn: tokens.lifetimeSeconds,
      TokenType: 'Bearer',
    },
  });

  /** A name that nobody has and a wrong password are told apart by nobody. */
  const withPassword = async ({ USERNAME, PASSWORD }: { USERNAME: string; PASSWORD: string }): Promise<PoolUser> => {
    const user = users.find(USERNAME);
    if (user === undefined || !(await isPassword(PASSWORD, user.password))) {
      return refuse('Incorrect username or password.');
    }
    if (!user.enabled) refuse('User is disabled.');
    if ((user.initialUntil ?? Number.POSITIVE_INFINITY) <= now()) {
      refuse('Temporary password has expired and must be reset by an administrator.');
    }
    return user;
  };

  const challenged = ({ username }: PoolUser) => {
    const session = randomUUID();
    sessions.set(session, { username, until: now() + SESSION_MS });
    return {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: session,
      ChallengeParameters: { USER_ID_FOR_SRP: username, requiredAttributes: '[]', userAttributes: '{}' },
    };
  };

  /** The one whose initial password began the session, unless it was reset or disabled since. */
  const inSession = (session: string, username: string): PoolUser => {
    const begun = sessions.get(session);
    const user = begun && begun.until > now() && begun.username === username.toLowerCase() && users.find(username);
    if (!user || user.initialUntil === undefined || !user.enabled) {
      return refuse('Invalid session for the user, session is expired.');
    }
    return user;
  };

  return {
    InitiateAuth: async (raw) => {
      const input = parseInput(SignIn, raw);
      requireClient(input.ClientId);
      const user = await withPassword(input.AuthParameters);
      return user.initialUntil === undefined ? authenticated(user) : challenged(user);
    },

    RespondToAuthChallenge: async (raw) => {
      const { ClientId, Session, ChallengeResponses } = parseInput(ChoosePassword, raw);
      requireClient(ClientId);
      const { initialUntil: _ended, ...user } = inSession(Session, ChallengeResponses.USERNAME);
      requirePolicy(ChallengeResponses.NEW_PASSWORD, pool.passwordPolicy);
      sessions.delete(Session);
      const password = await hashPassword(ChallengeResponses.NEW_PASSWORD);
      await users.save({ ...user, password, modifiedAt: now() });
      return authenticated(user);
    },
  };
};
