import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '#functions/organizations/create-account/create-account.ts';
import { disableAccount } from '#functions/organizations/disable-account/disable-account.ts';
import { enableAccount } from '#functions/organizations/enable-account/enable-account.ts';
import { listAccounts } from '#functions/organizations/list-accounts/list-accounts.ts';
import { resetAccount } from '#functions/organizations/reset-account/reset-account.ts';
import { newUser } from '#infra/local/cognito/user-store.ts';
import { signInByPassword } from '#infra/local/identity/sign-in-by-password.ts';
import { REGION } from '#infra/local/stack/local-account.ts';
import { type MembershipsRepository, membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { userDirectory } from '#shared/identity/user-directory.ts';
import { cognitoAt } from '#test/support/cognito.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { type ServedUserPool, serveUserPool } from '#test/support/serve-user-pool.ts';

type Handlers = Record<'create' | 'list' | 'reset' | 'disable' | 'enable', HttpHandler>;

let pool: ServedUserPool;
let memberships: MembershipsRepository;
let handlers: Handlers;
let withoutPool: Handlers;
/** Set where the next membership is not to be written. */
let tableFails: boolean;
let username: string;
let made = 0;

const as =
  (sub: string) =>
  async (handler: HttpHandler, parts: Parameters<typeof httpEvent>[0] & { json?: unknown } = {}) => {
    const { json, ...event } = parts;
    const sent = httpEvent({
      claims: { sub, token_use: 'access' },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...event,
    });
    const { statusCode: status, headers = {}, body } = await handler(sent, lambdaContext());
    return { status, headers, body: body === undefined ? undefined : JSON.parse(body) };
  };
const officer = as('officer');
const otherOfficer = as('other-officer');
const at = (organizationId: string) => ({ pathParameters: { organizationId } });
const account = (organizationId: string, name = username) => ({ pathParameters: { organizationId, username: name } });

const create = (organizationId: string, details: object = {}) =>
  officer(handlers.create, { ...at(organizationId), json: { username, ...details } });

const signIn = (password: string, newPassword?: string): Promise<string> =>
  signInByPassword(
    { cognitoUrl: pool.endpoint, userPoolClientId: pool.pool.clientId, region: REGION },
    { name: username, password, newPassword },
  );

const OWN = 'Of-their-own-5';

beforeAll(async () => {
  pool = await serveUserPool();
  const { db, tables } = await freshTables(['organizations', 'memberships']);
  const organizations = organizationsRepository(db, tables.organizations);
  memberships = membershipsRepository(db, tables.memberships);
  const failing: MembershipsRepository = {
    ...memberships,
    putOnlyRole: async (membership) => {
      if (tableFails) throw new Error('The table does not answer.');
      await memberships.putOnlyRole(membership);
    },
  };
  const handlersWith = (directory: ReturnType<typeof userDirectory> | undefined): Handlers => {
    const ports = { organizations, memberships: failing, directory };
    return {
      create: createAccount(ports),
      list: listAccounts(ports),
      reset: resetAccount(ports),
      disable: disableAccount(ports),
      enable: enableAccount(ports),
    };
  };
  handlers = handlersWith(userDirectory(cognitoAt(pool.endpoint), pool.pool.id));
  withoutPool = handlersWith(undefined);
  const unit = (organizationId: string, managedBy: string) =>
    organizations.put({ organizationId, name: organizationId, kinds: [], organiser: false, managedBy });
  await Promise.all([
    organizations.put({ organizationId: 'city-kx', name: '市科协', kinds: [], organiser: true }),
    organizations.put({ organizationId: 'other-kx', name: '另一科协', kinds: [], organiser: true }),
    unit('u-1', 'city-kx'),
    unit('u-2', 'city-kx'),
    unit('u-other', 'other-kx'),
    memberships.put({ subject: 'officer', organizationId: 'city-kx', role: 'officer' }),
    memberships.put({ subject: 'other-officer', organizationId: 'other-kx', role: 'officer' }),
    memberships.put({ subject: 'secretary', organizationId: 'u-1', role: 'applicant' }),
  ]);
});

afterAll(() => pool.close());

beforeEach(() => {
  made += 1;
  username = `person-${made}`;
  tableFails = false;
});

describe('an account', () => {
  it('is made with its member and an initial password that a first sign-in replaces', async () => {
    const details = { name: '张三', email: 'zhang@example.org', mobile: '13800000000' };
    const { status, headers, body } = await create('u-1', details);
    expect(status).toBe(201);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      username,
      subject: expect.stringMatching(/^[0-9a-f-]{36}$/),
      role: 'applicant',
      name: '张三',
      enabled: true,
      state: 'initialPassword',
      initialPassword: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
    });
    const { subject, initialPassword } = body;
    expect(await memberships.ofSubject(subject)).toEqual([
      { subject, organizationId: 'u-1', role: 'applicant', ...details },
    ]);
    await expect(signIn(initialPassword)).rejects.toThrow('initial password');
    expect(await signIn(initialPassword, OWN)).toMatch(/^ey/);
    expect(await signIn(OWN)).toMatch(/^ey/);
    await expect(signIn(initialPassword)).rejects.toThrow('Incorrect username or password.');
  });

  it('keeps nothing of the person in the pool but the username and who made it', async () => {
    await create('u-1', { name: '张三', email: 'zhang@example.org' });
    expect(pool.users.find(username)?.attributes).toEqual({ 'custom:organiser': 'city-kx' });
  });

  it('asked for again before the first sign-in is the same one with a new password', async () => {
    const first = await create('u-1', { name: '张三' });
    const second = await create('u-1', { name: '李四' });
    expect(second).toMatchObject({ status: 201, body: { subject: first.body.subject, name: '李四' } });
    await expect(signIn(first.body.initialPassword, OWN)).rejects.toThrow('Incorrect');
    expect(await signIn(second.body.initialPassword, OWN)).toMatch(/^ey/);
  });

  it('that was made without its membership is finished by asking again', async () => {
    tableFails = true;
    expect((await create('u-1')).status).toBe(500);
    expect(pool.users.find(username)).toBeDefined();
    tableFails = false;
    const { status, body } = await create('u-1');
    expect(status).toBe(201);
    expect(await memberships.ofSubject(body.subject)).toHaveLength(1);
    expect(await signIn(body.initialPassword, OWN)).toMatch(/^ey/);
  });

  it('of somebody who acts for nobody any more stays theirs once it was used', async () => {
    const { body } = await create('u-1');
    await signIn(body.initialPassword, OWN);
    await memberships.removeAllRoles(body.subject, 'u-1');
    expect(await create('u-2')).toMatchObject({ status: 409, body: { code: 'ACCOUNT_EXISTS' } });
    expect(await signIn(OWN)).toMatch(/^ey/);
  });

  it('in use is not made again: here, in another unit, or by others', async () => {
    const exists = { status: 409, body: { code: 'ACCOUNT_EXISTS' } };
    const { body } = await create('u-1');
    expect(await create('u-2')).toMatchObject(exists);
    await signIn(body.initialPassword, OWN);
    expect(await create('u-1')).toMatchObject(exists);
    await memberships.removeAllRoles(body.subject, 'u-1');
    expect(await otherOfficer(handlers.create, { ...at('u-other'), json: { username } })).toMatchObject(exists);
    expect(await signIn(OWN)).toMatch(/^ey/);
  });

  it('that whoever runs the system made is nobody’s to take', async () => {
    await pool.users.save(await newUser({ username }, { password: OWN }, {}));
    expect(await create('u-1')).toMatchObject({ status: 409, body: { code: 'ACCOUNT_EXISTS' } });
    expect(await signIn(OWN)).toMatch(/^ey/);
  });

  it('is of an officer in an organiser alone, and its details are checked before it is made', async () => {
    const refused = await create('u-1', { role: 'officer', email: 'nowhere', mobile: '1' });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'role' }, { path: 'email' }, { path: 'mobile' }] },
    });
    expect(pool.users.find(username)).toBeUndefined();
    expect(await create('city-kx', { role: 'officer' })).toMatchObject({ status: 201, body: { role: 'officer' } });
  });

  it.each(['ab', 'Zhang', 'zhang@example.org', '张三', 'a'.repeat(33)])('has no name such as %s', async (name) => {
    const json = { username: name };
    expect((await officer(handlers.create, { ...at('u-1'), json })).status).toBe(400);
  });
});

describe('a reset', () => {
  it('gives a new initial password and ends the old one', async () => {
    const { body } = await create('u-1');
    await signIn(body.initialPassword, OWN);
    const reset = await officer(handlers.reset, account('u-1'));
    expect(reset).toMatchObject({ status: 200, body: { username, state: 'initialPassword', enabled: true } });
    await expect(signIn(OWN)).rejects.toThrow('Incorrect');
    expect(await signIn(reset.body.initialPassword, 'Another-one-6')).toMatch(/^ey/);
  });

  it('does not let in whom a disabling keeps out', async () => {
    await create('u-1');
    await officer(handlers.disable, account('u-1'));
    const reset = await officer(handlers.reset, account('u-1'));
    expect(reset).toMatchObject({ status: 200, body: { enabled: false } });
    await expect(signIn(reset.body.initialPassword, OWN)).rejects.toThrow('User is disabled.');
  });
});

describe('a disabling', () => {
  it('holds until the account is enabled, however often either is asked for', async () => {
    const { body } = await create('u-1');
    await signIn(body.initialPassword, OWN);
    for (const _twice of [1, 2]) {
      const disabled = await officer(handlers.disable, account('u-1'));
      expect(disabled).toMatchObject({ status: 200, body: { enabled: false, state: 'active' } });
    }
    await expect(signIn(OWN)).rejects.toThrow('User is disabled.');
    for (const _twice of [1, 2]) {
      expect(await officer(handlers.enable, account('u-1'))).toMatchObject({ status: 200, body: { enabled: true } });
    }
    expect(await signIn(OWN)).toMatch(/^ey/);
  });
});

describe('an officer', () => {
  const changes = ['reset', 'disable', 'enable'] as const;

  it.each(changes)(
    'cannot %s whom others made, not even as a member of a unit of the officer’s own',
    async (change) => {
      const { body } = await create('u-1');
      await memberships.removeAllRoles(body.subject, 'u-1');
      await memberships.put({ subject: body.subject, organizationId: 'u-other', role: 'applicant' });
      const refused = await otherOfficer(handlers[change], account('u-other'));
      expect(refused).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_YOURS' } });
      await expect(signIn(body.initialPassword)).rejects.toThrow('initial password');
    },
  );

  it.each(changes)('cannot %s who acts for an organisation of others as well', async (change) => {
    const { body } = await create('u-1');
    await memberships.put({ subject: body.subject, organizationId: 'u-other', role: 'applicant' });
    const refused = await officer(handlers[change], account('u-1'));
    expect(refused).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_YOURS' } });
  });

  it.each(changes)('can %s who acts for two units, both the officer’s to keep', async (change) => {
    const { body } = await create('u-1');
    await memberships.put({ subject: body.subject, organizationId: 'u-2', role: 'applicant' });
    expect((await officer(handlers[change], account('u-2'))).status).toBe(200);
  });

  it.each(changes)('finds nobody to %s by another unit, by a subject, or as no officer of it', async (change) => {
    const { body } = await create('u-1');
    const answers = [
      await officer(handlers[change], account('u-2')),
      await officer(handlers[change], account('u-1', 'nobody')),
      await officer(handlers[change], account('u-other')),
      await otherOfficer(handlers[change], account('u-1')),
      await as('secretary')(handlers[change], account('u-1')),
      await officer(handlers[change], account('u-1', body.subject)),
    ];
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(404));
  });
});

describe('the list of accounts', () => {
  it('has those of members that the officer’s organisers made, and their states', async () => {
    await Promise.all([
      officer(handlers.create, { ...at('u-2'), json: { username: 'list-a', name: '张三' } }),
      officer(handlers.create, { ...at('u-2'), json: { username: 'list-b' } }),
    ]);
    await officer(handlers.disable, account('u-2', 'list-b'));
    const byOthers = await newUser({ username: 'list-c' }, { password: OWN }, { 'custom:organiser': 'other-kx' });
    const byNobody = await newUser({ username: 'list-d' }, { password: OWN }, {});
    await Promise.all([pool.users.save(byOthers), pool.users.save(byNobody)]);
    for (const subject of [byOthers.subject, byNobody.subject, 'not-in-the-pool', 'odd"subject']) {
      await memberships.put({ subject, organizationId: 'u-2', role: 'applicant' });
    }
    const pages = async () => {
      const found: { username: string }[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: '2', ...(cursor === undefined ? {} : { cursor }) };
        const { body } = await officer(handlers.list, { ...at('u-2'), query });
        found.push(...body.items);
        cursor = body.nextCursor;
      } while (cursor !== undefined);
      return new Map(found.map((each) => [each.username, each]));
    };
    const listed = await pages();
    expect(listed.get('list-a')).toEqual({
      ...{ username: 'list-a', subject: expect.any(String), role: 'applicant', name: '张三' },
      ...{ enabled: true, state: 'initialPassword' },
    });
    expect(listed.get('list-b')).toMatchObject({ enabled: false });
    expect([listed.has('list-c'), listed.has('list-d')]).toEqual([false, false]);
    expect(JSON.stringify([...listed.values()])).not.toContain('assword":');
  });

  it('is not there for who does not keep the unit', async () => {
    expect((await otherOfficer(handlers.list, at('u-1'))).status).toBe(404);
    expect((await as('secretary')(handlers.list, at('u-1'))).status).toBe(404);
  });
});

describe('where people sign in with a provider of their own', () => {
  it.each(['create', 'list', 'reset', 'disable', 'enable'] as const)('%s says who keeps accounts', async (action) => {
    const request =
      action === 'list' ? at('u-1') : action === 'create' ? { ...at('u-1'), json: { username } } : account('u-1');
    const answer = await officer(withoutPool[action], request);
    expect(answer).toMatchObject({ status: 409, body: { code: 'ACCOUNTS_ELSEWHERE' } });
    expect((await otherOfficer(withoutPool[action], request)).status).toBe(404);
  });
});
