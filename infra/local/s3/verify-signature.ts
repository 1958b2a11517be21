import type { Authority, Credential } from './credential.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { canonicalRequest, signs, stringToSign } from './sigv4.ts';

/** How a request's body was signed. */
export type PayloadSigning =
  | { kind: 'unsigned' }
  /** aws-chunked body whose checksum follows in a trailer. */
  | { kind: 'unsigned-with-trailer' }
  | { kind: 'sha256'; hex: string };

/** How far the clocks of client and server may differ. */
export const MAX_SKEW_MS = 15 * 60 * 1000;

/** host and every x-amz-* header that is present must be signed: an unsigned one could change what the request means. */
const refuseUnsigned = (request: S3Request, signedHeaders: string[]): void => {
  const unsigned = Object.keys(request.incoming.headersDistinct)
    .filter((name) => name === 'host' || name.startsWith('x-amz-'))
    .filter((name) => !signedHeaders.includes(name));
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', {
      message: 'There were headers present in the request which were not signed',
      details: { HeadersNotSigned: unsigned.join(', ') },
    });
  }
};

const payloadSigning = (contentSha256: string): PayloadSigning => {
  if (contentSha256 === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned' };
  if (contentSha256 === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return { kind: 'unsigned-with-trailer' };
  if (/^[0-9a-f]{64}$/.test(contentSha256)) return { kind: 'sha256', hex: contentSha256 };
  if (contentSha256.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', { details: { Header: 'x-amz-content-sha256' } });
  }
  throw new S3Error('InvalidArgument', {
    message:
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.',
    details: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: contentSha256 },
  });
};

export interface SignedRequest {
  credential: Credential;
  date: string;
  signedHeaders: string[];
  signature: string;
  contentSha256: string;
}

/**
 * Recomputes the signature of a request and says how its body was signed.
 * @throws S3Error AccessDenied for unsigned headers, SignatureDoesNotMatch, …
 */
export const verifySignature = (request: S3Request, authority: Authority, signed: SignedRequest): PayloadSigning => {
  refuseUnsigned(request, signed.signedHeaders);
  if (request.header('x-amz-security-token') !== undefined) throw new S3Error('InvalidToken');
  const payload = payloadSigning(signed.contentSha256);
  const canonical = canonicalRequest(request, signed.signedHeaders, signed.contentSha256);
  const text = stringToSign(signed.date, signed.credential.scope, canonical);
  const secret = { ...signed.credential, secretAccessKey: authority.credentials.secretAccessKey };
  if (!signs(signed.signature, text, secret)) {
    throw new S3Error('SignatureDoesNotMatch', {
      details: {
        AWSAccessKeyId: signed.credential.accessKeyId,
        StringToSign: text,
        SignatureProvided: signed.signature,
        CanonicalRequest: canonical,
      },
    });
  }
  return payload;
};
