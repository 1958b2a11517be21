import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { newDocumentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';
import { faultyHandler, type Handler } from './faulty-handler.ts';

const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
const REGION = 'ap-east-1';
export const BUCKET = 'attachments';

/** As many as the largest schedule has. */
const UNITS = 32;
export const unitId = (unit: number): string => `unit-${unit}`;
export const userOf = (unit: number): string => `user-${unit}`;
export const OFFICER = 'officer';
export const ORGANISER = 'changde-kx';

/** The SDK's own handler, for many clients: connections outlive a schedule. */
const handlerOf = (client: { readonly config: { readonly requestHandler: Handler } }): Handler =>
  client.config.requestHandler;

export type FaultsWorld = Awaited<ReturnType<typeof faultsWorld>>;

/** Tables, a bucket, units and people for any number of schedules, each with a call of its own. */
export const faultsWorld = async () => {
  const { db, tables }: FreshTables = await freshTables();
  const directory = await mkdtemp(join(tmpdir(), 'faults-'));
  const server = await startS3({
    ...{ port: 0, directory, region: REGION, credentials: CREDENTIALS },
    buckets: [{ name: BUCKET, versioned: true, cors: [] }],
  });
  const s3Settings = { endpoint: server.endpoint, region: REGION, credentials: CREDENTIALS, forcePathStyle: true };
  const s3 = new S3Client(s3Settings);
  const organizations = organizationsRepository(db, tables.organizations);
  const memberships = membershipsRepository(db, tables.memberships);
  await Promise.all([
    organizations.put({ organizationId: ORGANISER, name: '常德市科协', kinds: [], organiser: true }),
    memberships.put({ subject: OFFICER, organizationId: ORGANISER, role: 'officer' }),
    ...Array.from({ length: UNITS }, async (_, unit) => {
      const organizationId = unitId(unit);
      await organizations.put({ organizationId, name: `第${unit}学会`, kinds: ['市级学会'], organiser: false });
      await memberships.put({ subject: userOf(unit), organizationId, role: 'applicant' });
    }),
  ]);
  const [toDynamoDb, toS3] = [faultyHandler(handlerOf(db)), faultyHandler(handlerOf(s3))];
  return {
    db,
    tables,
    s3,
    /** Behind the proxy, as `instanceDb` is. */
    instanceS3: new S3Client({ ...s3Settings, maxAttempts: 3, requestHandler: { ...toS3 } }),
    /**
     * A client as an instance of a function has it, behind the proxy, with its own measure of how many attempts it still makes. Its time-outs are the
     * proxy's, which plays them under the simulation's clock.
     */
    instanceDb: (): DynamoDBDocumentClient =>
      newDocumentClient({
        ...{ endpoint: inject('dynamoDbUrl'), region: 'local', requestHandler: { ...toDynamoDb } },
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
    async close(): Promise<void> {
      s3.destroy();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
};
