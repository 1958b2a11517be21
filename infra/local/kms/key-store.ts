import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

// A private P-256 key in JWK form: https://www.rfc-editor.org/rfc/rfc7518#section-6.2
const PrivateKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
type PrivateKey = z.output<typeof PrivateKey>;

const KeyFile = z.record(z.string(), PrivateKey);

/** A key as KMS holds it. */
export interface StoredKey {
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
  /** DER of its SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

const createKey = (): PrivateKey =>
  PrivateKey.parse(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'jwk' }));

const readKept = async (file: string): Promise<z.output<typeof KeyFile>> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return KeyFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${file} holds no P-256 keys: delete it, and the next start makes new ones; what the old ones signed cannot be verified then.`,
      { cause },
    );
  }
};

const storedKey = ({ d, ...publicPart }: PrivateKey): StoredKey => ({
  privateKey: Buffer.from(d, 'base64url'),
  publicKey: createPublicKey({ key: publicPart, format: 'jwk' }).export({ format: 'der', type: 'spki' }),
});

/**
 * The keys of those ids, made where they are missing: kept in a file that only its owner may read, so that what they signed stays verifiable after a restart.
 * @param file its folder is made too; without it the keys live in memory
 * @throws Error when the file holds something else
 */
export const openKeyStore = async (ids: readonly string[], file?: string): Promise<ReadonlyMap<string, StoredKey>> => {
  const kept = file === undefined ? {} : await readKept(file);
  const missing = ids.filter((id) => !Object.hasOwn(kept, id));
  const keys = { ...kept, ...Object.fromEntries(missing.map((id) => [id, createKey()])) };
  if (file !== undefined && missing.length > 0) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return new Map(Object.entries(keys).map(([id, key]) => [id, storedKey(key)]));
};
