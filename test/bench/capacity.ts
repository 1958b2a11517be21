import { isDeepStrictEqual } from 'node:util';
import { itemSize, type StoredItem } from './item-size.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** Prepare and commit: a transaction reads or writes everything twice. */
const TRANSACTION_FACTOR = 2;

export type Consistency = 'eventual' | 'strong' | 'transactional';

const READ_FACTORS: Readonly<Record<Consistency, number>> = {
  eventual: 0.5,
  strong: 1,
  transactional: TRANSACTION_FACTOR,
};

/** Read units of one item, or of all the items of a query's page together. What is not there costs as much as the smallest item. */
export const readUnits = (bytes: number, consistency: Consistency): number =>
  Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * READ_FACTORS[consistency];

/** Write units of one item that had `before` bytes and has `after`. A deletion, a failed condition and a check without a change cost the item's size. */
export const writeUnits = (before: number, after: number, transactional: boolean): number =>
  Math.max(1, Math.ceil(Math.max(before, after) / WRITE_UNIT_BYTES)) * (transactional ? TRANSACTION_FACTOR : 1);

/** An index that projects keys only; attribute names. */
export interface KeysOnlyIndex {
  readonly name: string;
  readonly indexKey: readonly string[];
  readonly tableKey: readonly string[];
}

const entryOf = (item: StoredItem | undefined, { indexKey, tableKey }: KeysOnlyIndex): StoredItem | undefined => {
  if (item === undefined || indexKey.some((name) => item[name] === undefined)) return undefined;
  return Object.fromEntries(
    [...tableKey, ...indexKey].flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
  );
};

const entryUnits = (entry: StoredItem | undefined, transactional: boolean): number =>
  entry === undefined ? 0 : writeUnits(itemSize(entry), 0, transactional);

/**
 * Write units of one index for one write: one entry put or removed, two where its key moves, none where nothing of it changes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html). AWS does not say whether a transaction pays for an index twice too;
 * DynamoDB Local counts it so, and it is the upper bound.
 */
export const indexWriteUnits = (
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  index: KeysOnlyIndex,
  transactional: boolean,
): number => {
  const [from, to] = [entryOf(before, index), entryOf(after, index)];
  if (isDeepStrictEqual(from, to)) return 0;
  return entryUnits(from, transactional) + entryUnits(to, transactional);
};
