import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { attachmentDisposition, downloadPresigner } from '#shared/storage/presigned-download.ts';
import { uploadPresigner } from '#shared/storage/presigned-upload.ts';

const client = (expiration?: Date) =>
  new S3Client({
    region: 'cn-north-1',
    endpoint: 'http://127.0.0.1:9',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    credentials: async () => ({
      accessKeyId: 'AKID',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      ...(expiration === undefined ? {} : { expiration }),
    }),
  });

const TARGET = {
  key: 'submissions/1/2',
  contentType: 'application/pdf',
  size: 1_234,
  sha256: 'ab'.repeat(32),
};
const SHA256_BASE64 = Buffer.from(TARGET.sha256, 'hex').toString('base64');
const MINUTE = 60_000;

/** Now on a whole second, as policies count. */
const now = () => Math.floor(Date.now() / 1_000) * 1_000;
const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

const policyOf = (fields: Record<string, string>) => JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString());

describe('uploadPresigner', () => {
  it('binds a POST to key, type, exact size and digest, and to nothing it does not name', async () => {
    const upload = await uploadPresigner(client(), 'files').presign('POST', TARGET, { receivedAt: now() });
    if (upload.method !== 'POST') throw new Error('a POST was asked for');
    expect(policyOf(upload.fields).conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1_234, 1_234],
        { key: TARGET.key },
        { 'Content-Type': 'application/pdf' },
        { 'x-amz-checksum-algorithm': 'SHA256' },
        { 'x-amz-checksum-sha256': SHA256_BASE64 },
        { bucket: 'files' },
      ]),
    );
    const named = policyOf(upload.fields).conditions.flatMap((condition: object) => Object.keys(condition));
    expect(Object.keys(upload.fields).filter((field) => !named.includes(field))).toEqual(['Policy', 'X-Amz-Signature']);
  });

  it('binds a PUT to type, size and digest by signed headers, and never lets it overwrite', async () => {
    const upload = await uploadPresigner(client(), 'files').presign('PUT', TARGET, { receivedAt: now() });
    if (upload.method !== 'PUT') throw new Error('a PUT was asked for');
    const url = new URL(upload.url);
    expect(url.pathname).toBe('/files/submissions/1/2');
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
    );
    expect(upload.headers).toEqual({
      'content-type': 'application/pdf',
      'content-length': '1234',
      'x-amz-checksum-sha256': SHA256_BASE64,
      'if-none-match': '*',
    });
    expect([...url.searchParams.keys()].filter((key) => /checksum/i.test(key))).toEqual([]);
  });

  it.each<['POST' | 'PUT', string, { notAfter?: number; credentials?: number }, number]>([
    ['POST', '15 minutes', {}, 15 * MINUTE],
    ['PUT', '15 minutes', {}, 15 * MINUTE],
    ['POST', 'the deadline', { notAfter: 90_000 }, 90_000],
    ['PUT', 'the deadline', { notAfter: 90_000 }, 90_000],
    ['POST', 'the second before a deadline between two', { notAfter: 90_700 }, 90_000],
    ['PUT', 'the second before a deadline between two', { notAfter: 90_700 }, 90_000],
    ['POST', 'a minute before its credentials', { credentials: 5 * MINUTE }, 4 * MINUTE],
    ['PUT', 'a minute before its credentials', { credentials: 5 * MINUTE }, 4 * MINUTE],
    ['PUT', '15 minutes where all else is later', { notAfter: 20 * MINUTE, credentials: 60 * MINUTE }, 15 * MINUTE],
  ])('ends a %s at %s, and says exactly that', async (method, _, { notAfter, credentials }, after) => {
    const start = now();
    const presigner = uploadPresigner(
      client(credentials === undefined ? undefined : new Date(start + credentials)),
      'files',
    );
    const upload = await presigner.presign(method, TARGET, {
      receivedAt: start,
      ...(notAfter === undefined ? {} : { notAfter: start + notAfter }),
    });
    expect(upload.expiresAt).toBe(instant(start + after));
    if (upload.method === 'POST') {
      expect(policyOf(upload.fields).expiration).toBe(instant(start + after).replace('.000Z', 'Z'));
    } else {
      const { searchParams } = new URL(upload.url);
      expect(searchParams.get('X-Amz-Expires')).toBe(String(after / 1_000));
      expect(searchParams.get('X-Amz-Date')).toBe(instant(start).replace(/[-:]|\.000/g, ''));
    }
  });
});

describe('downloadPresigner', () => {
  it('pins the version and saves under the original name', async () => {
    const start = now();
    const { url, expiresAt } = await downloadPresigner(client(), 'files').presign(
      { key: 'submissions/1/2', versionId: 'v1', filename: '申报书.pdf' },
      start,
    );
    const { searchParams } = new URL(url);
    expect(searchParams.get('versionId')).toBe('v1');
    expect(searchParams.get('response-content-disposition')).toBe(
      'attachment; filename="download.pdf"; filename*=UTF-8\'\'%E7%94%B3%E6%8A%A5%E4%B9%A6.pdf',
    );
    expect(expiresAt).toBe(instant(start + 5 * MINUTE));
  });
});

describe('attachmentDisposition', () => {
  it.each([
    ['报告 (终稿)\'".docx', 'download.docx', '%E6%8A%A5%E5%91%8A%20%28%E7%BB%88%E7%A8%BF%29%27%22.docx'],
    ['名字', 'download', '%E5%90%8D%E5%AD%97'],
    ['a\r\nSet-Cookie: x.pdf', 'download.pdf', 'a%0D%0ASet-Cookie%3A%20x.pdf'],
    ['\ud800.pdf', 'download.pdf', '%EF%BF%BD.pdf'],
  ])('writes %j so that no header breaks', (filename, plain, encoded) => {
    expect(attachmentDisposition(filename)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
  });
});
