import * as z from 'zod';

export const AttachmentState = z.enum(['expected', 'admitted', 'refused']);

/**
 * What the malware scan has said of a file. `pending`: nothing yet. `unscanned`: it could not look into it, as with a password or by a fault of its own.
 */
export const ScanState = z.enum(['pending', 'clean', 'unscanned', 'threat']);
export type ScanState = z.output<typeof ScanState>;

/** Why bytes were not admitted. Codes are kept; the sentence is made from `shared/http/refusal-reasons.ts` in the reader's language. */
export const REFUSAL_REASONS = ['SIZE_DIFFERS', 'DIGEST_DIFFERS', 'TYPE_DIFFERS', 'TOO_LATE'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
