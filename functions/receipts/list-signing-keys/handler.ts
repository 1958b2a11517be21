import * as z from 'zod';
import { environment } from '#shared/runtime/environment.ts';
import { kmsClient } from '#shared/signing/kms-client.ts';
import { kmsSigner } from '#shared/signing/signer.ts';
import { listSigningKeys } from './list-signing-keys.ts';

const { SIGNING_KEY, EARLIER_SIGNING_KEYS } = environment({
  SIGNING_KEY: z.string(),
  /** Ids, joined by commas; none before the key was first changed. */
  EARLIER_SIGNING_KEYS: z.string().optional(),
});

export const handler = listSigningKeys({
  signer: kmsSigner(kmsClient(), SIGNING_KEY, ...(EARLIER_SIGNING_KEYS?.split(',') ?? [])),
});
