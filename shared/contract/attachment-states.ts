import * as z from 'zod';

export const AttachmentState = z.enum(['expected', 'admitted', 'refused']);

/** Why bytes were not admitted. Codes are kept; the sentence is made from `shared/http/refusal-reasons.ts` in the reader's language. */
export const REFUSAL_REASONS = ['SIZE_DIFFERS', 'DIGEST_DIFFERS', 'TYPE_DIFFERS', 'TOO_LATE'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
