import { verify } from 'node:crypto';
import * as z from 'zod';
import type { SigningKey } from '#shared/contract/signing-keys.ts';
import type { SignedType } from './signed-type.ts';

const Header = z.strictObject({ alg: z.literal('ES256'), kid: z.string(), typ: z.string() });

/** Three parts of base64url without padding; a signature of ES256 is 64 bytes. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;

const headerOf = (encoded: string): z.output<typeof Header> | undefined => {
  try {
    return Header.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString()));
  } catch {
    return undefined;
  }
};

/**
 * The payload of a JWS in compact form that one of the keys signed as that type; undefined for anything else. It asks nobody: keys may come from a file.
 */
export const verifiedPayload = (jws: string, keys: readonly SigningKey[], type: SignedType): string | undefined => {
  const [, header = '', payload = '', signature = ''] = COMPACT.exec(jws) ?? [];
  const { kid, typ } = headerOf(header) ?? {};
  const key = keys.find((candidate) => candidate.kid === kid);
  if (key === undefined || typ !== type) return undefined;
  const { kty, crv, x, y } = key;
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: { kty, crv, x, y }, format: 'jwk', dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isSigned ? Buffer.from(payload, 'base64url').toString() : undefined;
};
