import { createHash } from 'node:crypto';
import { authenticate } from './authenticate.ts';
import type { BucketStore } from './bucket-store.ts';
import { type CorsRule, preflight } from './cors.ts';
import type { Authority } from './credential.ts';
import { deleteObject } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { listObjects, listObjectVersions } from './list-objects.ts';
import { postObject } from './post-object.ts';
import { putObject } from './put-object.ts';
import { S3Error } from './s3-error.ts';
import type { Reply, S3Request } from './s3-request.ts';
import type { PayloadSigning } from './verify-signature.ts';

export interface ServedBucket {
  store: BucketStore;
  cors: CorsRule[];
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');

const listing = ['max-keys', 'prefix'];

/**
 * Signing, and what presigners move from headers to the query although S3 does not read it there. Other headers found
 * there (`x-amz-meta-*`, …) S3 would act on.
 */
const SIGNING_PARAMETER =
  /^(x-id|x-amz-(algorithm|content-sha256|credential|date|expires|signature|signedheaders|checksum-[\w-]+|sdk-checksum-algorithm|user-agent))$/i;

/** What each operation reads from the query; a subresource beyond it (`?acl`, `?uploads`, …) is not built here. */
const operations = {
  PutObject: [],
  GetObject: [
    'response-cache-control',
    'response-content-disposition',
    'response-content-encoding',
    'response-content-language',
    'response-content-type',
    'response-expires',
    'versionId',
  ],
  DeleteObject: ['versionId'],
  HeadBucket: [],
  ListObjectsV2: [...listing, 'continuation-token', 'list-type', 'start-after'],
  ListObjectVersions: [...listing, 'key-marker', 'version-id-marker', 'versions'],
} as const satisfies Record<string, readonly string[]>;

type Operation = keyof typeof operations;

const operationOf = ({ method, key, query }: S3Request): Operation | undefined => {
  const has = (parameter: string): boolean => query.some(({ name }) => name === parameter);
  if (key !== '') {
    if (method === 'PUT') return 'PutObject';
    if (method === 'GET' || method === 'HEAD') return 'GetObject';
    return method === 'DELETE' ? 'DeleteObject' : undefined;
  }
  if (method === 'HEAD') return 'HeadBucket';
  if (method !== 'GET') return undefined;
  if (has('versions')) return 'ListObjectVersions';
  return query.some(({ name, value }) => name === 'list-type' && value === '2') ? 'ListObjectsV2' : undefined;
};

const notImplemented = (what: string): S3Error =>
  new S3Error('NotImplemented', { message: `The local S3 does not implement ${what}.` });

const refuseUnknownParameters = (request: S3Request, operation: Operation): void => {
  const known: readonly string[] = operations[operation];
  const unknown = request.query.find(({ name }) => !SIGNING_PARAMETER.test(name) && !known.includes(name));
  if (unknown !== undefined) throw notImplemented(`the parameter ${unknown.name} of ${operation}`);
};

const perform = async (
  operation: Operation,
  request: S3Request,
  bucket: BucketStore,
  payload: PayloadSigning,
): Promise<Reply> => {
  switch (operation) {
    case 'PutObject':
      return putObject(request, bucket, payload);
    case 'GetObject':
      return getObject(request, bucket);
    case 'DeleteObject':
      return deleteObject(request, bucket);
    case 'HeadBucket':
      return { status: 200 };
    case 'ListObjectsV2':
      return listObjects(request, bucket);
    case 'ListObjectVersions':
      return listObjectVersions(request, bucket);
  }
};

/**
 * Answers one request. Who sends it is proven before anything is said about what is there; only preflights, and form
 * uploads (whose proof is in the form), come without.
 * @throws S3Error
 */
export const routeRequest = async (
  request: S3Request,
  served: ServedBucket | undefined,
  authority: Authority,
): Promise<Reply> => {
  const noSuchBucket = new S3Error('NoSuchBucket', { details: { BucketName: request.bucket } });
  if (request.method === 'OPTIONS') {
    if (served === undefined) throw noSuchBucket;
    return preflight(request, served.cors);
  }
  const isForm = request.method === 'POST' && request.key === '' && request.query.length === 0;
  if (isForm && request.header('authorization') === undefined) {
    if (served === undefined) throw noSuchBucket;
    return postObject(request, served.store, authority);
  }
  const payload = authenticate(request, authority);
  const operation = operationOf(request);
  if (operation === undefined)
    throw notImplemented(`${request.method} on ${request.key === '' ? 'a bucket' : 'an object'} like this`);
  refuseUnknownParameters(request, operation);
  if (served === undefined) throw noSuchBucket;
  if (operation !== 'PutObject' && payload.kind === 'sha256' && payload.hex !== EMPTY_SHA256) {
    throw new S3Error('XAmzContentSHA256Mismatch');
  }
  return perform(operation, request, served.store, payload);
};
