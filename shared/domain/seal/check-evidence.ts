import type { Receipt } from '#shared/contract/receipts.ts';
import type { Membership, RosterEntry, SealManifest } from '#shared/contract/seals.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { rootOfParts } from './manifest.ts';
import { fromHex, leafHash, rootOfPath, toHex } from './merkle-tree.ts';
import { parseEntry } from './roster.ts';

/** Whether a receipt's digest is that of all else in it. `receipt` as it was read: without what was added to it later. */
export const digestHolds = ({ digest, ...rest }: Readonly<Record<string, unknown>>): boolean =>
  digest === canonicalDigest(rest);

const entryOf = (line: string): RosterEntry | undefined => {
  try {
    return parseEntry(line);
  } catch {
    return undefined;
  }
};

/** Whether a line of a roster is about this very receipt, and says of it what the membership says. */
export const lineIsOf = (
  { acceptanceNo, leaf }: Pick<Membership, 'acceptanceNo' | 'leaf'>,
  { receiptNo, digest }: Pick<Receipt, 'receiptNo' | 'digest'>,
): boolean => {
  const entry = entryOf(leaf.line);
  return entry?.receiptNo === receiptNo && entry.receiptDigest === digest && entry.acceptanceNo === acceptanceNo;
};

/** Whether a line is at its place in the tree that the manifest has the root of. */
export const pathHolds = ({ leaf, path }: Pick<Membership, 'leaf' | 'path'>, manifest: SealManifest): boolean => {
  const root = rootOfPath(leafHash(leaf.line), leaf.index, manifest.count, path.map(fromHex));
  return root !== undefined && toHex(root) === manifest.root;
};

/** Whether a manifest agrees with itself: its root is that of its parts, and so is its count. */
export const manifestHolds = ({ parts, root, count, first, last }: SealManifest): boolean =>
  rootOfParts(parts) === root &&
  parts.reduce((sum, part) => sum + part.count, 0) === count &&
  (first === undefined ? count === 0 : last === first + count - 1);
