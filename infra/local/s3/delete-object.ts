import type { BucketStore } from './bucket-store.ts';
import { NULL_VERSION } from './bucket-store.ts';
import { requestedVersionId } from './find-version.ts';
import type { Reply, S3Request } from './s3-request.ts';

/**
 * DeleteObject: puts a delete marker on a versioned bucket's key; removes for good a named version, or the only one
 * of a bucket without versions. Deleting what is not there succeeds, as on S3.
 */
export const deleteObject = async (request: S3Request, bucket: BucketStore): Promise<Reply> => {
  const versionId = requestedVersionId(request);
  if (versionId === undefined && bucket.versioned) {
    const marker = await bucket.mark(request.key);
    return { status: 204, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId } };
  }
  const removed = await bucket.removeVersion(request.key, versionId ?? NULL_VERSION);
  return {
    status: 204,
    headers: {
      ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
      ...(removed?.kind === 'delete-marker' ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
};
