import * as z from 'zod';
import { parseProperties } from './parse-properties.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const KeyProperties = z.object({ KeySpec: z.literal('ECC_NIST_P256'), KeyUsage: z.literal('SIGN_VERIFY') });

/** The id of a key that signs; one of another kind is refused. */
export const readSigningKey = (resource: ResolvedResource): string => {
  parseProperties(resource, KeyProperties);
  return String(resource.reference);
};
