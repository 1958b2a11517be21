import { createHash, createPublicKey } from 'node:crypto';
import * as z from 'zod';
import type { SigningKey } from '#shared/contract/signing-keys.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

const Coordinates = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });

/** RFC 7638: SHA-256 of the members that make the key, in order and without spaces. */
const thumbprintOf = (coordinates: z.output<typeof Coordinates>): string =>
  createHash('sha256').update(canonicalJson(coordinates)).digest('base64url');

/**
 * A public key as JWKS lists it.
 * @param spki DER of its SubjectPublicKeyInfo, as KMS gives it
 * @throws Error where it is no P-256 key
 */
export const signingKeyOf = (spki: Uint8Array): SigningKey => {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const coordinates = Coordinates.parse(key.export({ format: 'jwk' }));
  return { ...coordinates, kid: thumbprintOf(coordinates), alg: 'ES256', use: 'sig' };
};
