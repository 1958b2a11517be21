import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInByPassword } from '#infra/local/identity/sign-in-by-password.ts';
import { type Stack, startStack } from '#infra/local/start-stack.ts';
import { createAccount, disableAccount, enableAccount, listAccounts, resetAccount } from '#shared/contract/accounts.ts';
import { createSubmission, listSubmissions } from '#shared/contract/submissions.ts';
import { type Client, client } from '#test/support/client.ts';

const run = promisify(execFile);
const ACCOUNTS = '/organizations/changde-huaxue/accounts';
const PERSON = { username: 'huaxue-zhang', name: '张三丰', email: 'zhang@huaxue.example', mobile: '13873600001' };
const OWN = 'Of-their-own-5';
const SECOND = 'Another-one-66';

let stack: Stack;
let officer: Client;
let person: Client;
let handedOver: string;
/** What no log may hold. */
const secrets: string[] = [...Object.values(PERSON), OWN, SECOND];

const signIn = (password: string, newPassword?: string): Promise<string> =>
  signInByPassword(stack.record, { name: PERSON.username, password, newPassword });

beforeAll(async () => {
  stack = await startStack();
  officer = client(stack.url, await stack.token('officer'));
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

/** One story, each step on the one before it. */
describe('an account handed over', () => {
  it('is made by the officer, with a password shown once', async () => {
    const { body } = await officer.read(createAccount.reply, 201, 'POST', ACCOUNTS, { json: PERSON });
    expect(body).toMatchObject({ username: PERSON.username, name: PERSON.name, state: 'initialPassword' });
    handedOver = body.initialPassword;
    secrets.push(handedOver);
    const listed = await officer.send('GET', ACCOUNTS);
    expect(listed.text).not.toContain(handedOver);
    expect(listed.text).not.toContain('initialPassword":');
  });

  it('lets its user in with a password of their own alone', async () => {
    await expect(signIn(handedOver)).rejects.toThrow('give one of your own');
    await expect(signIn(handedOver, 'short')).rejects.toThrow('Password did not conform with policy');
    person = client(stack.url, await signIn(handedOver, OWN));
    await expect(signIn(handedOver)).rejects.toThrow('Incorrect username or password.');
  });

  it('lets its user apply for the unit, and for no other', async () => {
    const json = { category: '1' };
    const { body } = await person.read(createSubmission.reply, 201, 'POST', '/calls/changde-2022/submissions', {
      json,
    });
    const mine = await person.read(listSubmissions.reply, 200, 'GET', '/submissions');
    expect(mine.body.items.map(({ submissionId }) => submissionId)).toContain(body.submissionId);
    const elsewhere = { ...json, unitId: 'changde-nongxue' };
    await person.refused(404, 'POST', '/calls/changde-2022/submissions', { json: elsewhere });
  });

  it('gives its user no right to accounts', async () => {
    expect((await person.refused(404, 'GET', ACCOUNTS)).code).toBe('NOT_FOUND');
    expect((await person.refused(404, 'POST', `${ACCOUNTS}/${PERSON.username}/reset`)).code).toBe('NOT_FOUND');
  });

  it('signs in no longer once it is disabled, and its user’s token ends with the membership', async () => {
    await officer.read(disableAccount.reply, 200, 'POST', `${ACCOUNTS}/${PERSON.username}/disable`);
    await expect(signIn(OWN)).rejects.toThrow('User is disabled.');
    expect((await person.send('GET', '/submissions')).status).toBe(200);
    const { body } = await officer.read(listAccounts.reply, 200, 'GET', ACCOUNTS);
    expect(body.items).toMatchObject([{ username: PERSON.username, enabled: false, state: 'active' }]);
    const { subject = '', role } = body.items[0] ?? {};
    const member = `/organizations/changde-huaxue/members/${subject}`;
    expect((await officer.send('DELETE', member)).status).toBe(204);
    expect((await person.refused(422, 'GET', '/submissions')).code).toBe('UNIT_REQUIRED');
    expect((await officer.send('PUT', member, { json: { role } })).status).toBe(200);
    await officer.read(enableAccount.reply, 200, 'POST', `${ACCOUNTS}/${PERSON.username}/enable`);
    expect(await signIn(OWN)).toMatch(/^ey/);
  });

  it('reset has a new password to hand over, and the old one is refused', async () => {
    const { body } = await officer.read(resetAccount.reply, 200, 'POST', `${ACCOUNTS}/${PERSON.username}/reset`);
    secrets.push(body.initialPassword);
    await expect(signIn(OWN)).rejects.toThrow('Incorrect username or password.');
    const again = client(stack.url, await signIn(body.initialPassword, SECOND));
    expect((await again.send('GET', '/submissions')).status).toBe(200);
  });

  it('of a demo user is not the officer’s: whoever runs the system made it', async () => {
    const made = await officer.refused(409, 'POST', ACCOUNTS, { json: { username: 'secretary' } });
    expect(made.code).toBe('ACCOUNT_EXISTS');
    const reset = await officer.refused(409, 'POST', `${ACCOUNTS}/secretary/reset`);
    expect(reset.code).toBe('ACCOUNT_NOT_YOURS');
  });

  it('leaves no name, address, number or password in any log', async () => {
    const log = await readFile(stack.record.functionLog, 'utf8');
    expect(log).toContain('POST /organizations/{organizationId}/accounts');
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});

describe('the token command', () => {
  it('says what it takes, for a name without a password', async () => {
    const asked = run(process.execPath, ['infra/local/token.ts', PERSON.username]);
    await expect(asked).rejects.toThrow('at the first sign-in NAME PASSWORD NEW-PASSWORD');
  });
});
