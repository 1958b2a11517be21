import { authenticateQuery } from './authenticate-query.ts';
import { type Authority, readCredential } from './credential.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { ALGORITHM, parseAmzDate } from './sigv4.ts';
import { MAX_SKEW_MS, type PayloadSigning, verifySignature } from './verify-signature.ts';

const fromHeader = (request: S3Request, authority: Authority, authorization: string): PayloadSigning => {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error('InvalidRequest', {
      message: `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
    });
  }
  const malformed = (fault: string): S3Error =>
    new S3Error('AuthorizationHeaderMalformed', { message: `The authorization header is malformed; ${fault}.` });
  const parts = new Map(
    authorization
      .slice(ALGORITHM.length + 1)
      .split(',')
      .map((part) => part.trim().split('=', 2))
      .map(([name = '', value = '']) => [name, value] as const),
  );
  const [credentialText, signedHeaderNames, signature] = [
    parts.get('Credential'),
    parts.get('SignedHeaders'),
    parts.get('Signature'),
  ];
  if (credentialText === undefined || signedHeaderNames === undefined || signature === undefined) {
    throw malformed('the authorization header requires three components: Credential, SignedHeaders, and Signature');
  }
  const date = request.header('x-amz-date') ?? '';
  const signedAt = parseAmzDate(date);
  if (signedAt === undefined) {
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
  }
  const credential = readCredential(credentialText, date, authority, malformed);
  if (Math.abs(request.receivedAt - signedAt) > MAX_SKEW_MS) {
    throw new S3Error('RequestTimeTooSkewed', {
      details: {
        RequestTime: date,
        ServerTime: new Date(request.receivedAt).toISOString(),
        MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
      },
    });
  }
  const contentSha256 = request.header('x-amz-content-sha256');
  if (contentSha256 === undefined) {
    throw new S3Error('InvalidRequest', { message: 'Missing required header for this request: x-amz-content-sha256' });
  }
  return verifySignature(request, authority, {
    credential,
    date,
    signedHeaders: signedHeaderNames.split(';'),
    signature,
    contentSha256,
  });
};

/**
 * Proves who sent a request, by its Authorization header or its query, and says how its body was signed.
 * @throws S3Error AccessDenied for an anonymous one, and S3's own code for every other fault.
 */
export const authenticate = (request: S3Request, authority: Authority): PayloadSigning => {
  const authorization = request.header('authorization');
  const presigned = request.query.some(({ name }) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');
  if (authorization !== undefined && presigned) {
    throw new S3Error('InvalidArgument', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    });
  }
  if (presigned) return authenticateQuery(request, authority);
  if (authorization === undefined) throw new S3Error('AccessDenied');
  return fromHeader(request, authority, authorization);
};
