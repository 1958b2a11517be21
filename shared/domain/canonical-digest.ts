import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256, lower-case hex, of a value's canonical JSON (RFC 8785) in UTF-8: the same for everybody who has the value. */
export const canonicalDigest = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
