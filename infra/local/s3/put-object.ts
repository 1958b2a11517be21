import { decodeAwsChunked } from './aws-chunked.ts';
import type { BucketStore, Commit, Received } from './bucket-store.ts';
import {
  type Checksum,
  checksumHeader,
  declaredChecksum,
  matchChecksum,
  readAlgorithm,
  readChecksum,
} from './checksums.ts';
import { checksumHeaders, headersToStore, quotedETag, refuseNotImplemented, versionHeader } from './object-headers.ts';
import { S3Error } from './s3-error.ts';
import type { Reply, S3Request } from './s3-request.ts';
import { keepUpload, refusePresent, takeUpload } from './store-upload.ts';
import type { PayloadSigning } from './verify-signature.ts';

/** S3's limit on one PUT: 5 GiB. */
export const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;

const bodyLength = (request: S3Request, payload: PayloadSigning): number => {
  const name = payload.kind === 'unsigned-with-trailer' ? 'x-amz-decoded-content-length' : 'content-length';
  const text = request.header(name);
  if (text === undefined || !/^\d+$/.test(text)) throw new S3Error('MissingContentLength');
  const length = Number(text);
  if (length > MAX_UPLOAD_BYTES) {
    throw new S3Error('EntityTooLarge', { details: { ProposedSize: text, MaxSizeAllowed: String(MAX_UPLOAD_BYTES) } });
  }
  return length;
};

/** Content-MD5 as bytes, if given. */
const declaredMd5 = (request: S3Request): Buffer | undefined => {
  const text = request.header('content-md5');
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 16 || bytes.toString('base64') !== text) throw new S3Error('InvalidDigest');
  return bytes;
};

const onlyIfAbsent = (request: S3Request): boolean => {
  const ifNoneMatch = request.header('if-none-match');
  if (request.header('if-match') !== undefined)
    throw new S3Error('NotImplemented', { details: { Header: 'If-Match' } });
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch !== '*') throw new S3Error('NotImplemented', { details: { Header: 'If-None-Match' } });
  return true;
};

interface Body {
  source: AsyncIterable<Buffer>;
  /** The algorithm of the declared checksum, known before the bytes. */
  algorithm: Checksum['algorithm'] | undefined;
  /** The declared checksum; with a trailer it is known only after the bytes. */
  checksum: () => Checksum | undefined;
}

const plainBody = (request: S3Request, names: string[]): Body => {
  const checksum = declaredChecksum(names, request.header, 'x-amz-sdk-checksum-algorithm');
  return { source: request.incoming, checksum: () => checksum, algorithm: checksum?.algorithm };
};

const chunkedBody = (request: S3Request): Body => {
  const trailer = request.header('x-amz-trailer')?.toLowerCase();
  if (trailer === undefined || !trailer.startsWith('x-amz-checksum-')) {
    throw new S3Error('InvalidRequest', {
      message: 'The value specified in the x-amz-trailer header is not supported',
    });
  }
  const algorithm = readAlgorithm(trailer.slice('x-amz-checksum-'.length), trailer);
  let checksum: Checksum | undefined;
  const source = decodeAwsChunked(request.incoming, (trailers) => {
    const value = trailers.get(checksumHeader(algorithm));
    if (trailers.size !== 1 || value === undefined) throw new S3Error('MalformedTrailerError');
    checksum = readChecksum(algorithm, value);
  });
  return { source, checksum: () => checksum, algorithm };
};

const withoutAwsChunked = (headers: Record<string, string>): Record<string, string> => {
  const { 'content-encoding': encodings = '', ...others } = headers;
  const kept = encodings
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'aws-chunked');
  return kept.length === 0 ? others : { ...others, 'content-encoding': kept.join(', ') };
};

/**
 * PutObject. Checksums count only as headers (or trailer): S3 ignores the ones that presigners move to the query,
 * so a presigned URL binds its digest only if the header is signed.
 */
export const putObject = async (request: S3Request, bucket: BucketStore, payload: PayloadSigning): Promise<Reply> => {
  const names = Object.keys(request.incoming.headersDistinct);
  refuseNotImplemented(names);
  const length = bodyLength(request, payload);
  const md5 = declaredMd5(request);
  const commit: Omit<Commit, 'checksum'> = {
    key: request.key,
    headers: withoutAwsChunked(headersToStore(names, request.header)),
    onlyIfAbsent: onlyIfAbsent(request),
  };
  const body = payload.kind === 'unsigned-with-trailer' ? chunkedBody(request) : plainBody(request, names);
  const algorithms = [
    ...(body.algorithm === undefined ? [] : [body.algorithm]),
    ...(payload.kind === 'sha256' ? (['SHA256'] as const) : []),
  ];
  const check = (received: Received): Checksum | undefined => {
    const checksum = body.checksum();
    if (received.size !== length) throw new S3Error('IncompleteBody');
    if (
      payload.kind === 'sha256' &&
      received.checksums.get('SHA256') !== Buffer.from(payload.hex, 'hex').toString('base64')
    ) {
      throw new S3Error('XAmzContentSHA256Mismatch');
    }
    if (md5?.equals(received.md5) === false) throw new S3Error('BadDigest');
    if (checksum !== undefined) matchChecksum(checksum, received.checksums.get(checksum.algorithm) ?? '');
    return checksum;
  };
  if (commit.onlyIfAbsent) refusePresent(bucket, request.key);
  const proven = await takeUpload(bucket, body.source, { algorithms, maximum: MAX_UPLOAD_BYTES, check });
  const object = await keepUpload(bucket, proven, commit);
  return {
    status: 200,
    headers: { etag: quotedETag(object), ...checksumHeaders(object), ...versionHeader(bucket, object) },
    stored: { object, reason: 'PutObject' },
  };
};
