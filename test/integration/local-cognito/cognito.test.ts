import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  ListUsersCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newUser, openUserStore } from '#infra/local/cognito/user-store.ts';
import { cognitoAt } from '#test/support/cognito.ts';
import { type ServedUserPool, serveUserPool } from '#test/support/serve-user-pool.ts';

const DAY = 86_400_000;
const INITIAL = 'Handed-over-1';
const OWN = 'Of-their-own-5';

let clock = Date.UTC(2026, 0, 1);
let pool: ServedUserPool;
let client: CognitoIdentityProviderClient;
let Username: string;
let made = 0;

beforeAll(async () => {
  pool = await serveUserPool(() => clock);
  client = cognitoAt(pool.endpoint);
});

afterAll(async () => {
  client.destroy();
  await pool.close();
});

beforeEach(() => {
  made += 1;
  Username = `person-${made}`;
});

const inPool = () => ({ UserPoolId: pool.pool.id, Username });
const make = (TemporaryPassword = INITIAL, attribute?: string) =>
  client.send(
    new AdminCreateUserCommand({
      ...inPool(),
      TemporaryPassword,
      MessageAction: 'SUPPRESS',
      UserAttributes: attribute === undefined ? [] : [{ Name: attribute, Value: 'city-kx' }],
    }),
  );
const signIn = (PASSWORD: string, name = Username) =>
  client.send(
    new InitiateAuthCommand({
      ClientId: pool.pool.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: name, PASSWORD },
    }),
  );
const choose = (Session: string | undefined, NEW_PASSWORD: string) =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId: pool.pool.clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: Username, NEW_PASSWORD },
    }),
  );
const named = (name: string) => expect.objectContaining({ name });

describe('the local user pool', () => {
  it('makes a user once, of two who ask at the same time too', async () => {
    const { User } = await make(INITIAL, 'custom:organiser');
    expect(User).toMatchObject({
      Username,
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: expect.any(Date),
    });
    await expect(make()).rejects.toEqual(named('UsernameExistsException'));
    Username = `${Username}-twice`;
    const both = await Promise.allSettled([make(), make()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('knows a user by name in any case and by subject, and nobody else', async () => {
    const { User } = await make();
    const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
    Username = Username.toUpperCase();
    expect(await client.send(new AdminGetUserCommand(inPool()))).toMatchObject({ Username: Username.toLowerCase() });
    const { Users } = await client.send(
      new ListUsersCommand({ UserPoolId: pool.pool.id, Filter: `sub = "${sub}"`, Limit: 1 }),
    );
    expect(Users).toMatchObject([{ Username: Username.toLowerCase(), Enabled: true }]);
    Username = 'nobody';
    const missing = named('UserNotFoundException');
    await expect(client.send(new AdminGetUserCommand(inPool()))).rejects.toEqual(missing);
    await expect(client.send(new AdminDisableUserCommand(inPool()))).rejects.toEqual(missing);
    await expect(client.send(new AdminUserGlobalSignOutCommand(inPool()))).rejects.toEqual(missing);
    const byName = new ListUsersCommand({ UserPoolId: pool.pool.id, Filter: 'sub = "person-1"' });
    expect((await client.send(byName)).Users).toEqual([]);
  });

  it('refuses another pool, an attribute that the pool does not have, and what breaks its password policy', async () => {
    const elsewhere = new AdminGetUserCommand({ UserPoolId: 'ap-east-1_Other', Username });
    await expect(client.send(elsewhere)).rejects.toEqual(named('ResourceNotFoundException'));
    await expect(make(INITIAL, 'custom:unknown')).rejects.toEqual(named('InvalidParameterException'));
    for (const weak of ['Short-1', 'no-capitals-1', 'NO-SMALL-ONES-1', 'No-digits-at-all', 'NoSymbols1234']) {
      await expect(make(weak)).rejects.toEqual(named('InvalidPasswordException'));
    }
  });

  it('takes what an administrator may do from signed requests alone', async () => {
    const refusedAs = (__type: string) => ({ status: 400, body: { __type } });
    const send = async (action: string) => {
      const reply = await fetch(pool.endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
          'content-type': 'application/x-amz-json-1.1',
        },
        body: JSON.stringify(inPool()),
      });
      const body: unknown = await reply.json();
      return { status: reply.status, body };
    };
    expect(await send('AdminGetUser')).toMatchObject(refusedAs('MissingAuthenticationTokenException'));
    expect(await send('DeleteUserPool')).toMatchObject(refusedAs('UnknownOperationException'));
    expect(await send('constructor')).toMatchObject(refusedAs('UnknownOperationException'));
  });

  it('asks for a password of one’s own at the first sign-in, and gives a token for it', async () => {
    const { User } = await make();
    const { ChallengeName, Session, AuthenticationResult } = await signIn(INITIAL);
    expect([ChallengeName, AuthenticationResult]).toEqual(['NEW_PASSWORD_REQUIRED', undefined]);
    await expect(choose(Session, 'weak')).rejects.toEqual(named('InvalidPasswordException'));
    const chosen = await choose(Session, OWN);
    expect(decodeJwt(chosen.AuthenticationResult?.AccessToken ?? '')).toMatchObject({
      sub: User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value,
      token_use: 'access',
      aud: pool.pool.clientId,
      username: Username,
    });
    await expect(choose(Session, 'Once-more-777')).rejects.toEqual(named('NotAuthorizedException'));
    expect((await client.send(new AdminGetUserCommand(inPool()))).UserStatus).toBe('CONFIRMED');
    expect((await signIn(OWN)).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it('tells a wrong password and an unknown name apart for nobody', async () => {
    await make();
    const refusals = await Promise.allSettled([signIn('Wrong-password-1'), signIn(INITIAL, 'nobody')]);
    expect(refusals.map((each) => each.status === 'rejected' && `${each.reason}`)).toEqual(
      Array(2).fill('NotAuthorizedException: Incorrect username or password.'),
    );
  });

  it('lets an initial password end after its days, and a session after its minutes', async () => {
    await make();
    const { Session } = await signIn(INITIAL);
    clock += 3 * 60_000;
    await expect(choose(Session, OWN)).rejects.toThrow('session is expired');
    clock += 7 * DAY;
    await expect(signIn(INITIAL)).rejects.toThrow('Temporary password has expired');
    await client.send(new AdminSetUserPasswordCommand({ ...inPool(), Password: INITIAL, Permanent: false }));
    expect((await signIn(INITIAL)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });

  it('lets nobody choose a password in a session begun before they were disabled', async () => {
    await make();
    const { Session } = await signIn(INITIAL);
    await client.send(new AdminDisableUserCommand(inPool()));
    await expect(choose(Session, OWN)).rejects.toEqual(named('NotAuthorizedException'));
  });
});

describe('the users of a data directory', () => {
  it('are there after a restart, for their owner’s eyes alone, and no password is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'users-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'kept', 'users.json');
    const before = await openUserStore(file);
    const users = await Promise.all(
      ['one', 'two', 'three'].map((username) => newUser({ username }, { password: OWN }, {})),
    );
    await Promise.all(users.map(before.save));
    const after = await openUserStore(file);
    expect(users.map(({ username }) => after.find(username))).toEqual(users);
    expect(await readFile(file, 'utf8')).not.toContain(OWN);
    expect((await stat(file)).mode & 0o077).toBe(0);
    await writeFile(file, 'broken');
    await expect(openUserStore(file)).rejects.toThrow(/users\.json holds no users: delete it/);
  });
});
