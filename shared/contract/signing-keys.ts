import * as z from 'zod';
import { operation } from './operation.ts';

/** The public half of a key that receipts and seals are signed with, as RFC 7517 writes it. */
export const SigningKey = z
  .object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    kid: z.string().meta({ description: 'Its thumbprint (RFC 7638): what the header of a signature names' }),
    alg: z.literal('ES256'),
    use: z.literal('sig'),
  })
  .meta({ id: 'SigningKey' });
export type SigningKey = z.output<typeof SigningKey>;

export const listSigningKeys = operation({
  method: 'GET',
  path: '/.well-known/jwks.json',
  status: 200,
  access: 'anyone',
  summary: 'The public keys (JWKS) that signed receipts and seals are verified with',
  description: 'The key that signs now first, then earlier ones: what they signed stays verifiable.',
  reply: z.object({ keys: z.array(SigningKey) }),
  refusals: [],
});
