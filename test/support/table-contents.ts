import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LocalTable } from '#infra/local/template/local-model.ts';
import type { FreshTables } from './dynamodb.ts';

type Item = Record<string, unknown>;

export interface TableContents {
  /** Of these tables, keys of what is no longer as it was; then all of it is as it was again. */
  restore(tableNames: ReadonlySet<string>): Promise<string[]>;
}

/** Remembers what tables hold, made by these schemas. */
export const rememberTables = async (
  { db, tables }: FreshTables,
  schemas: readonly LocalTable[],
): Promise<TableContents> => {
  /** The attributes of a table's key. */
  const keyNamesOf = (tableName: string): string[] => {
    const schema = schemas.find(({ logicalId }) => tableName.endsWith(`-${logicalId}`));
    return (schema?.create.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);
  };

  const keyOf = (tableName: string, item: Item): Item =>
    Object.fromEntries(keyNamesOf(tableName).map((name) => [name, item[name]]));

  const read = async (tableName: string): Promise<Map<string, Item>> => {
    const items = new Map<string, Item>();
    for await (const { Items = [] } of paginateScan({ client: db }, { TableName: tableName, ConsistentRead: true })) {
      for (const item of Items) items.set(JSON.stringify(keyOf(tableName, item)), item);
    }
    return items;
  };

  const remembered = new Map<string, ReadonlyMap<string, Item>>();
  for (const tableName of Object.values(tables)) remembered.set(tableName, await read(tableName));

  const restoreTable = async (tableName: string): Promise<string[]> => {
    const before = remembered.get(tableName) ?? new Map<string, Item>();
    const now = await read(tableName);
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
    restore: async (tableNames) => (await Promise.all([...tableNames].map(restoreTable))).flat(),
  };
};
