import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { loadSigningKey, type SigningKey } from '#infra/local/identity/signing-key.ts';
import { startIdentity } from '#infra/local/identity/start-identity.ts';

export const AUDIENCE = 'shenbao-api';

const USERS = [
  { name: 'officer', subject: 'user-officer' },
  { name: 'secretary', subject: 'user-secretary' },
];

/** A folder that is gone when the test ends. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'shenbao-identity-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

/** Starts the identity provider with two demo users until the test ends. */
export const serveIdentity = async (
  options: { port?: number; keyFile?: string; tokenLifetimeSeconds?: number } = {},
) => {
  const identity = await startIdentity({ port: 0, audience: AUDIENCE, users: USERS, ...options });
  onTestFinished(identity.close);
  return identity;
};

/** Starts the provider with a key file, so that the test can sign tokens with the very key it publishes. */
export const serveIdentityWithKey = async () => {
  const keyFile = join(await temporaryFolder(), 'signing-key.json');
  const identity = await serveIdentity({ keyFile });
  return { ...identity, key: await loadSigningKey(keyFile) };
};

/** Signs a token by RS256; a claim set to undefined is absent. */
export const signToken = async (key: SigningKey, claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header }).sign(await importJWK(key, 'RS256'));

/** The claims of an access token that would pass. */
export const goodClaims = (issuer: string): JWTPayload => {
  const time = Math.floor(Date.now() / 1000);
  return { iss: issuer, aud: AUDIENCE, sub: 'user-1', iat: time, exp: time + 60 };
};
