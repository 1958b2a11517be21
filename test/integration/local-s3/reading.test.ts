import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { BUCKET, CREDENTIALS, clientOf, contents, ORIGIN, PLAIN_BUCKET, type RunningS3, runS3 } from './fixture.ts';
import { send } from './signed-uploads.ts';

const Key = '申报/附件 1+(终稿).pdf';

let s3: RunningS3;
beforeEach(async () => {
  s3 = await runS3();
});
afterEach(() => s3.close());

const put = async (text: string, key = Key, bucket = BUCKET): Promise<string | undefined> =>
  (await s3.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'text/plain' })))
    .VersionId;

const read = async (
  options: { VersionId?: string | undefined; Range?: string } = {},
  bucket = BUCKET,
): Promise<string> => {
  const { VersionId, ...others } = options;
  const version = VersionId === undefined ? {} : { VersionId };
  const object = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key, ...others, ...version }));
  return (await object.Body?.transformToString()) ?? '';
};

describe('a versioned bucket', () => {
  it('keeps every version of a key, the newest current', async () => {
    const [first, second] = [await put('first'), await put('second')];
    expect(first).not.toBe(second);
    expect(await read()).toBe('second');
    expect(await read({ VersionId: first })).toBe('first');
    const { Versions } = await s3.client.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: '申报/' }));
    expect(Versions?.map(({ VersionId, IsLatest, Size }) => ({ VersionId, IsLatest, Size }))).toEqual([
      { VersionId: second, IsLatest: true, Size: 6 },
      { VersionId: first, IsLatest: false, Size: 5 },
    ]);
  });

  it('hides a deleted key behind a marker, and shows it again when the marker is removed', async () => {
    const version = await put('kept');
    const deleted = await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(await read({ VersionId: version })).toBe('kept');
    await expect(read({ VersionId: deleted.VersionId })).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await contents(s3)).toEqual({ versions: 1, markers: 1, files: 1 });

    await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key, VersionId: deleted.VersionId }));
    expect(await read()).toBe('kept');
  });

  it('removes a named version for good', async () => {
    const version = await put('gone');
    await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key, VersionId: version }));
    expect(await contents(s3)).toEqual({ versions: 0, markers: 0, files: 0 });
    await expect(read({ VersionId: version })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(read({ VersionId: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

it('keeps one version only in a bucket without versions', async () => {
  expect(await put('first', Key, PLAIN_BUCKET)).toBeUndefined();
  await put('second', Key, PLAIN_BUCKET);
  expect(await read({}, PLAIN_BUCKET)).toBe('second');
  expect(await contents(s3, PLAIN_BUCKET)).toEqual({ versions: 1, markers: 0, files: 1 });
  await s3.client.send(new DeleteObjectCommand({ Bucket: PLAIN_BUCKET, Key }));
  expect(await contents(s3, PLAIN_BUCKET)).toEqual({ versions: 0, markers: 0, files: 0 });
});

describe('a range', () => {
  it.each([
    { Range: 'bytes=2-4', text: '234', contentRange: 'bytes 2-4/10' },
    { Range: 'bytes=7-', text: '789', contentRange: 'bytes 7-9/10' },
    { Range: 'bytes=-2', text: '89', contentRange: 'bytes 8-9/10' },
    { Range: 'bytes=5-99', text: '56789', contentRange: 'bytes 5-9/10' },
    { Range: 'bytes=0-1,3-4', text: '0123456789', contentRange: undefined },
  ])('of $Range reads $text', async ({ Range, text, contentRange }) => {
    await put('0123456789');
    const object = await s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key, Range }));
    expect(await object.Body?.transformToString()).toBe(text);
    expect(object.ContentRange).toBe(contentRange);
    expect(object.ContentLength).toBe(text.length);
  });

  it('comes without the checksum, which is of the whole', async () => {
    const checked = { Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' } as const;
    await s3.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: '01234', ChecksumAlgorithm: 'SHA256' }));
    expect(await s3.client.send(new HeadObjectCommand(checked))).toMatchObject({ ChecksumSHA256: expect.any(String) });
    const part = await s3.client.send(new GetObjectCommand({ ...checked, Range: 'bytes=1-2' }));
    expect(part.ChecksumSHA256).toBeUndefined();
    expect(await part.Body?.transformToString()).toBe('12');
  });

  it('beyond the end is refused', async () => {
    await put('0123456789');
    await expect(read({ Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });
});

it('answers conditions on the ETag', async () => {
  await put('text');
  const { ETag, LastModified } = await s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
  expect(LastModified?.getMilliseconds()).toBe(0);
  const get = (conditions: { IfMatch?: string; IfNoneMatch?: string }) =>
    s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...conditions }));
  await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(get({ IfNoneMatch: ETag ?? '' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(get({ IfMatch: ETag ?? '', IfNoneMatch: '"other"' })).resolves.toMatchObject({ ETag });
});

describe('a presigned GET', () => {
  const disposition = "attachment; filename*=UTF-8''%E7%94%B3%E6%8A%A5%E4%B9%A6.pdf";
  const link = (ResponseContentDisposition = disposition, expiresIn = 60) =>
    getSignedUrl(
      s3.client,
      new GetObjectCommand({ Bucket: BUCKET, Key, ResponseContentDisposition, ResponseContentType: 'application/pdf' }),
      { expiresIn },
    );
  const get = (url: string) => send({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) });

  beforeEach(async () => {
    await put('text');
  });

  it('reads with the headers that it was signed with', async () => {
    const answer = await get(await link());
    expect(answer).toMatchObject({ status: 200, body: 'text' });
    expect(answer.headers).toMatchObject({ 'content-disposition': disposition, 'content-type': 'application/pdf' });
  });

  it('is refused with other headers, for another key, and when it has expired', async () => {
    const url = await link();
    expect(await get(url.replace('attachment', 'inline'))).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(await get(url.replace('.pdf?', '.doc?'))).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(await get(url.replace(/\?.*/, ''))).toMatchObject({ status: 403, code: 'AccessDenied' });
    s3.advance(60_000);
    expect(await get(url)).toMatchObject({ status: 403, code: 'AccessDenied', message: 'Request has expired' });
  });

  it('refuses a raw Chinese name in the disposition, which a header cannot carry', async () => {
    expect(await get(await link('attachment; filename="申报书.pdf"'))).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: 'Header value cannot be represented using ISO-8859-1.',
    });
  });
});

describe('a list', () => {
  it('gives current objects by prefix in the order of their bytes, page by page', async () => {
    for (const key of ['a/2', 'a/10', 'a/&<', 'b/1', 'a/gone']) await put('x', key);
    await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'a/gone' }));
    const first = await s3.client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'a/', MaxKeys: 2 }));
    expect(first.Contents?.map((object) => object.Key)).toEqual(['a/&<', 'a/10']);
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
    const second = await s3.client.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'a/', ContinuationToken: first.NextContinuationToken }),
    );
    expect(second.Contents?.map((object) => object.Key)).toEqual(['a/2']);
    expect(second.IsTruncated).toBe(false);
  });

  it('gives versions page by page, also within a key', async () => {
    const ids = [await put('1'), await put('2'), await put('3')];
    const first = await s3.client.send(new ListObjectVersionsCommand({ Bucket: BUCKET, MaxKeys: 2 }));
    const second = await s3.client.send(
      new ListObjectVersionsCommand({
        Bucket: BUCKET,
        KeyMarker: first.NextKeyMarker,
        VersionIdMarker: first.NextVersionIdMarker,
      }),
    );
    const listed = [...(first.Versions ?? []), ...(second.Versions ?? [])].map(({ VersionId }) => VersionId);
    expect(listed).toEqual(ids.reverse());
  });
});

it('tells who may know whether a bucket exists', async () => {
  const head = (bucket: string, client = s3.client) => client.send(new HeadBucketCommand({ Bucket: bucket }));
  await expect(head(BUCKET)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  await expect(head('missing')).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  const stranger = clientOf(s3.endpoint, { accessKeyId: 'AKIDOTHER', secretAccessKey: 'x' });
  await expect(head(BUCKET, stranger)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

describe('after a restart', () => {
  it('has every version, marker and header as before, and goes on counting', async () => {
    const [first, second] = [await put('first'), await put('second')];
    await put('deleted', 'other');
    await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'other' }));
    const before = await contents(s3);
    await s3.restart();

    expect(await contents(s3)).toEqual(before);
    expect(await read({ VersionId: first })).toBe('first');
    const head = await s3.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
    expect(head).toMatchObject({ VersionId: second, ContentType: 'text/plain' });
    await put('third');
    const sequencers = s3.created.map(({ sequencer }) => sequencer);
    expect(sequencers).toEqual([...new Set(sequencers)].sort());
  });

  it('has swept away what a crash left half done', async () => {
    await put('whole');
    const [data, incoming] = [join(s3.directory, BUCKET, 'data'), join(s3.directory, BUCKET, 'incoming')];
    await writeFile(join(incoming, 'half'), 'ha');
    await writeFile(join(data, 'never-entered'), 'x');
    await appendFile(join(s3.directory, BUCKET, 'index.jsonl'), '{"add":{"kind":"obj');
    await s3.restart();
    expect(await read()).toBe('whole');
    expect([await readdir(data), await readdir(incoming)].flat()).toHaveLength(1);
    await put('next');
    await s3.restart();
    expect(await read()).toBe('next');
  });

  it('names the line of an index that cannot be read', async () => {
    const index = join(s3.directory, BUCKET, 'index.jsonl');
    await put('whole');
    await appendFile(index, 'nonsense\n');
    await expect(s3.restart()).rejects.toThrow(/index\.jsonl:2 is not an entry/);
  });
});

it('says what to do about a taken port', async () => {
  const { port } = new URL(s3.endpoint);
  const options = { directory: `${s3.directory}/second`, region: 'r', credentials: CREDENTIALS, buckets: [] };
  await expect(startS3({ ...options, port: Number(port) })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: stop the program that uses it`,
  );
});

describe('CORS', () => {
  const ask = (headers: Record<string, string>, bucket = BUCKET) =>
    send({ method: 'OPTIONS', url: `${s3.endpoint}/${bucket}/k`, headers, body: Buffer.alloc(0) });
  const preflight = (origin: string, method = 'PUT', headers = 'Content-Type, X-Amz-Checksum-Sha256') =>
    ask({ origin, 'access-control-request-method': method, 'access-control-request-headers': headers });

  it.each([ORIGIN, 'https://changde.members.example.org'])('lets a browser at %s upload', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST, PUT, GET',
      'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
      'access-control-expose-headers': 'ETag, x-amz-version-id',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it('refuses another origin, method or header, and a bucket without rules', async () => {
    const refused = { status: 403, code: 'AccessForbidden' };
    expect(await preflight('https://evil.example.org')).toMatchObject(refused);
    expect(await preflight(`${ORIGIN}.evil.org`)).toMatchObject(refused);
    expect(await preflight(ORIGIN, 'DELETE')).toMatchObject(refused);
    expect(await preflight(ORIGIN, 'PUT', 'x-other')).toMatchObject(refused);
    expect(await ask({ origin: ORIGIN, 'access-control-request-method': 'PUT' }, PLAIN_BUCKET)).toMatchObject(refused);
    expect(await ask({ origin: ORIGIN })).toMatchObject({ status: 400, code: 'BadRequest' });
  });

  it('lets a browser read the reply, and the refusal too', async () => {
    await put('text');
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket: BUCKET, Key }));
    const get = (origin: string, target = url) =>
      send({ method: 'GET', url: target, headers: { origin }, body: Buffer.alloc(0) });
    expect((await get(ORIGIN)).headers).toMatchObject({ 'access-control-allow-origin': ORIGIN });
    const refusal = await get(ORIGIN, `${url}0`);
    expect(refusal).toMatchObject({ status: 403, headers: { 'access-control-allow-origin': ORIGIN } });
    expect((await get('https://evil.example.org')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});
