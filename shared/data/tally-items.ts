import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LimitScope } from '#shared/domain/limits/limits.ts';
import { parseItem } from './parse-item.ts';

/** One call's units are spread over so many partitions: each takes 1,000 writes a second, and in the last hour everybody writes. */
export const TALLY_SHARDS = 16;

export const shardName = (callId: string, shard: number): string => `${callId}#${String(shard).padStart(2, '0')}`;

/** Where the tally of a unit in a call lies. The shard is a digest of the unit, so that a unit's tally is found without a lookup. */
export const tallyKey = (callId: string, unitId: string): { shard: string; unitId: string } => {
  const digest = createHash('sha256').update(unitId).digest();
  return { shard: shardName(callId, digest.readUInt8(0) % TALLY_SHARDS), unitId };
};

const NODE_SET = 'in#';

/** The set of what counts below a node of the call's tree. */
const nodeSet = (code: string): string => `${NODE_SET}${code}`;

/** The set of all that counts against a unit's limits in the call, whoever leads it. `submitted` holds what the unit itself submitted: the roster. */
const COUNTED = nodeSet('');

/** The set a limit counts. */
export const limitedSet = ({ code }: Pick<LimitScope, 'code'>): string =>
  code === undefined ? COUNTED : nodeSet(code);

/** The sets a submission lies in that counts below these nodes: one for every limit there can be. */
export const limitedSets = (countedIn: readonly string[]): string[] => [COUNTED, ...countedIn.map(nodeSet)];

const DRAFT_SET = 'draft#';

/** The sets a draft lies in: the unit's drafts, and those of its category. */
export const draftSets = (category: string): string[] => ['drafts', `${DRAFT_SET}${category}`];

/** What one unit has in one call, by submission id. */
export interface Tally {
  readonly unitId: string;
  readonly drafts: readonly string[];
  readonly submitted: readonly string[];
  /** Codes of the nodes of the call's tree in which something counts for the unit: categories and the groups above them. */
  readonly submittedIn: readonly string[];
  /** How much counts against a limit set on a node (by its code), and on the whole call (''): its own, and what it joined. */
  readonly counted: ReadonlyMap<string, number>;
  /** Drafts by their category, and what the unit itself submitted below each node. */
  readonly draftsIn: ReadonlyMap<string, number>;
  readonly ownIn: ReadonlyMap<string, number>;
}

const StringSet = z
  .set(z.string())
  .optional()
  .transform((set) => [...(set ?? [])].sort());

/** The sets whose names begin alike, by the rest of their names. */
const setsNamed = (
  item: Readonly<Record<string, unknown>>,
  prefix: string,
): (readonly [string, ReadonlySet<unknown>])[] =>
  Object.entries(item).flatMap(([name, ids]) =>
    name.startsWith(prefix) && ids instanceof Set ? [[name.slice(prefix.length), ids] as const] : [],
  );

const TallyItem = z
  .looseObject({ unitId: z.string(), drafts: StringSet, submitted: StringSet })
  .transform(({ unitId, drafts, submitted, ...rest }) => {
    // DynamoDB keeps no empty set: one that is there counts something.
    const counted = setsNamed(rest, NODE_SET);
    const nodes = counted.filter(([code]) => code !== '');
    return {
      unitId,
      drafts,
      submitted,
      submittedIn: nodes.map(([code]) => code),
      counted: new Map(counted.map(([code, ids]) => [code, ids.size])),
      draftsIn: new Map(setsNamed(rest, DRAFT_SET).map(([code, ids]) => [code, ids.size])),
      ownIn: new Map(nodes.map(([code, ids]) => [code, submitted.filter((id) => ids.has(id)).length])),
    };
  });

export const parseTally = (item: unknown): Tally => parseItem('tally', TallyItem, item);

const CountedTally = z.record(z.string(), z.unknown()).default({});

/** How many ids a set of a tally has; none where the tally or the set is not there. */
export const setSize = (item: unknown, set: string): number => {
  const ids = parseItem('tally', CountedTally, item)[set];
  return ids instanceof Set ? ids.size : 0;
};

/** A tally as DynamoDB hands it back with a failed condition: in its own notation. */
const RawTally = z.record(z.string(), z.object({ SS: z.array(z.string()).optional() })).optional();

/** How many ids a set of such a tally has. */
export const rawSetSize = (item: unknown, set: string): number =>
  parseItem('tally', RawTally, item)?.[set]?.SS?.length ?? 0;
