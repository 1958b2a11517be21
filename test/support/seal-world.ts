import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Dependencies, sealCalls } from '#functions/jobs/seal-calls/seal-calls.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { beginSeal } from '#shared/data/seal-items.ts';
import { sealsRepository } from '#shared/data/seals-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { kmsSigner } from '#shared/signing/signer.ts';
import { sealObjects } from '#shared/storage/seal-objects.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { lambdaContext } from './http-event.ts';
import { kmsAt, SIGNING_KEY, serveKms } from './kms.ts';

const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
const REGION = 'ap-east-1';
const BUCKET = 'seals';

/** Where the two are served. */
export interface SealAddresses {
  readonly s3Url: string;
  readonly kmsUrl: string;
}

/** What keeps seals and signs them, at addresses. */
export const sealServicesAt = ({ s3Url, kmsUrl }: SealAddresses) => {
  const client = new S3Client({
    ...{ endpoint: s3Url, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 },
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
  });
  const objects = sealObjects(client, BUCKET);
  return { client, objects, rosters: sealedRosters(objects), signer: kmsSigner(kmsAt(kmsUrl), SIGNING_KEY) };
};

/** Where seals are kept and what signs them: a local S3 and a local KMS of their own. */
export const sealServices = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'seals-'));
  const [s3, kms] = await Promise.all([
    startS3({
      ...{ port: 0, directory, region: REGION, credentials: CREDENTIALS },
      buckets: [{ name: BUCKET, versioned: true, cors: [] }],
    }),
    serveKms(),
  ]);
  const addresses: SealAddresses = { s3Url: s3.endpoint, kmsUrl: kms.endpoint };
  const { client, objects, rosters, signer } = sealServicesAt(addresses);
  return {
    ...{ addresses, objects, rosters, signer },
    /** Keys below a prefix, in their order. */
    async keys(prefix = 'calls/'): Promise<string[]> {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    async close(): Promise<void> {
      client.destroy();
      await Promise.all([s3.close(), kms.close()]);
      await rm(directory, { recursive: true });
    },
  };
};
export type SealServices = Awaited<ReturnType<typeof sealServices>>;

interface Stores {
  readonly db: DynamoDBDocumentClient;
  readonly tables: { calls: string; history: string; submissions: string; tallies: string; receipts: string };
  /** ms. */
  readonly clock: { now: number };
}

/** A tick's time, ms: Lambda's 15 minutes. */
const LONG = 900_000;

/** The job that seals over tables and a bucket, and what begins a seal as the timeline does. */
export const sealing = (
  { db, tables, clock }: Stores,
  services: Pick<SealServices, 'objects' | 'rosters' | 'signer'>,
) => {
  const calls = callsRepository(db, tables.calls);
  const changes = callChanges(db, tables);
  const ports = {
    calls,
    tallies: talliesRepository(db, tables.tallies),
    submissions: submissionsRepository(db, tables.submissions),
    receipts: receiptsRepository(db, tables.receipts),
    seals: sealsRepository(db, tables),
    objects: services.objects,
    rosters: services.rosters,
    signer: services.signer,
  };
  const dependencies: Dependencies = { ...ports, now: () => clock.now };

  const headOf = async (callId: string): Promise<CallHead> => {
    const head = await calls.head(callId);
    if (head === undefined) throw new Error(`There is no call ${callId}`);
    return head;
  };

  return {
    ...ports,
    ports,
    changes,
    headOf,
    /** One tick of the job; `remaining` tells how many ms it still has. */
    tick: (others: Partial<Dependencies> = {}, remaining: () => number = () => LONG) =>
      sealCalls({ ...dependencies, ...others })({}, { ...lambdaContext(), getRemainingTimeInMillis: remaining }),
    /** Begins the next seal of a call in one transaction with its head; false where the head moved or a seal is under way. */
    async begin(callId: string): Promise<boolean> {
      const head = await headOf(callId);
      const at = toInstant(clock.now);
      const begun = await changes.replaceHeadAtRevision(
        { ...head, revision: head.revision + 1 },
        head.revision,
        bySystem(at, 'closed'),
        beginSeal(tables.calls, head, at),
      );
      return begun === 'replaced';
    },
    /** Moves the deadlines of a call, as an extension at some scope does. */
    async extend(callId: string, deadlines: Pick<CallHead, 'lastClosesAt'> & Partial<Pick<CallHead, 'closesAt'>>) {
      const head = await headOf(callId);
      const extended = { ...head, ...deadlines, revision: head.revision + 1 };
      return changes.replaceHeadAtRevision(extended, head.revision, bySystem(toInstant(clock.now), 'extended'));
    },
  };
};
export type Sealing = ReturnType<typeof sealing>;
