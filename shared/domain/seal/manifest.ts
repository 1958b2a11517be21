import { type RosterPart, SealManifest, type WithdrawalPart } from '#shared/contract/seals.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { auditPath, fromHex, leafHash, rootOf, toHex } from './merkle-tree.ts';
import { PART_ENTRIES } from './parts.ts';
import { parseEntry } from './roster.ts';

const TREE =
  `RFC 6962 with SHA-256: a leaf is 0x00 and the bytes of a line without its line feed, a node 0x01 and both hashes; ` +
  `the root of each part of ${PART_ENTRIES} lines is a complete subtree, and the root is the tree over the parts' roots.`;

export interface ManifestContent {
  readonly callId: string;
  readonly number: number;
  readonly through: string;
  readonly previousRoot?: string | undefined;
  readonly parts: readonly RosterPart[];
  readonly withdrawals: readonly WithdrawalPart[];
}

const entries = (parts: readonly { readonly count: number }[]): number =>
  parts.reduce((sum, { count }) => sum + count, 0);

export const rootOfParts = (parts: readonly Pick<RosterPart, 'root'>[]): string =>
  toHex(rootOf(parts.map(({ root }) => fromHex(root))));

/** What is said and signed of a seal: all of it follows from the roster, nothing from when or how often it was made. */
export const manifestOf = ({ parts, withdrawals, previousRoot, ...content }: ManifestContent): SealManifest => {
  const count = entries(parts);
  const first = parts[0]?.first.acceptanceNo;
  return {
    ...content,
    ...(previousRoot === undefined ? {} : { previousRoot }),
    count,
    ...(first === undefined ? {} : { first, last: first + count - 1 }),
    parts: [...parts],
    ...(withdrawals.length === 0 ? {} : { withdrawals: { count: entries(withdrawals), parts: [...withdrawals] } }),
    root: rootOfParts(parts),
    tree: TREE,
  };
};

/** Canonical JSON (RFC 8785) in UTF-8. */
export const manifestBytes = (manifest: SealManifest): Uint8Array => Buffer.from(canonicalJson(manifest), 'utf8');

/** What the signature of a manifest says: enough to know the seal by, and the digest of all of it. */
export const signedStatement = (manifest: SealManifest) => ({
  callId: manifest.callId,
  number: manifest.number,
  through: manifest.through,
  count: manifest.count,
  root: manifest.root,
  manifest: canonicalDigest(manifest),
});

/** The one part a receipt can be in, by its place in order of receipt; undefined where it is before all of them. A submission is in one seal once, so the place is its own. */
export const partFor = (
  { parts }: Pick<SealManifest, 'parts'>,
  { submittedAt, submissionId }: { readonly submittedAt: string; readonly submissionId: string },
): number | undefined => {
  const wanted = `${submittedAt} ${submissionId}`;
  const found = parts.findLastIndex(({ first }) => `${first.submittedAt} ${first.submissionId}` <= wanted);
  return found === -1 ? undefined : found;
};

export interface Leaf {
  /** In the seal, from 0 on. */
  readonly index: number;
  readonly line: string;
  readonly acceptanceNo: number;
  /** Lower-case hex, from the leaf up. */
  readonly path: readonly string[];
}

/** The line of a receipt in its part, and its audit path up to the root of the manifest; undefined where the part has no such line. */
export const leafIn = (
  { parts }: Pick<SealManifest, 'parts'>,
  part: number,
  body: string,
  receiptNo: string,
): Leaf | undefined => {
  const lines = body.split('\n').slice(0, -1);
  const place = lines.findIndex((line) => line.includes(receiptNo) && parseEntry(line).receiptNo === receiptNo);
  const line = lines[place];
  if (line === undefined) return undefined;
  const within = auditPath(lines.map(leafHash), place);
  const above = auditPath(
    parts.map(({ root }) => fromHex(root)),
    part,
  );
  return {
    index: part * PART_ENTRIES + place,
    line,
    acceptanceNo: parseEntry(line).acceptanceNo,
    path: [...within, ...above].map(toHex),
  };
};

/** @throws ZodError, or SyntaxError for what is no JSON */
export const parseManifest = (text: string): SealManifest => SealManifest.parse(JSON.parse(text));
