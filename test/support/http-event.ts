import type { Context } from 'aws-lambda';
import type { HttpEvent } from '#shared/http/operation-request.ts';

interface EventParts {
  readonly routeKey?: string;
  readonly pathParameters?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly claims?: Record<string, string>;
  readonly receivedAt?: number;
}

/** An event of API Gateway's payload 2.0 with what the test says and nothing else of meaning. Bytes as body arrive base64-encoded, as the gateway sends them. */
export const httpEvent = (parts: EventParts = {}): HttpEvent => {
  const { routeKey = 'GET /', receivedAt = Date.UTC(2022, 2, 10) } = parts;
  const [method = 'GET', path = '/'] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }), ...parts.headers },
    ...(parts.pathParameters === undefined ? {} : { pathParameters: parts.pathParameters }),
    ...(parts.query === undefined ? {} : { queryStringParameters: parts.query }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: new Date(receivedAt).toUTCString(),
      timeEpoch: receivedAt,
      authorizer: {
        principalId: '',
        integrationLatency: 0,
        jwt: { claims: parts.claims ?? { sub: 'user-1', token_use: 'access' }, scopes: [] },
      },
    },
    ...(parts.body === undefined
      ? {}
      : { body: typeof parts.body === 'string' ? parts.body : Buffer.from(parts.body).toString('base64') }),
    isBase64Encoded: parts.body !== undefined && typeof parts.body !== 'string',
  };
};

/** A Lambda context with time left. */
export const lambdaContext = (remainingMs = 20_000): Context => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:test',
  memoryLimitInMB: '512',
  awsRequestId: 'invocation-1',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => remainingMs,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});
