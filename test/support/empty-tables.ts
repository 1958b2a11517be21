import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';

/** A table of which as many items are left is made anew, which is quicker than deleting them. */
const MANY_ITEMS = 300;

/** Requests of BatchWriteItem at most. */
const BATCH = 25;

/** A client for the run's DynamoDB Local, configured as shared/data/document-client.ts configures its own. */
const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: inject('dynamoDbUrl'),
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

type Table = CreateTableCommandInput & { readonly TableName: string };

/** Names of tables that this file has seen: others of the same worker may have made more. */
const known = new Set<string>();

/** @returns whether it was there already */
const exists = async (db: DynamoDBDocumentClient, table: Table): Promise<boolean> => {
  if (known.has(table.TableName)) return true;
  known.add(table.TableName);
  try {
    await db.send(new CreateTableCommand(table));
    return false;
  } catch (error) {
    if (error instanceof ResourceInUseException) return true;
    throw error;
  }
};

const emptied = async (db: DynamoDBDocumentClient, table: Table): Promise<void> => {
  const { TableName, KeySchema = [] } = table;
  const names = Object.fromEntries(KeySchema.map(({ AttributeName = '' }, place) => [`#${place}`, AttributeName]));
  const { Items = [] } = await db.send(
    new ScanCommand({
      TableName,
      ConsistentRead: true,
      Limit: MANY_ITEMS,
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: names,
    }),
  );
  if (Items.length >= MANY_ITEMS) {
    await db.send(new DeleteTableCommand({ TableName }));
    await db.send(new CreateTableCommand(table));
    return;
  }
  for (let start = 0; start < Items.length; start += BATCH) {
    const deletes = Items.slice(start, start + BATCH).map((Key) => ({ DeleteRequest: { Key } }));
    await db.send(new BatchWriteCommand({ RequestItems: { [TableName]: deletes } }));
  }
};

/**
 * Makes these tables of the run's DynamoDB Local, or empties them where they are already there. Each that is made makes it
 * slower, deleted or not: after 400 sets of ours a transaction takes it 13 ms of the processor, after one 4, and
 * another set 230 ms instead of 50.
 * @returns a client of its own
 */
export const emptyTables = async (tables: readonly Table[]): Promise<DynamoDBDocumentClient> => {
  const db = documentClient();
  await Promise.all(
    tables.map(async (table) => {
      if (await exists(db, table)) await emptied(db, table);
    }),
  );
  return db;
};
