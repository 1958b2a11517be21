import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { TABLE_SCHEMAS, type TableKey } from './table-schemas.ts';

export interface FreshTables {
  db: DynamoDBDocumentClient;
  /** Physical names. */
  tables: Record<TableKey, string>;
}

/** A client for the run's DynamoDB Local, configured as shared/data/document-client.ts configures its own. */
export const testDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: inject('dynamoDbUrl'),
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

/**
 * Empty tables under names of their own, so that suites running at the same time never meet.
 * Call it once per suite, in `beforeAll`, or per test where a test needs an empty index.
 * @param names only these are made; all of them without it
 */
export const freshTables = async (names = Object.keys(TABLE_SCHEMAS) as readonly TableKey[]): Promise<FreshTables> => {
  const db = testDocumentClient();
  const suite = randomUUID();
  const physical = (name: TableKey): string => `${suite}-${name}`;
  await Promise.all(
    names.map((name) => db.send(new CreateTableCommand({ ...TABLE_SCHEMAS[name], TableName: physical(name) }))),
  );
  return {
    db,
    tables: {
      calls: physical('calls'),
      submissions: physical('submissions'),
      tallies: physical('tallies'),
      receipts: physical('receipts'),
      organizations: physical('organizations'),
      memberships: physical('memberships'),
      idempotency: physical('idempotency'),
    },
  };
};
