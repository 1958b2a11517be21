import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';
import { createTables } from '#infra/local/stack/create-tables.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import type { TableName } from '#infra/tables.ts';
import { tableNames } from '#test/support/table-names.ts';
import { synthesizeTables } from '#test/support/table-schemas.ts';

export interface OwnTables {
  readonly dynamoDbUrl: string;
  readonly client: DynamoDBClient;
  /** Physical names. */
  readonly tables: Readonly<Record<TableName, string>>;
  stop(): Promise<void>;
}

export const dynamoDbAt = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });

export const documentsOf = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** The template's tables on a DynamoDB Local in memory, outside a test run. */
export const startOwnTables = async (): Promise<OwnTables> => {
  const [dynamoDb, schemas] = await Promise.all([startDynamoDb(), synthesizeTables()]);
  const client = dynamoDbAt(dynamoDb.url);
  await createTables(client, schemas);
  return {
    dynamoDbUrl: dynamoDb.url,
    client,
    tables: tableNames((id) => schemas.find(({ logicalId }) => logicalId === id)?.create.TableName),
    stop: async () => {
      client.destroy();
      await dynamoDb.stop();
    },
  };
};
