import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';

// Logical ids of the data stack; they are pinned.
const LOGICAL_IDS = {
  calls: 'CallsTable',
  submissions: 'SubmissionsTable',
  tallies: 'TalliesTable',
  receipts: 'ReceiptsTable',
  history: 'HistoryTable',
  webhooks: 'WebhooksTable',
  deliveries: 'DeliveriesTable',
  organizations: 'OrganizationsTable',
  memberships: 'MembershipsTable',
  idempotency: 'IdempotencyTable',
  exports: 'ExportsTable',
} as const;

export type TableKey = keyof typeof LOGICAL_IDS;

export interface FreshTables {
  db: DynamoDBDocumentClient;
  /** Physical names. */
  tables: Record<TableKey, string>;
}

/** A client for the run's DynamoDB Local, configured as shared/data/document-client.ts configures its own. */
const testDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: inject('dynamoDbUrl'),
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

/**
 * Empty tables as the data stack's template has them, under names of their own, so that suites running at the same
 * time never meet. Call it once per suite, in `beforeAll`, or per test where a test needs an empty index.
 * @param names only these are made; all of them without it
 */
export const freshTables = async (names?: readonly TableKey[]): Promise<FreshTables> => {
  const db = testDocumentClient();
  const suite = randomUUID();
  const wanted = names?.map((name): string => LOGICAL_IDS[name]);
  const schemas = inject('tableSchemas').filter(({ logicalId }) => wanted?.includes(logicalId) ?? true);
  await Promise.all(
    schemas.map(({ logicalId, create }) =>
      db.send(new CreateTableCommand({ ...create, TableName: `${suite}-${logicalId}` })),
    ),
  );
  const physical = (name: TableKey): string => `${suite}-${LOGICAL_IDS[name]}`;
  return {
    db,
    tables: {
      calls: physical('calls'),
      submissions: physical('submissions'),
      tallies: physical('tallies'),
      receipts: physical('receipts'),
      history: physical('history'),
      webhooks: physical('webhooks'),
      deliveries: physical('deliveries'),
      organizations: physical('organizations'),
      memberships: physical('memberships'),
      idempotency: physical('idempotency'),
      exports: physical('exports'),
    },
  };
};
