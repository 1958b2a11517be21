import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { QueryParameter } from './request-target.ts';
import type { S3Request } from './s3-request.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** RFC 3986's unreserved characters stay, all else is written as %XX: what encodeURIComponent leaves over is added. */
const uriEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (query: QueryParameter[]): string =>
  query
    .filter(({ name }) => name !== 'X-Amz-Signature')
    .map(({ name, value }) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** Node hands header bytes over as Latin-1 while what is signed is UTF-8. */
const canonicalValue = (value: string): string =>
  Buffer.from(value, 'latin1')
    .toString('utf8')
    .replace(/[ \t]+/g, ' ')
    .trim();

const canonicalPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => uriEncode(decodeURIComponent(segment)))
    .join('/');

/** The canonical request of SigV4 for S3: the path is encoded once and not normalised. */
export const canonicalRequest = (request: S3Request, signedHeaders: string[], payloadHash: string): string =>
  [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(request.header(name) ?? '')}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');

/** The text that is signed for a request. `date` is YYYYMMDDTHHMMSSZ, `scope` date/region/s3/aws4_request. */
export const stringToSign = (date: string, scope: string, canonical: string): string =>
  [ALGORITHM, date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');

/** Whether `signature` (hex) signs `text` with the key that is derived for the scope's day and region. */
export const signs = (
  signature: string,
  text: string,
  { secretAccessKey, day, region }: { secretAccessKey: string; day: string; region: string },
): boolean => {
  const signingKey = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), 's3'), 'aws4_request');
  const expected = hmac(signingKey, text).toString('hex');
  return (
    signature.length === expected.length &&
    timingSafeEqual(Buffer.from(signature, 'latin1'), Buffer.from(expected, 'latin1'))
  );
};

/** SigV4's basic ISO date, YYYYMMDDTHHMMSSZ, in ms since the epoch; undefined if it is none. */
export const parseAmzDate = (text: string): number | undefined => {
  const iso = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
  const time = iso.test(text) ? Date.parse(text.replace(iso, '$1-$2-$3T$4:$5:$6Z')) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};
