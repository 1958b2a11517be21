import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Receipt } from '#shared/contract/receipts.ts';

/** SHA-256, lower-case hex, of the canonical JSON (RFC 8785) of a receipt without its digest: anybody who has the receipt can compute it again. */
export const receiptDigest = (receipt: Omit<Receipt, 'digest'>): string =>
  createHash('sha256')
    .update(canonicalize(receipt) ?? '')
    .digest('hex');

export const issueReceipt = (receipt: Omit<Receipt, 'digest'>): Receipt => ({
  ...receipt,
  digest: receiptDigest(receipt),
});
