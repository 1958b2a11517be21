import type { BucketStore } from './bucket-store.ts';
import { findObject } from './find-version.ts';
import { checkHeaderValue, checksumHeaders, quotedETag, REPEATED_HEADERS, versionHeader } from './object-headers.ts';
import { singleParameter } from './request-target.ts';
import { S3Error } from './s3-error.ts';
import type { Reply, S3Request } from './s3-request.ts';
import type { StoredObject } from './version-index.ts';

const overrides = ({ query }: S3Request): Record<string, string> => {
  const given: Record<string, string> = {};
  for (const header of REPEATED_HEADERS) {
    const value = singleParameter(query, `response-${header}`);
    if (value !== undefined) given[header] = checkHeaderValue(`response-${header}`, value);
  }
  return given;
};

const names = (list: string, eTag: string): boolean =>
  list.split(',').some((candidate) => ['*', eTag, `"${eTag}"`].includes(candidate.trim().replace(/^W\//, '')));

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Last-Modified counts whole seconds, so conditions on it do too. */
const since = (header: string | undefined): number | undefined => {
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? undefined : seconds(time);
};

/** RFC 9110's order: If-Match before If-Unmodified-Since, If-None-Match before If-Modified-Since. */
const isNotModified = (request: S3Request, object: StoredObject): boolean => {
  const modified = seconds(object.lastModified);
  const [ifMatch, ifNoneMatch] = [request.header('if-match'), request.header('if-none-match')];
  const unmodifiedSince = since(request.header('if-unmodified-since'));
  if (
    ifMatch === undefined ? unmodifiedSince !== undefined && modified > unmodifiedSince : !names(ifMatch, object.eTag)
  ) {
    const Condition = ifMatch === undefined ? 'If-Unmodified-Since' : 'If-Match';
    throw new S3Error('PreconditionFailed', { details: { Condition } });
  }
  const modifiedSince = since(request.header('if-modified-since'));
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, object.eTag);
  return modifiedSince !== undefined && modified <= modifiedSince;
};

interface ByteRange {
  start: number;
  /** Inclusive. */
  end: number;
}

/** One byte range; S3 answers several, or what it cannot read, with the whole object. */
const requestedRange = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', {
      details: { RangeRequested: header ?? '', ActualObjectSize: String(size) },
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return { start, end };
};

/** GetObject and HeadObject: of the current object or a named version, whole or a range. */
export const getObject = async (request: S3Request, bucket: BucketStore): Promise<Reply> => {
  const object = findObject(request, bucket);
  const always = {
    etag: quotedETag(object),
    'last-modified': new Date(object.lastModified).toUTCString(),
    ...versionHeader(bucket, object),
  };
  if (isNotModified(request, object)) return { status: 304, headers: always };

  const range = requestedRange(request.header('range'), object.size);
  // The checksum is the whole object's, so S3 gives none with a part.
  const wantsChecksum = request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && range === undefined;
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  const headers = {
    ...object.headers,
    ...overrides(request),
    ...always,
    ...(wantsChecksum ? checksumHeaders(object) : {}),
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${object.size}` }),
    'accept-ranges': 'bytes',
    'content-length': String(end - start + 1),
  };
  const status = range === undefined ? 200 : 206;
  if (request.method === 'HEAD' || object.size === 0) return { status, headers };
  return { status, headers, body: { file: await bucket.openData(object), start, end } };
};
