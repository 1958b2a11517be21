import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { KeysOnlyIndex } from './capacity.ts';
import type { StoredItem } from './item-size.ts';

/** What the meter has to know of a table. */
export interface MeteredTable {
  /** As infra/tables.ts names it. */
  readonly name: string;
  readonly key: readonly string[];
  readonly indexes: readonly KeysOnlyIndex[];
}

/** By physical name. */
export type MeteredTables = ReadonlyMap<string, MeteredTable>;

const namesOf = (schema: TableDescription['KeySchema']): string[] =>
  (schema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);

/**
 * Reads keys and indexes of tables from the tables themselves.
 * @param physicalNames by the name of infra/tables.ts
 */
export const describeTables = async (
  client: DynamoDBClient,
  physicalNames: Readonly<Record<string, string>>,
): Promise<MeteredTables> => {
  const described = Object.entries(physicalNames).map(async ([name, physical]): Promise<[string, MeteredTable]> => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: physical }));
    const key = namesOf(Table?.KeySchema);
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map((index) => {
      if (index.Projection?.ProjectionType !== 'KEYS_ONLY')
        throw new Error(`The meter counts indexes that project keys only; ${name}'s ${index.IndexName} projects more`);
      return { name: index.IndexName ?? '', indexKey: namesOf(index.KeySchema), tableKey: key };
    });
    return [physical, { name, key, indexes }];
  });
  return new Map(await Promise.all(described));
};

/**
 * The item of a table, or the kind of item where its sort key `item` names several: `definition#DIGEST#category#CODE` is a category, `deadline#unit#ID` a
 * deadline.
 */
export const kindOf = ({ name }: MeteredTable, key: StoredItem): string => {
  const item = key.item?.S;
  if (item === undefined) return name;
  const labels = item.split('#').filter((_, place) => place % 2 === 0);
  return `${name}/${item.startsWith('deadline#') ? 'deadline' : labels.at(-1)}`;
};
