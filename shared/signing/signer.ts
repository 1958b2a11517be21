import { createHash } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { SigningKey } from '#shared/contract/signing-keys.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { toRawSignature } from './der-signature.ts';
import { signingKeyOf } from './public-key.ts';
import type { SignedType } from './signed-type.ts';

export interface Signer {
  /** The key that signs first, then the earlier ones. */
  publicKeys(): Promise<SigningKey[]>;
  /**
   * A JWS in compact form (RFC 7515, ES256). Its payload is the text, or an object's canonical JSON (RFC 8785); its header names the key by thumbprint.
   * ECDSA is random: two signatures of one payload differ.
   */
  sign(payload: object | string, type: SignedType): Promise<string>;
}

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What KMS holds cannot be read, and it signs 4,096 bytes at most: so it is given the digest. */
const digestOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();

/**
 * A signer whose private key stays in KMS. Public keys are asked for once per instance.
 * @param keyIds of ECC_NIST_P256 keys: the one that signs, then earlier ones whose signatures are still to be verified
 */
export const kmsSigner = (kms: KMSClient, ...keyIds: readonly [current: string, ...earlier: string[]]): Signer => {
  const [current] = keyIds;
  const known = new Map<string, SigningKey>();

  const publicKey = async (keyId: string): Promise<SigningKey> => {
    const kept = known.get(keyId);
    if (kept !== undefined) return kept;
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (PublicKey === undefined) throw new Error('KMS gave no public key');
    const key = signingKeyOf(PublicKey);
    known.set(keyId, key);
    return key;
  };

  return {
    publicKeys: () => Promise.all(keyIds.map(publicKey)),

    async sign(payload, type) {
      const { alg, kid } = await publicKey(current);
      const text = typeof payload === 'string' ? payload : canonicalJson(payload);
      const signed = `${base64url(JSON.stringify({ alg, kid, typ: type }))}.${base64url(text)}`;
      const { Signature } = await kms.send(
        new SignCommand({
          KeyId: current,
          Message: digestOf(signed),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      if (Signature === undefined) throw new Error('KMS gave no signature');
      return `${signed}.${base64url(toRawSignature(Signature))}`;
    },
  };
};
