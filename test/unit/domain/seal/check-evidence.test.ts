import { describe, expect, test } from 'vitest';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { digestHolds, lineIsOf, manifestHolds, pathHolds } from '#shared/domain/seal/check-evidence.ts';
import { leafIn, manifestOf } from '#shared/domain/seal/manifest.ts';
import { lineOf } from '#shared/domain/seal/roster.ts';
import { madeSeal } from './made-seal.ts';
import { numbered, receiptOf } from './receipts.ts';

const seal = await madeSeal([1, 2, 3, 4, 5], { firstNo: 11 });
const { manifest } = seal;
const receipt = receiptOf(3);
const leaf = leafIn(manifest, 0, seal.parts[0] ?? '', receipt.receiptNo) ?? { index: 0, line: '', path: [] };
const membership = { acceptanceNo: 13, leaf: { index: leaf.index, line: leaf.line }, path: [...leaf.path] };

describe('the digest of a receipt', () => {
  test('holds for all of it, and for nothing that was changed', () => {
    expect(digestHolds(receipt)).toBe(true);
    expect(digestHolds({ ...receipt, unitId: 'unit-9' })).toBe(false);
    expect(digestHolds({ ...receipt, digest: canonicalDigest(receipt) })).toBe(false);
  });
});

describe('a line of a roster', () => {
  test('is of the receipt whose number, digest and 受理编号 it has', () => {
    expect(lineIsOf(membership, receipt)).toBe(true);
  });

  test('is of no other receipt, number or digest', () => {
    expect(lineIsOf(membership, { ...receipt, receiptNo: receiptOf(4).receiptNo })).toBe(false);
    expect(lineIsOf(membership, { ...receipt, digest: receiptOf(4).digest })).toBe(false);
    expect(lineIsOf({ ...membership, acceptanceNo: 14 }, receipt)).toBe(false);
  });

  test.each(['', 'no JSON', '{}', lineOf({ ...numbered(3, 13), acceptanceNo: 0 })])('%j is no line', (line) => {
    expect(lineIsOf({ ...membership, leaf: { ...membership.leaf, line } }, receipt)).toBe(false);
  });
});

describe('a path', () => {
  test('holds from the line at its place up to the root of the manifest', () => {
    expect(pathHolds(membership, manifest)).toBe(true);
  });

  test('does not hold from another line or place, without a step, or to another root', () => {
    const { index, line } = membership.leaf;
    expect(pathHolds({ ...membership, leaf: { index, line: `${line} ` } }, manifest)).toBe(false);
    expect(pathHolds({ ...membership, leaf: { index: index + 1, line } }, manifest)).toBe(false);
    expect(pathHolds({ ...membership, path: membership.path.slice(1) }, manifest)).toBe(false);
    expect(pathHolds(membership, { ...manifest, root: 'ab'.repeat(32) })).toBe(false);
    expect(pathHolds({ ...membership, leaf: { index: manifest.count, line } }, manifest)).toBe(false);
  });
});

describe('a manifest', () => {
  const nothing = manifestOf({
    ...{ callId: 'changde-2022', number: 1, through: '2022-03-31T16:00:00.000Z' },
    ...{ parts: [], withdrawals: [] },
  });

  test('agrees with itself, of a seal with entries and of one without', () => {
    expect(manifestHolds(manifest)).toBe(true);
    expect(manifestHolds(nothing)).toBe(true);
  });

  test.each([
    ['root', { root: 'ab'.repeat(32) }],
    ['count', { count: 4, last: 14 }],
    ['first number', { first: 10 }],
    ['last number', { last: 16 }],
    ['numbers', { first: undefined, last: undefined }],
  ])('does not agree with another %s', (_, changed) => {
    expect(manifestHolds({ ...manifest, ...changed })).toBe(false);
  });
});
