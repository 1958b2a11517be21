import { chmod, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { fetchAccessToken } from '#infra/local/identity/fetch-access-token.ts';
import { startIdentity } from '#infra/local/identity/start-identity.ts';
import { AUDIENCE, serveIdentity, temporaryFolder } from './serve-identity.ts';

const discover = async (issuer: string) => {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const Document = z.object({ issuer: z.string(), token_endpoint: z.string(), jwks_uri: z.string() });
  return Document.parse(await response.json());
};

beforeEach(() => {
  vi.spyOn(console, 'warn');
  vi.spyOn(console, 'info');
});

afterEach(() => {
  vi.restoreAllMocks();
});

it('is found through discovery, and publishes only public keys', async () => {
  const { issuer, tokenEndpoint } = await serveIdentity();
  const document = await discover(issuer);
  expect(document).toMatchObject({ issuer, token_endpoint: tokenEndpoint });
  const { keys } = z.object({ keys: z.array(z.looseObject({})) }).parse(await (await fetch(document.jwks_uri)).json());
  expect(keys).toEqual([expect.objectContaining({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: expect.any(String) })]);
  expect(keys[0]).not.toHaveProperty('d');
});

it('gives a demo user an RS256 access token with the claims of one by Cognito', async () => {
  const { issuer } = await serveIdentity({ tokenLifetimeSeconds: 120 });
  const token = await fetchAccessToken(issuer, 'officer');
  const { jwks_uri } = await discover(issuer);
  const keys = createRemoteJWKSet(new URL(jwks_uri));
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience: AUDIENCE });
  expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  expect(payload).toMatchObject({
    sub: 'user-officer',
    client_id: 'officer',
    token_use: 'access',
    jti: expect.any(String),
    iat: expect.any(Number),
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
});

it('tells its users apart, and gives each token an id of its own', async () => {
  const { issuer } = await serveIdentity();
  const tokens = await Promise.all(['officer', 'secretary', 'secretary'].map((name) => fetchAccessToken(issuer, name)));
  const claims = tokens.map((token) => decodeJwt(token));
  expect(claims.map(({ sub }) => sub)).toEqual(['user-officer', 'user-secretary', 'user-secretary']);
  expect(new Set(claims.map(({ jti }) => jti)).size).toBe(3);
});

it('lets a token live for 8 hours unless told otherwise', async () => {
  const { issuer } = await serveIdentity();
  const { exp = 0, iat = 0 } = decodeJwt(await fetchAccessToken(issuer, 'officer'));
  expect(exp - iat).toBe(8 * 60 * 60);
});

it('has no token for an unknown name', async () => {
  const { issuer } = await serveIdentity();
  await expect(fetchAccessToken(issuer, 'nobody')).rejects.toThrow('The running stack has no demo user "nobody".');
});

it('has no token for a wrong secret', async () => {
  const { tokenEndpoint } = await serveIdentity();
  const form = { grant_type: 'client_credentials', client_id: 'officer', client_secret: 'guessed' };
  const response = await fetch(tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) });
  expect(response.status).toBe(401);
});

it('says what to do when no provider answers', async () => {
  const identity = await startIdentity({ port: 0, audience: AUDIENCE, users: [] });
  await identity.close();
  await expect(fetchAccessToken(identity.issuer, 'officer')).rejects.toThrow('start the stack first (npm start)');
});

it('keeps tokens valid over a restart with the same key file', async () => {
  const keyFile = join(await temporaryFolder(), 'nested', 'signing-key.json');
  const first = await startIdentity({ port: 0, audience: AUDIENCE, users: [{ name: 'a', subject: 'u' }], keyFile });
  const token = await fetchAccessToken(first.issuer, 'a');
  await first.close();
  const second = await serveIdentity({ port: Number(new URL(first.issuer).port), keyFile });
  expect(second.issuer).toBe(first.issuer);
  const { jwks_uri } = await discover(second.issuer);
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer: first.issuer });
  expect(payload.sub).toBe('u');
});

it('keeps the key file from other users of the machine', async () => {
  const keyFile = join(await temporaryFolder(), 'signing-key.json');
  await serveIdentity({ keyFile });
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
});

it('has another key at every start without a key file', async () => {
  const kids = await Promise.all(
    [1, 2].map(async () => {
      const { issuer } = await serveIdentity();
      return decodeProtectedHeader(await fetchAccessToken(issuer, 'officer')).kid;
    }),
  );
  expect(new Set(kids).size).toBe(2);
});

it('refuses a key file that holds something else, and names it', async () => {
  const keyFile = join(await temporaryFolder(), 'signing-key.json');
  await writeFile(keyFile, '{}');
  await chmod(keyFile, 0o600);
  await expect(serveIdentity({ keyFile })).rejects.toThrow(`${keyFile} is no RS256 signing key: delete it`);
});

it('warns of nothing, since everything the library warns about is configured', async () => {
  const { issuer, tokenEndpoint } = await serveIdentity();
  await fetchAccessToken(issuer, 'officer');
  await fetch(`${issuer}/auth?client_id=officer`);
  await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { origin: 'https://page.example' },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'officer', client_secret: 'x' }),
  });
  expect(console.warn).not.toHaveBeenCalled();
  expect(console.info).not.toHaveBeenCalled();
});
