import * as z from 'zod';
import { signDigest } from './ecdsa.ts';
import type { StoredKey } from './key-store.ts';
import { KmsError } from './kms-error.ts';

export type Action = (input: unknown) => object;

const ALGORITHM = 'ECDSA_SHA_256';

/** An id, or an ARN that ends in one. */
const KeyId = z.string().transform((text) => text.replace(/^arn:[^/]+:key\//, ''));

const GetPublicKey = z.object({ KeyId });

const Sign = z.object({
  KeyId,
  Message: z.base64(),
  MessageType: z.literal('DIGEST', 'this machine signs digests alone'),
  SigningAlgorithm: z.literal(ALGORITHM),
});

const SHA256_BYTES = 32;

const parsed = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new KmsError('ValidationException', z.prettifyError(result.error));
};

/**
 * What functions ask of a key that signs: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html and …/API_GetPublicKey.html
 * @param arnOf of a key by its id
 */
export const kmsActions = (
  keys: ReadonlyMap<string, StoredKey>,
  arnOf: (keyId: string) => string,
): Readonly<Record<string, Action>> => {
  const find = (keyId: string): StoredKey => {
    const key = keys.get(keyId);
    if (key === undefined) throw new KmsError('NotFoundException', `Key '${arnOf(keyId)}' does not exist`);
    return key;
  };

  return {
    GetPublicKey: (input) => {
      const { KeyId: keyId } = parsed(GetPublicKey, input);
      return {
        KeyId: arnOf(keyId),
        PublicKey: Buffer.from(find(keyId).publicKey).toString('base64'),
        KeySpec: 'ECC_NIST_P256',
        KeyUsage: 'SIGN_VERIFY',
        SigningAlgorithms: [ALGORITHM],
      };
    },

    Sign: (input) => {
      const { KeyId: keyId, Message } = parsed(Sign, input);
      const { privateKey } = find(keyId);
      const digest = Buffer.from(Message, 'base64');
      if (digest.length !== SHA256_BYTES) {
        throw new KmsError('ValidationException', `Digest is invalid length for algorithm ${ALGORITHM}.`);
      }
      return {
        KeyId: arnOf(keyId),
        Signature: signDigest(privateKey, digest).toString('base64'),
        SigningAlgorithm: ALGORITHM,
      };
    },
  };
};
