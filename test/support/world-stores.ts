import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { BucketName } from '#infra/buckets.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { type FreshTables, freshTables } from './dynamodb.ts';

/** Tables on DynamoDB Local and buckets of a local S3, nobody else's. */
export interface Stores extends FreshTables {
  /** Names of the buckets. */
  readonly buckets: Readonly<Record<BucketName, string>>;
  readonly s3Url: string;
  readonly s3: S3Client;
  stop(): Promise<void>;
}

/** Empty tables and versioned buckets; call `stop` when done. */
export const startStores = async (): Promise<Stores> => {
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-stores-'));
  const buckets = { attachments: 'attachments', annexes: 'annexes' };
  const server = await startS3({
    port: 0,
    directory,
    region: REGION,
    credentials: CREDENTIALS,
    buckets: Object.values(buckets).map((name) => ({ name, versioned: true, cors: [] })),
  });
  const s3 = new S3Client({
    endpoint: server.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return {
    ...(await freshTables()),
    buckets,
    s3Url: server.endpoint,
    s3,
    stop: async () => {
      s3.destroy();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
};

/** Stores bytes with their digest, as an upload does that the API gave the right to. @returns the version stored */
export const storeObject = async (
  { s3 }: Stores,
  target: { bucket: string; key: string; contentType: string },
  bytes: Uint8Array,
): Promise<string> => {
  const { bucket, key, contentType } = target;
  const { VersionId } = await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: contentType,
      ChecksumAlgorithm: 'SHA256',
    }),
  );
  if (VersionId === undefined) throw new Error(`The bucket ${bucket} keeps no versions.`);
  return VersionId;
};
