import { createHash } from 'node:crypto';

/** SHA-256, 32 bytes. */
export type Hash = Uint8Array;

// The prefixes tell a leaf from a node, so that no node can be passed off as a leaf: RFC 6962, 2.1.
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** What an empty tree hashes to. */
const EMPTY: Hash = createHash('sha256').digest();

export const leafHash = (leaf: Uint8Array | string): Hash => createHash('sha256').update(LEAF).update(leaf).digest();

const nodeHash = (left: Hash, right: Hash): Hash =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** Where a tree of two leaves or more parts: the largest power of two below `size`. */
const splitOf = (size: number): number => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};

/**
 * The root over hashes of leaves, or of complete subtrees of one size (a power of two; the last may be smaller): since RFC 6962 parts a tree at powers of two,
 * the root over the subtrees is the root over all their leaves.
 */
export const rootOf = (hashes: readonly Hash[]): Hash => {
  const below = (start: number, end: number): Hash => {
    const only = hashes[start];
    if (only !== undefined && end - start === 1) return only;
    const split = start + splitOf(end - start);
    return nodeHash(below(start, split), below(split, end));
  };
  return hashes.length === 0 ? EMPTY : below(0, hashes.length);
};

/**
 * The hashes beside the way from a leaf (or subtree) up to the root: RFC 6962, 2.1.1.
 *
 * @throws RangeError where there is no such leaf
 */
export const auditPath = (hashes: readonly Hash[], index: number): Hash[] => {
  if (!Number.isInteger(index) || index < 0 || index >= hashes.length)
    throw new RangeError(`A tree of ${hashes.length} has no leaf ${index}`);
  const beside = (start: number, end: number): Hash[] => {
    if (end - start === 1) return [];
    const split = start + splitOf(end - start);
    return index < split
      ? [...beside(start, split), rootOf(hashes.slice(split, end))]
      : [...beside(split, end), rootOf(hashes.slice(start, split))];
  };
  return beside(0, hashes.length);
};

/** The root that a leaf's hash and its audit path lead to, in a tree of `size` leaves (RFC 9162, 2.1.3.2); undefined where the path does not fit its place. */
export const rootOfPath = (leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | undefined => {
  if (index < 0 || index >= size) return undefined;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const beside of path) {
    if (last === 0) return undefined;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(beside, hash);
      // A last node without a sibling goes up as it is.
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, beside);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
};

export const toHex = (hash: Hash): string => Buffer.from(hash).toString('hex');

export const fromHex = (hex: string): Hash => Buffer.from(hex, 'hex');
