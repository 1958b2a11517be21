import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { BUCKET, CREDENTIALS, clientOf, REGION } from './fixture.ts';

const MIB = 1024 ** 2;
const CHUNK = Buffer.alloc(MIB, 'shenbao');
const SIZE_MIB = 200;
/** 64 are allowed; without collecting dead buffers it takes some 50, with it some 10. */
const GROWTH_MIB = 32;

let directory: string;
let server: ChildProcess;
let endpoint: string;

const ask = async <Reply>(message: object, schema: z.ZodType<Reply>): Promise<Reply> => {
  server.send(message);
  const [reply] = await once(server, 'message');
  return schema.parse(reply);
};
const peakBytes = async (): Promise<number> =>
  (await ask({ kind: 'peak-memory' }, z.object({ peakBytes: z.number() }))).peakBytes;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'local-s3-memory-'));
  server = fork(join(import.meta.dirname, '../../support/serve-local-s3.ts'), { execArgv: [] });
  const options = { directory, region: REGION, credentials: CREDENTIALS, bucket: BUCKET };
  ({ endpoint } = await ask({ kind: 'start', options }, z.object({ endpoint: z.string() })));
});
afterEach(async () => {
  server.kill();
  await once(server, 'exit');
  await rm(directory, { recursive: true });
});

function* chunks(count: number): Generator<Buffer> {
  for (let sent = 0; sent < count; sent++) yield CHUNK;
}

const digestOf = (mebibytes: number): string => {
  const hash = createHash('sha256');
  for (const chunk of chunks(mebibytes)) hash.update(chunk);
  return hash.digest('base64');
};

const stream = async (
  url: string,
  method: string,
  headers: Record<string, string>,
  body: Iterable<Buffer>,
): Promise<number> => {
  const outgoing = request(url, { method, headers });
  const answered = once(outgoing, 'response');
  await pipeline(Readable.from(body), outgoing);
  const [response] = await answered;
  response.resume();
  return z.number().parse(response.statusCode);
};

const byForm = async (mebibytes: number): Promise<number> => {
  const bytes = mebibytes * MIB;
  const { url, fields } = await createPresignedPost(clientOf(endpoint), {
    Bucket: BUCKET,
    Key: 'large',
    Fields: { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': digestOf(mebibytes) },
    Conditions: [['content-length-range', bytes, bytes]],
  });
  const part = (header: string) => `--border\r\nContent-Disposition: form-data; ${header}\r\n`;
  const head = Buffer.from(
    `${Object.entries(fields)
      .map(([name, value]) => `${part(`name="${name}"`)}\r\n${value}\r\n`)
      .join('')}${part('name="file"; filename="large.zip"')}Content-Type: application/zip\r\n\r\n`,
  );
  const tail = Buffer.from('\r\n--border--\r\n');
  const headers = {
    'content-type': 'multipart/form-data; boundary=border',
    'content-length': String(head.length + bytes + tail.length),
  };
  const body = function* () {
    yield head;
    yield* chunks(mebibytes);
    yield tail;
  };
  return stream(url, 'POST', headers, body());
};

const byPresignedPut = async (mebibytes: number): Promise<number> => {
  const ChecksumSHA256 = digestOf(mebibytes);
  const command = new PutObjectCommand({ Bucket: BUCKET, Key: 'large', ChecksumSHA256 });
  const url = await getSignedUrl(clientOf(endpoint), command, {
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  const headers = { 'content-length': String(mebibytes * MIB), 'x-amz-checksum-sha256': ChecksumSHA256 };
  return stream(url, 'PUT', headers, chunks(mebibytes));
};

const byChunkedPut = async (mebibytes: number): Promise<number> => {
  const client = new S3Client({ endpoint, region: REGION, credentials: CREDENTIALS });
  const Body = Readable.from(chunks(mebibytes));
  const stored = await client.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: 'large', Body, ContentLength: mebibytes * MIB }),
  );
  return z.number().parse(stored.$metadata.httpStatusCode);
};

it.each([
  { kind: 'form upload', upload: byForm },
  { kind: 'presigned PUT', upload: byPresignedPut },
  { kind: 'chunked PUT', upload: byChunkedPut },
])('streams a $kind of 200 MiB with at most 32 MiB more of memory', { timeout: 60_000 }, async ({ upload }) => {
  expect(await upload(1)).toBeLessThan(300);
  const before = await peakBytes();
  expect(await upload(SIZE_MIB)).toBeLessThan(300);
  const grownMiB = ((await peakBytes()) - before) / MIB;

  const head = await clientOf(endpoint).send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'large' }));
  expect(head.ContentLength).toBe(SIZE_MIB * MIB);
  expect(grownMiB).toBeLessThanOrEqual(GROWTH_MIB);
});
