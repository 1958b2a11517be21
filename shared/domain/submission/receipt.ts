import type { Receipt } from '#shared/contract/receipts.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';

/** A receipt with the digest of all else in it: anybody who has the receipt can compute it again. */
export const issueReceipt = (receipt: Omit<Receipt, 'digest'>): Receipt => ({
  ...receipt,
  digest: canonicalDigest(receipt),
});
