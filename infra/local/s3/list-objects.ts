import type { BucketStore } from './bucket-store.ts';
import { quotedETag } from './object-headers.ts';
import { singleParameter } from './request-target.ts';
import { S3Error } from './s3-error.ts';
import type { Reply, S3Request } from './s3-request.ts';
import type { StoredObject } from './version-index.ts';
import { element, S3_NAMESPACE, xmlDocument } from './xml.ts';

/** S3's largest page. */
const MAX_KEYS = 1000;

const maxKeys = ({ query }: S3Request): number => {
  const text = singleParameter(query, 'max-keys') ?? String(MAX_KEYS);
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), MAX_KEYS);
  throw new S3Error('InvalidArgument', {
    message: 'Provided max-keys not an integer or within integer range',
    details: { ArgumentName: 'max-keys', ArgumentValue: text },
  });
};

const isAfter = (key: string, marker: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(marker)) > 0;

const page = <Item>(items: Item[], size: number): { items: Item[]; truncated: boolean } => ({
  items: items.slice(0, size),
  truncated: items.length > size && size > 0,
});

const document = (root: string, elements: string[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: xmlDocument(element(root, elements, S3_NAMESPACE)),
});

const lastModified = ({ lastModified: time }: { lastModified: number }): string =>
  // Whole seconds, as in Last-Modified.
  element('LastModified', new Date(Math.floor(time / 1000) * 1000).toISOString());

const objectElements = (object: StoredObject): string[] => [
  element('ETag', quotedETag(object)),
  ...(object.checksum === undefined
    ? []
    : [element('ChecksumAlgorithm', object.checksum.algorithm), element('ChecksumType', 'FULL_OBJECT')]),
  element('Size', String(object.size)),
  element('StorageClass', 'STANDARD'),
];

/** ListObjectsV2: current objects by prefix, in pages; without delimiter. */
export const listObjects = (request: S3Request, bucket: BucketStore): Reply => {
  const prefix = singleParameter(request.query, 'prefix') ?? '';
  const token = singleParameter(request.query, 'continuation-token');
  const startAfter = singleParameter(request.query, 'start-after');
  const after = token === undefined ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const size = maxKeys(request);
  const current = bucket
    .keys()
    .filter((key) => key.startsWith(prefix) && (after === '' || isAfter(key, after)))
    .flatMap((key) => bucket.versions(key).slice(0, 1))
    .filter((version) => version.kind === 'object');
  const { items, truncated } = page(current, size);
  const next = truncated ? items.at(-1)?.key : undefined;
  return document('ListBucketResult', [
    element('Name', bucket.name),
    element('Prefix', prefix),
    ...(startAfter === undefined ? [] : [element('StartAfter', startAfter)]),
    ...(token === undefined ? [] : [element('ContinuationToken', token)]),
    ...(next === undefined ? [] : [element('NextContinuationToken', Buffer.from(next).toString('base64url'))]),
    element('KeyCount', String(items.length)),
    element('MaxKeys', String(size)),
    element('IsTruncated', String(truncated)),
    ...items.map((object) =>
      element('Contents', [element('Key', object.key), lastModified(object), ...objectElements(object)]),
    ),
  ]);
};

/** ListObjectVersions: all versions and delete markers by prefix, newest first within a key, in pages. */
export const listObjectVersions = (request: S3Request, bucket: BucketStore): Reply => {
  const prefix = singleParameter(request.query, 'prefix') ?? '';
  const keyMarker = singleParameter(request.query, 'key-marker') ?? '';
  const versionMarker = singleParameter(request.query, 'version-id-marker');
  const size = maxKeys(request);
  const all = bucket
    .keys()
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => bucket.versions(key).map((version, position) => ({ version, isLatest: position === 0 })));
  const marker = all.findIndex(({ version }) => version.key === keyMarker && version.versionId === versionMarker);
  const following =
    marker >= 0
      ? all.slice(marker + 1)
      : all.filter(({ version }) => keyMarker === '' || isAfter(version.key, keyMarker));
  const { items, truncated } = page(following, size);
  const last = truncated ? items.at(-1)?.version : undefined;
  return document('ListVersionsResult', [
    element('Name', bucket.name),
    element('Prefix', prefix),
    element('KeyMarker', keyMarker),
    element('VersionIdMarker', versionMarker ?? ''),
    ...(last === undefined ? [] : [element('NextKeyMarker', last.key), element('NextVersionIdMarker', last.versionId)]),
    element('MaxKeys', String(size)),
    element('IsTruncated', String(truncated)),
    ...items.map(({ version, isLatest }) =>
      element(version.kind === 'object' ? 'Version' : 'DeleteMarker', [
        element('Key', version.key),
        element('VersionId', version.versionId),
        element('IsLatest', String(isLatest)),
        lastModified(version),
        ...(version.kind === 'object' ? objectElements(version) : []),
      ]),
    ),
  ]);
};
