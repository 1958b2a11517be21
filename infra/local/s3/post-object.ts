import type { BucketStore } from './bucket-store.ts';
import { declaredChecksum, matchChecksum } from './checksums.ts';
import type { Authority } from './credential.ts';
import { receiveForm } from './form-upload.ts';
import { checksumHeaders, headersToStore, quotedETag, refuseNotImplemented, versionHeader } from './object-headers.ts';
import { enforcePolicy, type FormFields } from './post-policy.ts';
import { MAX_UPLOAD_BYTES } from './put-object.ts';
import { checkKey } from './request-target.ts';
import { S3Error } from './s3-error.ts';
import type { Reply, S3Request } from './s3-request.ts';
import { keepUpload, takeUpload } from './store-upload.ts';
import type { StoredObject } from './version-index.ts';
import { element, xmlDocument } from './xml.ts';

const expandFilename = (fields: FormFields, filename: string): Map<string, string> =>
  new Map(
    [...fields].map(([name, value]) => [
      name,
      name === 'policy' || name === 'x-amz-signature' ? value : value.replaceAll(`\${filename}`, () => filename),
    ]),
  );

const requireKey = (fields: FormFields): string => {
  const key = fields.get('key') ?? '';
  if (key !== '') return checkKey(key);
  throw new S3Error('InvalidArgument', {
    message: "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    details: { ArgumentName: 'key', ArgumentValue: '' },
  });
};

const objectUrl = (request: S3Request, bucket: string, key: string): string =>
  `http://${request.header('host')}/${bucket}/${encodeURIComponent(key)}`;

const redirectTarget = (fields: FormFields, parameters: Record<string, string>): URL | undefined => {
  const text = fields.get('success_action_redirect');
  const url = text === undefined ? null : URL.parse(text);
  // S3 takes an address it cannot read as none.
  if (url === null) return undefined;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
};

const success = (request: S3Request, bucket: BucketStore, fields: FormFields, object: StoredObject): Reply => {
  const parameters = { bucket: bucket.name, key: object.key, etag: quotedETag(object) };
  const location = objectUrl(request, bucket.name, object.key);
  const headers = { etag: quotedETag(object), ...checksumHeaders(object), ...versionHeader(bucket, object), location };
  const stored = { object, reason: 'PostObject' } as const;
  const redirect = redirectTarget(fields, parameters);
  if (redirect !== undefined) return { status: 303, headers: { ...headers, location: redirect.href }, stored };
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers, stored };
  if (status !== '201') return { status: 204, headers, stored };
  const body = element('PostResponse', [
    element('Location', location),
    element('Bucket', parameters.bucket),
    element('Key', parameters.key),
    element('ETag', parameters.etag),
  ]);
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body: xmlDocument(body), stored };
};

/**
 * POST Object: an upload by a signed form. Nothing of the file is read before the form's policy has been enforced.
 */
export const postObject = async (request: S3Request, bucket: BucketStore, authority: Authority): Promise<Reply> => {
  if (!request.header('content-type')?.toLowerCase().startsWith('multipart/form-data')) {
    throw new S3Error('PreconditionFailed', {
      details: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
    });
  }
  if (request.header('content-length') === undefined) throw new S3Error('MissingContentLength');
  const context = { bucket: bucket.name, receivedAt: request.receivedAt, authority };

  return receiveForm(request.incoming, {
    takeFile: async (given, { filename, stream }) => {
      const fields = expandFilename(given, filename);
      const range = enforcePolicy(fields, context);
      const key = requireKey(fields);
      refuseNotImplemented(fields.keys());
      if ((fields.get('acl') ?? 'private') !== 'private') {
        throw new S3Error('NotImplemented', { details: { Header: 'acl' } });
      }
      const checksum = declaredChecksum(fields.keys(), (name) => fields.get(name), 'x-amz-checksum-algorithm');
      const headers = headersToStore(fields.keys(), (name) => fields.get(name));
      const proven = await takeUpload(bucket, stream, {
        algorithms: checksum === undefined ? [] : [checksum.algorithm],
        maximum: Math.min(range.maximum, MAX_UPLOAD_BYTES),
        check: ({ size, checksums }) => {
          if (size < range.minimum) {
            throw new S3Error('EntityTooSmall', {
              details: { ProposedSize: String(size), MinSizeAllowed: String(range.minimum) },
            });
          }
          if (checksum !== undefined) matchChecksum(checksum, checksums.get(checksum.algorithm) ?? '');
          return checksum;
        },
      });
      return { key, fields, headers, proven };
    },
    keep: async ({ key, fields, headers, proven }) => {
      const object = await keepUpload(bucket, proven, { key, headers, onlyIfAbsent: false });
      return success(request, bucket, fields, object);
    },
    drop: ({ proven }) => bucket.discard(proven.received),
  });
};
