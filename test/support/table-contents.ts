import { isDeepStrictEqual } from 'node:util';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { FreshTables } from './dynamodb.ts';

type Item = Record<string, unknown>;

export interface TableContents {
  /** Of these tables, or of all, keys of what is no longer as it was; then all of it is as it was again. */
  restore(tableNames?: ReadonlySet<string>): Promise<string[]>;
}

/** The attributes of a table's key. */
const keyNamesOf = async ({ db }: FreshTables, tableName: string): Promise<string[]> => {
  const { Table } = await db.send(new DescribeTableCommand({ TableName: tableName }));
  return (Table?.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);
};

/** Every item of a table by its key, as JSON. */
const read = async (
  { db }: FreshTables,
  tableName: string,
  keyNames: readonly string[],
): Promise<Map<string, Item>> => {
  const keyOf = (item: Item): Item => Object.fromEntries(keyNames.map((name) => [name, item[name]]));
  const items = new Map<string, Item>();
  for await (const { Items = [] } of paginateScan({ client: db }, { TableName: tableName, ConsistentRead: true })) {
    for (const item of Items) items.set(JSON.stringify(keyOf(item)), item);
  }
  return items;
};

/** Remembers what tables hold. */
export const rememberTables = async (stores: FreshTables): Promise<TableContents> => {
  const { db, tables } = stores;
  const remembered = new Map<string, { keyNames: readonly string[]; items: ReadonlyMap<string, Item> }>();
  for (const tableName of Object.values(tables)) {
    const keyNames = await keyNamesOf(stores, tableName);
    remembered.set(tableName, { keyNames, items: await read(stores, tableName, keyNames) });
  }

  const restoreTable = async (tableName: string): Promise<string[]> => {
    const one = remembered.get(tableName);
    if (one === undefined) throw new Error(`What ${tableName} held was not remembered.`);
    const { keyNames, items: before } = one;
    const now = await read(stores, tableName, keyNames);
    const keys = [...new Set([...before.keys(), ...now.keys()])];
    const changed = keys.filter((key) => !isDeepStrictEqual(before.get(key), now.get(key)));
    for (const key of changed) {
      const item = before.get(key);
      await (item === undefined
        ? db.send(new DeleteCommand({ TableName: tableName, Key: JSON.parse(key) }))
        : db.send(new PutCommand({ TableName: tableName, Item: item })));
    }
    return changed;
  };

  return {
    restore: async (tableNames = new Set(remembered.keys())) =>
      (await Promise.all([...tableNames].map(restoreTable))).flat(),
  };
};
