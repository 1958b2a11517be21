import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalS3, type LocalS3Options, type ObjectCreated, startS3 } from '#infra/local/s3/start-s3.ts';

export const REGION = 'ap-east-1';
export const BUCKET = 'materials';
export const PLAIN_BUCKET = 'exports';
export const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
export const ORIGIN = 'https://apply.example.org';

export interface RunningS3 {
  endpoint: string;
  directory: string;
  client: S3Client;
  created: ObjectCreated[];
  /** Moves the server's clock on by so many ms from now. */
  advance: (ms: number) => void;
  /** Stops the server and starts it on the same directory. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * A client as the functions have it: no checksum that was not asked for, and nothing said of path style, which the SDK
 * takes by itself where the endpoint is an IP address.
 */
export const clientOf = (endpoint: string, credentials = CREDENTIALS): S3Client =>
  new S3Client({
    endpoint,
    region: REGION,
    credentials,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });

/** A local S3 in a directory of its own, with one versioned bucket and one without versions. */
export const runS3 = async (): Promise<RunningS3> => {
  const directory = await mkdtemp(join(tmpdir(), 'local-s3-'));
  const created: ObjectCreated[] = [];
  let ahead = 0;
  const options: LocalS3Options = {
    port: 0,
    directory,
    region: REGION,
    credentials: CREDENTIALS,
    buckets: [
      {
        name: BUCKET,
        versioned: true,
        cors: [
          {
            allowedOrigins: [ORIGIN, 'https://*.members.example.org'],
            allowedMethods: ['POST', 'PUT', 'GET'],
            allowedHeaders: ['content-type', 'x-amz-*'],
            exposedHeaders: ['ETag', 'x-amz-version-id'],
            maxAge: 600,
          },
        ],
      },
      { name: PLAIN_BUCKET, versioned: false, cors: [] },
    ],
    onObjectCreated: (event) => created.push(event),
    now: () => Date.now() + ahead,
  };
  let server: LocalS3 = await startS3(options);
  const running: RunningS3 = {
    endpoint: server.endpoint,
    directory,
    client: clientOf(server.endpoint),
    created,
    advance: (ms) => {
      ahead += ms;
    },
    restart: async () => {
      await server.close();
      server = await startS3(options);
      running.endpoint = server.endpoint;
      running.client = clientOf(server.endpoint);
    },
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
  return running;
};

/** All that a bucket holds: its versions and markers, and the files on disk, finished or not. */
export const contents = async ({ client, directory }: RunningS3, bucket = BUCKET) => {
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  const files = await Promise.all(['data', 'incoming'].map((part) => readdir(join(directory, bucket, part))));
  return { versions: Versions.length, markers: DeleteMarkers.length, files: files.flat().length };
};
