import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Upload } from '#shared/contract/upload.ts';

/** What an upload is bound to: where it goes and exactly which bytes. `size` in bytes, `sha256` in hex. */
interface UploadTarget {
  readonly key: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
}

export interface UploadPresigner {
  /**
   * The right to upload one object, straight to S3. It ends 15 minutes after `receivedAt` (ms), at `notAfter` (ms, a deadline) or a minute before the
   * signing credentials do, whichever comes first; S3 looks at the time an upload starts.
   *
   * POST binds by its policy: key, type, size and digest, nothing else allowed. PUT binds by its signed headers and never overwrites.
   */
  presign(
    method: Upload['method'],
    target: UploadTarget,
    terms: { receivedAt: number; notAfter?: number },
  ): Promise<Upload>;
}

const VALIDITY_MS = 15 * 60_000;
/** Presigned rights die with the credentials that signed them. */
const CREDENTIALS_MARGIN_MS = 60_000;

/** Policies and presigned URLs count whole seconds. */
const toWholeSecond = (milliseconds: number): number => Math.floor(milliseconds / 1_000) * 1_000;

export const uploadPresigner = (client: S3Client, bucket: string): UploadPresigner => {
  const expiryOf = async ({ receivedAt, notAfter }: { receivedAt: number; notAfter?: number }): Promise<number> => {
    const { expiration } = await client.config.credentials();
    return toWholeSecond(
      Math.min(
        receivedAt + VALIDITY_MS,
        notAfter ?? Number.POSITIVE_INFINITY,
        expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - CREDENTIALS_MARGIN_MS,
      ),
    );
  };

  const presignPost = async (target: UploadTarget, expiry: number): Promise<Upload> => {
    const { url, fields } = await createPresignedPost(client, {
      Bucket: bucket,
      Key: target.key,
      Fields: {
        'Content-Type': target.contentType,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': Buffer.from(target.sha256, 'hex').toString('base64'),
      },
      Conditions: [['content-length-range', target.size, target.size]],
      // The signer adds these seconds to its own clock and cuts to the second: exactly `expiry`.
      Expires: (expiry - Date.now()) / 1_000,
    });
    return { method: 'POST', url, fields, expiresAt: new Date(expiry).toISOString() };
  };

  const presignPut = async (target: UploadTarget, receivedAt: number, expiry: number): Promise<Upload> => {
    const signingDate = toWholeSecond(receivedAt);
    const headers = {
      'content-type': target.contentType,
      'content-length': String(target.size),
      'x-amz-checksum-sha256': Buffer.from(target.sha256, 'hex').toString('base64'),
      'if-none-match': '*',
    };
    const signed = new Set(Object.keys(headers));
    const url = await getSignedUrl(
      client,
      new PutObjectCommand({
        Bucket: bucket,
        Key: target.key,
        ContentType: target.contentType,
        ContentLength: target.size,
        ChecksumSHA256: headers['x-amz-checksum-sha256'],
        IfNoneMatch: headers['if-none-match'],
      }),
      {
        signingDate: new Date(signingDate),
        expiresIn: Math.max(1, (expiry - signingDate) / 1_000),
        signableHeaders: signed,
        unhoistableHeaders: signed,
      },
    );
    return { method: 'PUT', url, headers, expiresAt: new Date(expiry).toISOString() };
  };

  return {
    async presign(method, target, terms) {
      const expiry = await expiryOf(terms);
      return method === 'POST' ? presignPost(target, expiry) : presignPut(target, terms.receivedAt, expiry);
    },
  };
};
