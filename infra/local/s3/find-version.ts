import { type BucketStore, NULL_VERSION } from './bucket-store.ts';
import { singleParameter } from './request-target.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { ObjectVersion, StoredObject } from './version-index.ts';

const VERSION_ID = /^[\w.]{32}$/;

/** The version a request names in its query, if any. */
export const requestedVersionId = ({ query }: S3Request): string | undefined => {
  const versionId = singleParameter(query, 'versionId');
  if (versionId === undefined || versionId === NULL_VERSION || VERSION_ID.test(versionId)) return versionId;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid version id specified',
    details: { ArgumentName: 'versionId', ArgumentValue: versionId },
  });
};

const markerHeaders = (marker: ObjectVersion): Record<string, string> => ({
  'x-amz-delete-marker': 'true',
  'x-amz-version-id': marker.versionId,
});

/**
 * The object a GET or HEAD is about: the current one, or the version it names.
 * @throws S3Error NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker that is named.
 */
export const findObject = (request: S3Request, bucket: BucketStore): StoredObject => {
  const versionId = requestedVersionId(request);
  const versions = bucket.versions(request.key);
  if (versionId === undefined) {
    const [current] = versions;
    if (current?.kind === 'object') return current;
    const headers = current === undefined ? {} : markerHeaders(current);
    throw new S3Error('NoSuchKey', { details: { Key: request.key }, headers });
  }
  const version = versions.find((candidate) => candidate.versionId === versionId);
  if (version === undefined) {
    throw new S3Error('NoSuchVersion', { details: { Key: request.key, VersionId: versionId } });
  }
  if (version.kind === 'object') return version;
  throw new S3Error('MethodNotAllowed', {
    details: { Method: request.method, ResourceType: 'DeleteMarker' },
    headers: {
      ...markerHeaders(version),
      allow: 'DELETE',
      'last-modified': new Date(version.lastModified).toUTCString(),
    },
  });
};
