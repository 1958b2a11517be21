import { type Authority, readCredential } from './credential.ts';
import { singleParameter } from './request-target.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { ALGORITHM, parseAmzDate } from './sigv4.ts';
import { MAX_SKEW_MS, type PayloadSigning, verifySignature } from './verify-signature.ts';

/** S3's limit on a presigned URL's life: seven days. */
const MAX_EXPIRES_SECONDS = 604_800;

const readExpires = (text: string, refuse: (fault: string) => S3Error): number => {
  if (!/^-?\d+$/.test(text)) throw refuse('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw refuse('X-Amz-Expires must be non-negative');
  if (seconds > MAX_EXPIRES_SECONDS) {
    throw refuse(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES_SECONDS} seconds`,
    );
  }
  return seconds;
};

const refuseOutsideLife = (signedAt: number, expiresSeconds: number, receivedAt: number): void => {
  if (signedAt - receivedAt > MAX_SKEW_MS) {
    throw new S3Error('AccessDenied', { message: 'Request is not valid yet' });
  }
  const expiresAt = signedAt + expiresSeconds * 1000;
  if (receivedAt >= expiresAt) {
    throw new S3Error('AccessDenied', {
      message: 'Request has expired',
      details: {
        'X-Amz-Expires': String(expiresSeconds),
        Expires: new Date(expiresAt).toISOString(),
        ServerTime: new Date(receivedAt).toISOString(),
      },
    });
  }
};

/** Proves a presigned URL. */
export const authenticateQuery = (request: S3Request, authority: Authority): PayloadSigning => {
  const refuse = (message: string): S3Error => new S3Error('AuthorizationQueryParametersError', { message });
  const required = (name: string): string => {
    const value = singleParameter(request.query, name);
    if (value === undefined) {
      throw refuse(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
    }
    return value;
  };
  if (required('X-Amz-Algorithm') !== ALGORITHM) throw refuse(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const [date, signature, signedHeaderNames] = [
    required('X-Amz-Date'),
    required('X-Amz-Signature'),
    required('X-Amz-SignedHeaders'),
  ];
  const credentialText = required('X-Amz-Credential');
  const expiresSeconds = readExpires(required('X-Amz-Expires'), refuse);
  const signedAt = parseAmzDate(date);
  if (signedAt === undefined) {
    throw refuse("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  const credential = readCredential(credentialText, date, authority, (fault) =>
    refuse(`Error parsing the X-Amz-Credential parameter; ${fault}`),
  );
  if (singleParameter(request.query, 'X-Amz-Security-Token') !== undefined) throw new S3Error('InvalidToken');
  refuseOutsideLife(signedAt, expiresSeconds, request.receivedAt);
  return verifySignature(request, authority, {
    credential,
    date,
    signedHeaders: signedHeaderNames.split(';'),
    signature,
    contentSha256:
      singleParameter(request.query, 'X-Amz-Content-Sha256') ??
      request.header('x-amz-content-sha256') ??
      'UNSIGNED-PAYLOAD',
  });
};
