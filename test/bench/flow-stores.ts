import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import type { TableName } from '#infra/tables.ts';
import { documentsOf, dynamoDbAt, startOwnTables } from './own-tables.ts';

/** What the functions of the flow work on. */
export interface FlowStores {
  readonly db: DynamoDBDocumentClient;
  /** Physical names. */
  readonly tables: Readonly<Record<TableName, string>>;
  readonly s3: S3Client;
  readonly buckets: { readonly attachments: string };
}

export interface OwnStores extends FlowStores {
  /** Where another process finds them. */
  readonly addresses: { readonly dynamoDbUrl: string; readonly s3Url: string };
  /** Sees the same tables and is not counted. */
  readonly observer: DynamoDBClient;
  stop(): Promise<void>;
}

const BUCKETS = { attachments: 'attachments' };

const s3At = (endpoint: string): S3Client =>
  new S3Client({ endpoint, region: REGION, credentials: CREDENTIALS, requestChecksumCalculation: 'WHEN_REQUIRED' });

/** The stores of another process. */
export const storesAt = ({ dynamoDbUrl, s3Url }: OwnStores['addresses'], tables: FlowStores['tables']): FlowStores => ({
  db: documentsOf(dynamoDbAt(dynamoDbUrl)),
  tables,
  s3: s3At(s3Url),
  buckets: BUCKETS,
});

/** Empty stores of one's own, outside a test run: DynamoDB Local in memory with the template's tables, and a local S3. */
export const startOwnStores = async (): Promise<OwnStores> => {
  const [own, directory] = await Promise.all([startOwnTables(), mkdtemp(join(tmpdir(), 'shenbao-flow-'))]);
  const server = await startS3({
    port: 0,
    directory,
    region: REGION,
    credentials: CREDENTIALS,
    buckets: [{ name: BUCKETS.attachments, versioned: true, cors: [] }],
  });
  const counted = dynamoDbAt(own.dynamoDbUrl);
  return {
    db: documentsOf(counted),
    observer: own.client,
    addresses: { dynamoDbUrl: own.dynamoDbUrl, s3Url: server.endpoint },
    tables: own.tables,
    s3: s3At(server.endpoint),
    buckets: BUCKETS,
    stop: async () => {
      counted.destroy();
      await Promise.all([server.close(), own.stop()]);
      await rm(directory, { recursive: true });
    },
  };
};
