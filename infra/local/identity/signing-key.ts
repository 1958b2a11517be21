import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';

// A private RSA key in JWK form: https://www.rfc-editor.org/rfc/rfc7518#section-6.3
const SigningKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  alg: z.literal('RS256'),
  use: z.literal('sig'),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});

/** The provider's private key with its kid, as a JWK. */
export type SigningKey = z.infer<typeof SigningKey>;

const createSigningKey = async (): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return SigningKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' });
};

const readStored = async (keyFile: string): Promise<SigningKey | undefined> => {
  const text = await readFile(keyFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return SigningKey.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${keyFile} is no RS256 signing key: delete it, and the next start makes a new one.`, { cause });
  }
};

/**
 * The key that tokens are signed with: kept in a file that only its owner may read, so that tokens outlive a restart.
 * Tests sign tokens of their own with it.
 * @param keyFile made when missing, its folder too; without it the key lives in memory
 * @throws Error when the file holds something else
 */
export const loadSigningKey = async (keyFile?: string): Promise<SigningKey> => {
  const stored = keyFile === undefined ? undefined : await readStored(keyFile);
  if (stored) return stored;
  const key = await createSigningKey();
  if (keyFile !== undefined) {
    await mkdir(dirname(keyFile), { recursive: true });
    await writeFile(keyFile, `${JSON.stringify(key)}\n`, { mode: 0o600, flag: 'wx' });
  }
  return key;
};
