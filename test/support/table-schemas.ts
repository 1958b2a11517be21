import type { CreateTableCommandInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';

export type TableSchema = Omit<CreateTableCommandInput, 'TableName'>;

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });

const keys = (partition: string, sort?: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
];

const keysOnly = (name: string, partition: string, sort: string): GlobalSecondaryIndex => ({
  IndexName: name,
  KeySchema: keys(partition, sort),
  Projection: { ProjectionType: 'KEYS_ONLY' },
});

const table = (key: [string, string?], indexes: [string, string, string][] = []): TableSchema => ({
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    ...new Set([...key.filter((name) => name !== undefined), ...indexes.flatMap(([, ...pair]) => pair)]),
  ].map(text),
  KeySchema: keys(...key),
  ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes.map((index) => keysOnly(...index)) }),
});

/** The key schemas of shared/data/README.md. */
export const TABLE_SCHEMAS = {
  calls: table(
    ['callId', 'item'],
    [
      ['published', 'published', 'closesAt'],
      ['due', 'due', 'dueAt'],
    ],
  ),
  submissions: table(
    ['submissionId', 'item'],
    [
      ['byUnit', 'unitId', 'created'],
      ['collectable', 'collect', 'collectAt'],
    ],
  ),
  tallies: table(['shard', 'unitId']),
  receipts: table(['receiptNo']),
  organizations: table(['organizationId']),
  memberships: table(['subject', 'membership']),
  idempotency: table(['key']),
} satisfies Record<string, TableSchema>;

export type TableKey = keyof typeof TABLE_SCHEMAS;
