import type { BucketStore } from './bucket-store.ts';
import { checksumHeader } from './checksums.ts';
import { S3Error } from './s3-error.ts';
import type { ObjectVersion, StoredObject } from './version-index.ts';

const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';

/** What is given with an upload, as header or form field, and repeated by every GET, which may ask for other values. */
export const REPEATED_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** x-amz-* headers and fields that an upload may carry; every other one asks for something that is not built here. */
const understood = new Set([
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-signature',
  'x-amz-trailer',
  'x-amz-user-agent',
]);

/** Refuses what S3 would act on and this one does not, so that nothing is silently ignored. */
export const refuseNotImplemented = (names: Iterable<string>): void => {
  for (const name of names) {
    const known = understood.has(name) || name.startsWith('x-amz-checksum-') || name.startsWith('x-amz-meta-');
    if (name.startsWith('x-amz-') && !known) throw new S3Error('NotImplemented', { details: { Header: name } });
  }
};

/** Refuses what no header can carry, such as a raw Chinese file name. */
export const checkHeaderValue = (argument: string, value: string): string => {
  if (/^[\x20-\x7e\xa0-\xff]*$/.test(value)) return value;
  throw new S3Error('InvalidArgument', {
    message: 'Header value cannot be represented using ISO-8859-1.',
    details: { ArgumentName: argument, ArgumentValue: value },
  });
};

/** The headers to keep with an object, out of those of its upload. */
export const headersToStore = (
  names: Iterable<string>,
  read: (name: string) => string | undefined,
): Record<string, string> => {
  const kept = [...names].filter((name) => REPEATED_HEADERS.includes(name) || name.startsWith('x-amz-meta-'));
  const given = kept
    .map((name) => [name, checkHeaderValue(name, read(name) ?? '')] as const)
    .filter(([, value]) => value !== '');
  return { 'content-type': DEFAULT_CONTENT_TYPE, ...Object.fromEntries(given) };
};

export const quotedETag = ({ eTag }: StoredObject): string => `"${eTag}"`;

export const versionHeader = (bucket: BucketStore, version: ObjectVersion): Record<string, string> =>
  bucket.versioned ? { 'x-amz-version-id': version.versionId } : {};

export const checksumHeaders = ({ checksum }: StoredObject): Record<string, string> =>
  checksum === undefined
    ? {}
    : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' };
