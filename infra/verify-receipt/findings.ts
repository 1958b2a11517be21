import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { digestHolds, lineIsOf, manifestHolds, pathHolds } from '#shared/domain/seal/check-evidence.ts';
import { signedStatement } from '#shared/domain/seal/manifest.ts';
import { verifiedPayload } from '#shared/signing/verify-jws.ts';
import type { Evidence } from './evidence.ts';

/** What is checked, in the order in which it is told. */
export const CHECKS = [
  'receiptDigest',
  'receiptSignature',
  'confirmation',
  'line',
  'path',
  'seal',
  'manifest',
  'manifestSignature',
] as const;
export type Check = (typeof CHECKS)[number];

/** `unchecked`: a file is missing for it. */
export type Outcome = 'holds' | 'fails' | 'unchecked';

export type Findings = Readonly<Record<Check, Outcome>>;

const outcome = (holds: boolean | undefined): Outcome => {
  if (holds === undefined) return 'unchecked';
  return holds ? 'holds' : 'fails';
};

const sameReceipt = ({ receipt, confirmation }: Evidence): boolean | undefined => {
  if (receipt === undefined || confirmation === undefined) return undefined;
  return receipt.issued.receiptNo === confirmation.receiptNo && receipt.issued.digest === confirmation.digest;
};

/** Checks what there is against what there is. Nothing is asked of anybody: keys, too, come from a file. */
export const findingsOf = (evidence: Evidence): Findings => {
  const { receipt, confirmation, manifest: signed, keys } = evidence;
  const membership = confirmation?.membership;
  const subject = receipt?.issued ?? confirmation;
  const manifest = signed?.manifest;
  const jws = receipt?.jws;
  const signature = signed?.signature;
  return {
    receiptDigest: outcome(receipt && digestHolds(receipt.issued)),
    receiptSignature: outcome(
      receipt && jws !== undefined && keys
        ? verifiedPayload(jws, keys.keys, 'shenbao-receipt+jwt') === canonicalJson(receipt.issued)
        : undefined,
    ),
    confirmation: outcome(sameReceipt(evidence)),
    line: outcome(membership && subject && lineIsOf(membership, subject)),
    path: outcome(membership && manifest && pathHolds(membership, manifest)),
    seal: outcome(
      membership && manifest && subject
        ? manifest.callId === subject.callId &&
            manifest.number === membership.seal.number &&
            manifest.root === membership.seal.root &&
            subject.submittedAt < manifest.through
        : undefined,
    ),
    manifest: outcome(manifest && manifestHolds(manifest)),
    manifestSignature: outcome(
      manifest && signature !== undefined && keys
        ? verifiedPayload(signature, keys.keys, 'shenbao-seal+jwt') === canonicalJson(signedStatement(manifest))
        : undefined,
    ),
  };
};
