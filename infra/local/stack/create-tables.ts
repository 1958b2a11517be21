import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { CannotStart } from '../cannot-start.ts';
import type { LocalTable } from '../template/local-model.ts';

interface Keys {
  KeySchema?: { AttributeName?: string | undefined; KeyType?: string | undefined }[] | undefined;
  GlobalSecondaryIndexes?: (Keys & { IndexName?: string | undefined })[] | undefined;
}

const keysOf = ({ KeySchema = [] }: Keys): string =>
  KeySchema.map(({ AttributeName, KeyType }) => `${KeyType}=${AttributeName}`).join(',');

const outline = (table: Keys): string =>
  [
    keysOf(table),
    ...(table.GlobalSecondaryIndexes ?? []).map((index) => `${index.IndexName}:${keysOf(index)}`).sort(),
  ].join(' ');

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const createTable = async (client: DynamoDBClient, { create, timeToLive }: LocalTable): Promise<void> => {
  const kept = await describe(client, create.TableName);
  if (kept && outline(kept) !== outline(create))
    throw new CannotStart(
      `The kept table ${create.TableName} has other keys or indexes than the template: start with FRESH=1, or delete DATA_DIR.`,
    );
  if (kept) {
    const { TableName, StreamSpecification } = create;
    // It was kept by a version of the code that did not stream it.
    if (StreamSpecification && !kept.StreamSpecification?.StreamEnabled)
      await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
    return;
  }
  await client.send(new CreateTableCommand(create));
  if (timeToLive === undefined) return;
  const TimeToLiveSpecification = { AttributeName: timeToLive, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: create.TableName, TimeToLiveSpecification }));
};

/**
 * Makes the tables that are not there yet.
 * @throws CannotStart when a kept one has another schema
 */
export const createTables = async (client: DynamoDBClient, tables: readonly LocalTable[]): Promise<void> => {
  await Promise.all(tables.map((table) => createTable(client, table)));
};
