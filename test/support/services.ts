import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { BucketName } from '#infra/buckets.ts';
import type { UserStore } from '#infra/local/cognito/user-store.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { type LocalSqs, startSqs } from '#infra/local/sqs/start-sqs.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import type { LocalUserPool } from '#infra/local/template/local-model.ts';
import type { QueueName } from '#infra/queues.ts';
import { EARLIER_KEY, SIGNING_KEY, serveKms } from './kms.ts';
import { serveUserPool } from './serve-user-pool.ts';

/** Buckets of a local S3, queues, a local user pool and keys of a local KMS, nobody else's. */
export interface Services {
  /** Names of the buckets. */
  readonly buckets: Readonly<Record<BucketName, string>>;
  readonly s3Url: string;
  readonly s3: S3Client;
  readonly sqs: LocalSqs;
  /** Names of the queues. */
  readonly queues: Readonly<Record<QueueName, string>>;
  readonly cognitoUrl: string;
  readonly userPool: LocalUserPool;
  /** The people of the pool. */
  readonly users: UserStore;
  readonly kmsUrl: string;
  /** Ids. */
  readonly signingKeys: { readonly current: string; readonly earlier: string };
  stop(): Promise<void>;
}

/** Empty buckets (versioned but for the exports), empty queues and an empty user pool; call `stop` when done. */
export const startServices = async (): Promise<Services> => {
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-services-'));
  const buckets = { attachments: 'attachments', annexes: 'annexes', seals: 'seals', exports: 'exports' };
  const server = await startS3({
    port: 0,
    directory,
    region: REGION,
    credentials: CREDENTIALS,
    buckets: Object.values(buckets).map((name) => ({ name, versioned: name !== buckets.exports, cors: [] })),
  });
  const s3 = new S3Client({
    endpoint: server.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const queues = { messages: 'MessagesQueue' };
  const sqs = await startSqs({
    port: 0,
    region: REGION,
    queues: Object.values(queues).map((name) => ({ name, attributes: {} })),
  });
  const { endpoint: cognitoUrl, pool: userPool, users, close: closeUserPool } = await serveUserPool();
  const kms = await serveKms([SIGNING_KEY, EARLIER_KEY]);
  return {
    buckets,
    s3Url: server.endpoint,
    s3,
    sqs,
    queues,
    cognitoUrl,
    userPool,
    users,
    kmsUrl: kms.endpoint,
    signingKeys: { current: SIGNING_KEY, earlier: EARLIER_KEY },
    stop: async () => {
      s3.destroy();
      await Promise.all([server.close(), sqs.close(), closeUserPool(), kms.close()]);
      await rm(directory, { recursive: true });
    },
  };
};
