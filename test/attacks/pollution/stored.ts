import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { unpackText } from '#shared/data/packed-json.ts';
import type { FreshTables } from '#test/support/dynamodb.ts';

/** Stands in every member that nobody asked for: found anywhere, it was kept. */
export const MARK = 'polluted7q';

/** Keys that no item of ours has, own ones: what JSON.parse makes of them is no prototype yet. */
const NEVER_KEYS = new Set(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']);

/** Items are packed as deflated JSON; digests and the like are not. */
const unpacked = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(unpackText(bytes));
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
};

const faultsIn = (value: unknown, at: string): string[] => {
  if (typeof value === 'string') return value.includes(MARK) ? [`${at} holds ${value.slice(0, 80)}`] : [];
  if (value instanceof Uint8Array) return faultsIn(unpacked(value), at);
  if (value instanceof Set) return [...value].flatMap((entry) => faultsIn(entry, at));
  if (typeof value !== 'object' || value === null) return [];
  return Reflect.ownKeys(value).flatMap((key) => {
    const name = String(key);
    const here = NEVER_KEYS.has(name) || name.includes(MARK) ? [`${at} has the key ${name}`] : [];
    return [...here, ...faultsIn(Reflect.get(value, key), `${at}.${name}`)];
  });
};

/** What of all tables holds the mark, or a key that no item of ours has; packed parts are unpacked. */
export const pollutionStored = async ({
  db,
  tables,
}: Pick<FreshTables, 'db'> & { readonly tables: Readonly<Record<string, string>> }): Promise<string[]> => {
  const faults: string[] = [];
  for (const [table, TableName] of Object.entries(tables)) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await db.send(new ScanCommand({ TableName, ExclusiveStartKey: start }));
      for (const item of page.Items ?? []) faults.push(...faultsIn(item, table));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
  return faults;
};

const SHARED_BY_ALL = { Object, Array, String, Number, Boolean, Function, Map, Set, Date, Promise, Error, RegExp };

/** What the prototypes of this process have. */
export const prototypesNow = (): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(SHARED_BY_ALL).map(([name, { prototype }]) => [name, Reflect.ownKeys(prototype).map(String)]),
  );
