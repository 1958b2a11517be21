import { describe, expect, test } from 'vitest';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import {
  leafIn,
  manifestBytes,
  manifestOf,
  parseManifest,
  partFor,
  rootOfParts,
  signedStatement,
} from '#shared/domain/seal/manifest.ts';
import { fromHex, leafHash, rootOfPath, toHex } from '#shared/domain/seal/merkle-tree.ts';
import { PART_ENTRIES } from '#shared/domain/seal/parts.ts';
import { lineOf } from '#shared/domain/seal/roster.ts';
import { madeSeal } from './made-seal.ts';
import { numbered, receiptOf } from './receipts.ts';

const THROUGH = '2022-03-31T16:00:00.000Z';
const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const upTo = (most: number): number[] => Array.from({ length: most }, (_, n) => n + 1);
const [small, large] = [await madeSeal([1, 2, 3], { firstNo: 5 }), await madeSeal(upTo(PART_ENTRIES + 2))];

describe('a manifest', () => {
  test('counts its parts, numbers them from the first on, and has the root over theirs', () => {
    const { manifest } = large;
    expect(manifest).toMatchObject({
      callId: 'changde-2022',
      number: 1,
      through: THROUGH,
      count: PART_ENTRIES + 2,
      first: 1,
      last: PART_ENTRIES + 2,
    });
    expect(manifest.root).toBe(rootOfParts(manifest.parts));
    expect(small.manifest).toMatchObject({ count: 3, first: 5, last: 7 });
    expect(small.manifest.root).toBe(small.manifest.parts[0]?.root);
    expect(manifest).not.toHaveProperty('previousRoot');
    expect(manifest).not.toHaveProperty('withdrawals');
  });

  test('says all that follows from its parts, and nothing that does not', () => {
    const { parts, tree } = large.manifest;
    const content = { callId: 'changde-2022', number: 1, through: THROUGH };
    const count = PART_ENTRIES + 2;
    expect(manifestOf({ ...content, parts, withdrawals: [] })).toStrictEqual({
      ...{ ...content, count, first: 1, last: count, parts, tree },
      root: rootOfParts(parts),
    });
  });

  test('says how its root follows from the lines', () => {
    expect(large.manifest.tree).toMatch(/RFC 6962 with SHA-256.*0x00.*0x01.*1024 lines.*complete subtree/);
  });

  test('of a seal that nothing came to has no numbers and the root of the empty tree', () => {
    const nothing = { callId: 'changde-2022', number: 1, through: THROUGH, parts: [], withdrawals: [] };
    const manifest = manifestOf(nothing);
    expect(manifest).toMatchObject({ count: 0, parts: [], root: EMPTY_ROOT });
    expect(manifest).not.toHaveProperty('first');
    expect(manifest).not.toHaveProperty('last');
  });

  test('of a supplementary seal carries the root before it and counts what was withdrawn', () => {
    const withdrawn = (name: string, count: number) => ({ name, count, bytes: 100, sha256: 'ef'.repeat(32) });
    const withdrawals = [withdrawn('withdrawn-00001.ndjson', 2), withdrawn('withdrawn-00002.ndjson', 1)];
    const { parts } = small.manifest;
    const manifest = manifestOf({
      ...{ callId: 'changde-2022', number: 2, through: THROUGH, parts, withdrawals },
      previousRoot: large.root,
    });
    expect(manifest).toMatchObject({
      previousRoot: large.root,
      withdrawals: { count: 3, parts: withdrawals },
      count: 3,
    });
  });

  test('is the same once its bytes are read again', () => {
    const text = Buffer.from(manifestBytes(large.manifest)).toString('utf8');
    expect(parseManifest(text)).toStrictEqual(large.manifest);
    expect(text.startsWith('{"callId":"changde-2022","count":1026,')).toBe(true);
  });

  test('is signed for by what it is known by and the digest of all of it', () => {
    expect(signedStatement(large.manifest)).toStrictEqual({
      callId: 'changde-2022',
      number: 1,
      through: THROUGH,
      count: PART_ENTRIES + 2,
      root: large.root,
      manifest: canonicalDigest(large.manifest),
    });
  });
});

describe('the part of a receipt', () => {
  test.each([
    [1, 0],
    [PART_ENTRIES, 0],
    [PART_ENTRIES + 1, 1],
    [PART_ENTRIES + 2, 1],
    [PART_ENTRIES + 99, 1],
  ])('number %i is found by its place in order of receipt', (number, part) => {
    expect(partFor(large.manifest, receiptOf(number))).toBe(part);
  });

  test('that came before all that are sealed is none, also of the same moment', () => {
    expect(partFor(large.manifest, receiptOf(0))).toBeUndefined();
    const { submittedAt } = receiptOf(1);
    expect(partFor(large.manifest, { submittedAt, submissionId: receiptOf(0).submissionId })).toBeUndefined();
  });
});

describe('the line of a receipt', () => {
  test.each([
    [1, 0],
    [2, 0],
    [PART_ENTRIES, 0],
    [PART_ENTRIES + 2, 1],
  ])('number %i is found in its part, with the path from it to the root', (number, part) => {
    const leaf = leafIn(large.manifest, part, large.parts[part] ?? '', receiptOf(number).receiptNo);
    expect(leaf).toMatchObject({ index: number - 1, line: lineOf(numbered(number, number)), acceptanceNo: number });
    const { line = '', path = [] } = leaf ?? {};
    const root = rootOfPath(leafHash(line), number - 1, large.count, path.map(fromHex));
    expect(root === undefined ? '' : toHex(root)).toBe(large.root);
  });

  test('is not one that has its number elsewhere, and none where the part has no such line', () => {
    expect(leafIn(large.manifest, 0, large.parts[0] ?? '', receiptOf(PART_ENTRIES + 1).receiptNo)).toBeUndefined();
    expect(leafIn(small.manifest, 0, small.parts[0] ?? '', receiptOf(2).submissionId)).toBeUndefined();
    expect(leafIn(small.manifest, 0, '', receiptOf(2).receiptNo)).toBeUndefined();
  });
});
