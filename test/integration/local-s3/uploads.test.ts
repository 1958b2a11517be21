import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUCKET, CREDENTIALS, contents, PLAIN_BUCKET, REGION, type RunningS3, runS3 } from './fixture.ts';
import {
  BYTES,
  CONTENT_TYPE,
  KEY,
  SHA256,
  send,
  signedBy,
  signedForm,
  signedHeaders,
  signedUrl,
  type WireRequest,
  wireForm,
} from './signed-uploads.ts';

const run = promisify(execFile);
const NOTHING = { versions: 0, markers: 0, files: 0 };

let s3: RunningS3;
beforeEach(async () => {
  s3 = await runS3();
});
afterEach(() => s3.close());

describe.each([
  { kind: 'form upload', upload: async () => wireForm(await signedForm(s3)), status: 204, reason: 'PostObject' },
  { kind: 'presigned PUT', upload: () => signedUrl(s3), status: 200, reason: 'PutObject' },
  { kind: 'header-signed PUT', upload: () => signedHeaders(s3), status: 200, reason: 'PutObject' },
])('a $kind', ({ upload, status, reason }) => {
  it('is stored with its type and digest, and told of once with its version', async () => {
    const answer = await send(await upload());
    expect(answer.status).toBe(status);

    const head = await s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({
      ContentLength: BYTES.length,
      ContentType: CONTENT_TYPE,
      ChecksumSHA256: SHA256,
      ChecksumType: 'FULL_OBJECT',
      ETag: answer.headers.etag,
      VersionId: answer.headers['x-amz-version-id'],
    });
    const object = await s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(BYTES);
    expect(s3.created).toEqual([
      {
        bucket: BUCKET,
        key: KEY,
        size: BYTES.length,
        eTag: head.ETag?.replaceAll('"', ''),
        versionId: head.VersionId,
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
        reason,
      },
    ]);
  });

  it('that breaks off leaves nothing and is not told of', async () => {
    const { url, method, headers, body } = await upload();
    const outgoing = httpRequest(url, { method, headers });
    outgoing.on('error', () => undefined);
    outgoing.write(body.subarray(0, -12));
    await vi.waitFor(async () => expect(await contents(s3)).toMatchObject({ files: 1 }));
    outgoing.destroy();
    await vi.waitFor(async () => expect(await contents(s3)).toEqual(NOTHING));
    expect(s3.created).toEqual([]);
  });
});

it('survives a refused form that breaks off', async () => {
  const issued = await signedForm(s3);
  const { url, method, headers, body } = await wireForm({ ...issued, fields: { ...issued.fields, key: 'other' } });
  const outgoing = httpRequest(url, { method, headers });
  outgoing.on('error', () => undefined);
  outgoing.write(body.subarray(0, -12), () => outgoing.destroy());
  await new Promise((resolve) => outgoing.once('close', resolve));
  expect((await send(await wireForm(issued))).status).toBe(204);
  expect(await contents(s3)).toEqual({ versions: 1, markers: 0, files: 1 });
});

describe('the SDK with its default checksums', () => {
  const defaults = () =>
    new S3Client({
      endpoint: s3.endpoint,
      region: REGION,
      credentials: CREDENTIALS,
      maxAttempts: 1,
    });

  it('stores a buffer with its CRC32', async () => {
    const stored = await defaults().send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: BYTES }));
    expect(stored.ChecksumCRC32).toMatch(/^.{6}==$/);
  });

  it('stores a stream that arrives in chunks with a trailing checksum', async () => {
    const body = Buffer.alloc(300_000, '申报');
    await defaults().send(
      new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: Readable.from([body]), ContentLength: body.length }),
    );
    const object = await defaults().send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY, ChecksumMode: 'ENABLED' }));
    expect(object.ContentEncoding).toBeUndefined();
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  it.each([
    { fault: 'a trailing checksum of other bytes', from: 'hello', to: 'jello', code: 'BadDigest' },
    { fault: 'a chunk shorter than it says', from: '5\r\n', to: '6\r\n', code: 'InvalidRequest' },
    { fault: 'fewer bytes than were declared', from: '5\r\nhello', to: '4\r\nhell', code: 'IncompleteBody' },
    {
      fault: 'another trailer than was announced',
      from: 'x-amz-checksum-crc32:',
      to: 'x-amz-checksum-sha1:',
      code: 'MalformedTrailerError',
    },
    { fault: 'no end', from: '0\r\nx-amz', to: '', code: 'InvalidRequest' },
  ])('has $fault refused', async ({ from, to, code }) => {
    const wire = await chunkedUpload();
    const body = Buffer.from(wire.body.toString('latin1').replace(from, to), 'latin1');
    expect(await send({ ...wire, body })).toMatchObject({ status: 400, code });
    expect(await contents(s3)).toEqual(NOTHING);
  });

  it('has the untouched chunked body accepted that the refusals above start from', async () => {
    expect(await send(await chunkedUpload())).toMatchObject({ status: 200 });
  });

  /** A chunked upload of `hello`, as the SDK signs it; the body is not covered by the signature. */
  const chunkedUpload = (): Promise<WireRequest> => {
    const body = Readable.from([Buffer.from('hello')]);
    const command = new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: body, ContentLength: 5 });
    return signedBy(defaults(), command, s3.endpoint);
  };
});

it('refuses a second upload to a key that must be new', async () => {
  const put = new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: BYTES, IfNoneMatch: '*' });
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => s3.client.send(put)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(s3.client.send(put)).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
  expect(await contents(s3)).toEqual({ versions: 1, markers: 0, files: 1 });
});

it('holds a presigned PUT to the If-None-Match it was signed with', async () => {
  const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: BUCKET, Key: KEY, IfNoneMatch: '*' }));
  const put: WireRequest = {
    method: 'PUT',
    url,
    headers: { 'if-none-match': '*', 'content-length': '27' },
    body: BYTES,
  };
  expect(await send({ ...put, headers: { 'content-length': '27' } })).toMatchObject({ code: 'SignatureDoesNotMatch' });
  expect((await send(put)).status).toBe(200);
  expect(await send(put)).toMatchObject({ status: 412, code: 'PreconditionFailed' });
});

it('ignores a digest that a presigner moved to the query, as S3 does: only a signed header binds', async () => {
  const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: BUCKET, Key: KEY, ChecksumSHA256: SHA256 }));
  expect(new URL(url).searchParams.get('x-amz-checksum-sha256')).toBe(SHA256);
  const put = { method: 'PUT', url, headers: { 'content-length': '5' }, body: Buffer.from('other') };
  expect((await send(put)).status).toBe(200);
});

it('asks for the Content-Length of a PUT', async () => {
  const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const put = { method: 'PUT', url, headers: { 'transfer-encoding': 'chunked' }, body: BYTES };
  expect(await send(put)).toMatchObject({ status: 411, code: 'MissingContentLength' });
});

it('says what it does not implement', async () => {
  const tagged = new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: BYTES, Tagging: 'a=b' });
  await expect(s3.client.send(tagged)).rejects.toMatchObject({ name: 'NotImplemented' });
  const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Metadata: { a: 'b' } }));
  const put = { method: 'PUT', url, headers: { 'content-length': '27' }, body: BYTES };
  expect(await send(put)).toMatchObject({ status: 501, code: 'NotImplemented' });
  const stored = new PutObjectCommand({ Bucket: 'missing', Key: KEY, Body: BYTES });
  await expect(s3.client.send(stored)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  expect(await contents(s3)).toEqual(NOTHING);
});

it('puts the file name into the key and answers as the form asks', async () => {
  const { url, fields } = await createPresignedPost(s3.client, {
    Bucket: PLAIN_BUCKET,
    Key: `in/\${filename}`,
    Conditions: [['starts-with', '$success_action_status', '']],
  });
  const answer = await send(await wireForm({ url, fields: { ...fields, success_action_status: '201' }, bytes: BYTES }));
  expect(answer.status).toBe(201);
  expect(answer.body).toContain('<Key>in/申报书.pdf</Key>');
  expect(s3.created).toMatchObject([{ key: 'in/申报书.pdf', bucket: PLAIN_BUCKET }]);
  expect(s3.created[0]).not.toHaveProperty('versionId');

  const redirected = await createPresignedPost(s3.client, {
    Bucket: PLAIN_BUCKET,
    Key: 'a b',
    Fields: { success_action_redirect: 'https://apply.example.org/done?x=1' },
  });
  const redirect = await send(await wireForm({ ...redirected, bytes: BYTES }));
  expect(redirect.status).toBe(303);
  expect(redirect.headers.location).toMatch(/^https:\/\/apply\.example\.org\/done\?x=1&bucket=exports&key=a\+b&etag=/);
});

it('refuses to keep a header that no reply could carry', async () => {
  const issued = await createPresignedPost(s3.client, {
    Bucket: BUCKET,
    Key: KEY,
    Fields: { 'Content-Disposition': 'attachment; filename="申报书.pdf"' },
  });
  const answer = await send(await wireForm({ ...issued, bytes: BYTES }));
  expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  expect(await contents(s3)).toEqual(NOTHING);
});

describe('curl', () => {
  const file = async (): Promise<string> => {
    const path = join(tmpdir(), `local-s3-curl-${process.pid}.pdf`);
    await writeFile(path, BYTES);
    return path;
  };
  const curl = async (...args: string[]): Promise<string> =>
    (await run('curl', ['-s', '-S', '-o', '-', '-w', '%{http_code}', ...args])).stdout;

  it('uploads by form', async () => {
    const { url, fields } = await signedForm(s3);
    const flags = Object.entries(fields).flatMap(([name, value]) => ['-F', `${name}=${value}`]);
    expect(await curl(...flags, '-F', `file=@${await file()}`, url)).toBe('204');
    expect(s3.created).toMatchObject([{ key: KEY, reason: 'PostObject' }]);
  });

  it('uploads by presigned PUT', async () => {
    const { url, headers } = await signedUrl(s3);
    const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    expect(await curl('-T', await file(), ...flags, url)).toBe('200');
    expect(s3.created).toMatchObject([{ key: KEY, reason: 'PutObject' }]);
  });

  it('is refused without the signed type, with the reason in the reply', async () => {
    const { url } = await signedUrl(s3);
    const reply = await curl('-T', await file(), url);
    expect(reply).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect(reply).toMatch(/403$/);
    expect(s3.created).toEqual([]);
  });
});
