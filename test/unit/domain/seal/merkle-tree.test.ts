import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditPath, fromHex, type Hash, leafHash, rootOf, rootOfPath, toHex } from '#shared/domain/seal/merkle-tree.ts';
import { PART_ENTRIES } from '#shared/domain/seal/parts.ts';

/** Sizes tried one by one; `npm run test:seal` tries some thousands. */
const SIZES = Number(process.env.TREE_SIZES ?? 130);

const leaves = Array.from({ length: 4_200 }, (_, n) => leafHash(`line ${n}`));

const sha256 = (...bytes: (Uint8Array | string)[]): Hash => {
  const hash = createHash('sha256');
  for (const part of bytes) hash.update(part);
  return hash.digest();
};

/** RFC 6962, 2.1, word by word, of the leaves themselves. */
const naiveRoot = (lines: readonly string[]): Hash => {
  const [only] = lines;
  if (only === undefined) return sha256('');
  if (lines.length === 1) return sha256(Uint8Array.of(0), only);
  const k = 2 ** Math.floor(Math.log2(lines.length - 1));
  return sha256(Uint8Array.of(1), naiveRoot(lines.slice(0, k)), naiveRoot(lines.slice(k)));
};

/** The hashes level by level: what has no sibling goes up as it is. Another way to the same tree. */
const byLevels = (hashes: readonly Hash[]): Hash[][] => {
  const levels = [[...hashes]];
  for (let level = [...hashes]; level.length > 1; levels.push(level)) {
    level = level.flatMap((left, n) => {
      const right = level[n + 1];
      if (n % 2 === 1) return [];
      return [right === undefined ? left : sha256(Uint8Array.of(1), left, right)];
    });
  }
  return levels;
};

const pathByLevels = (levels: readonly Hash[][], index: number): Hash[] =>
  levels.slice(0, -1).flatMap((level, height) => {
    const sibling = level[Math.floor(index / 2 ** height) ^ 1];
    return sibling === undefined ? [] : [sibling];
  });

describe('the tree', () => {
  test('has the roots of the test vectors of RFC 6962 implementations', () => {
    // Certificate Transparency's reference inputs and roots (google/certificate-transparency, merkle_tree_test).
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const hashes = inputs.map((hex) => leafHash(fromHex(hex)));
    expect(toHex(rootOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(toHex(rootOf(hashes.slice(0, 1)))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(toHex(rootOf(hashes.slice(0, 3)))).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
    expect(toHex(rootOf(hashes))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  test('has the root of a naive implementation, for every size', { timeout: 15_000 + SIZES * 100 }, () => {
    const lines = leaves.slice(0, SIZES).map((_, n) => `line ${n}`);
    for (let size = 0; size <= SIZES; size += 1)
      expect(toHex(rootOf(leaves.slice(0, size)))).toBe(toHex(naiveRoot(lines.slice(0, size))));
  });

  test('has every audit path of a naive implementation, each leading from its leaf to the root and from no other', {
    timeout: 15_000 + SIZES * 200,
  }, () => {
    for (let size = 1; size <= SIZES; size += 1) {
      const tree = leaves.slice(0, size);
      const levels = byLevels(tree);
      const root = toHex(rootOf(tree));
      // Every leaf of a small tree; of a large one those at its edges and some between.
      const indexes = tree.map((_, index) => index).filter((n) => size <= 64 || n < 2 || n >= size - 2 || n % 61 === 0);
      const faulty = indexes.filter((index) => {
        const path = auditPath(tree, index);
        const reached = rootOfPath(leaves[index] ?? leafHash(''), index, size, path);
        const elsewhere = rootOfPath(leaves[index] ?? leafHash(''), (index + 1) % size, size, path);
        return (
          path.map(toHex).join() !== pathByLevels(levels, index).map(toHex).join() ||
          reached === undefined ||
          toHex(reached) !== root ||
          (size > 1 && elsewhere !== undefined && toHex(elsewhere) === root)
        );
      });
      expect(faulty).toEqual([]);
    }
  });

  test('is the same over parts as over all leaves, root and paths, at any size', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: leaves.length }),
      fc.constantFrom(1_023, 1_024, 1_025, 2_047, 2_048, 2_049, 3_072, 3_073, 4_096, 4_097),
    );
    fc.assert(
      fc.property(sizes, fc.nat(), (size, some) => {
        const tree = leaves.slice(0, size);
        const parts = Array.from({ length: Math.ceil(size / PART_ENTRIES) }, (_, n) =>
          tree.slice(n * PART_ENTRIES, (n + 1) * PART_ENTRIES),
        );
        const index = some % size;
        const part = Math.floor(index / PART_ENTRIES);
        const path = [...auditPath(parts[part] ?? [], index % PART_ENTRIES), ...auditPath(parts.map(rootOf), part)];
        expect(toHex(rootOf(parts.map(rootOf)))).toBe(toHex(rootOf(tree)));
        expect(path.map(toHex)).toEqual(auditPath(tree, index).map(toHex));
        expect(path.map(toHex)).toEqual(pathByLevels(byLevels(tree), index).map(toHex));
      }),
      { numRuns: 20 },
    );
  });

  test('has no leaf and no path outside of it', () => {
    const tree = leaves.slice(0, 5);
    const [leaf = leafHash('')] = tree;
    for (const nowhere of [5, -1, 0.5])
      expect(() => auditPath(tree, nowhere)).toThrow(new RangeError(`A tree of 5 has no leaf ${nowhere}`));
    expect(() => auditPath([], 0)).toThrow(RangeError);
    expect(rootOfPath(leaf, 5, 5, [])).toBeUndefined();
    expect(rootOfPath(leaf, 5, 5, [leaf, leaf])).toBeUndefined();
    expect(rootOfPath(leaf, -1, 5, [leaf, leaf, leaf])).toBeUndefined();
    expect(rootOfPath(leaf, 0, 5, auditPath(tree, 0).slice(1))).toBeUndefined();
    expect(rootOfPath(leaf, 0, 5, [...auditPath(tree, 0), leaf])).toBeUndefined();
  });
});
