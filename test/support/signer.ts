import { generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { signingKeyOf } from '#shared/signing/public-key.ts';
import type { Signer } from '#shared/signing/signer.ts';

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** A signer with a key of its own in memory, without KMS. */
export const signerInMemory = (): Signer => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = signingKeyOf(publicKey.export({ format: 'der', type: 'spki' }));
  return {
    publicKeys: async () => [key],
    sign: async (payload, type) => {
      const text = typeof payload === 'string' ? payload : canonicalJson(payload);
      const signed = `${base64url(JSON.stringify({ alg: key.alg, kid: key.kid, typ: type }))}.${base64url(text)}`;
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${base64url(signature)}`;
    },
  };
};
