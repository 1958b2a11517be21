import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { AuthorizedToken } from './jwt-authorizer.ts';
import type { RouteMatch } from './match-route.ts';
import type { RequestHead } from './request-head.ts';

interface EventParts {
  request: IncomingMessage;
  head: RequestHead;
  match: RouteMatch;
  /** The verified token of an authorized route. */
  jwt?: AuthorizedToken;
  body: Buffer;
}

// Headers of the connection are not passed on, and cookies travel in a field of their own.
const NOT_PASSED = ['connection', 'cookie', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

// AWS documents no list; these are the types measured to arrive as strings. Everything else comes in base64: YAML,
// forms, any `+json`, and a body without a type.
const isText = (request: IncomingMessage): boolean => {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const textual = type.startsWith('text/') || /^application\/(json|xml|javascript)$/.test(type);
  return textual && request.headers['content-encoding'] === undefined;
};

const traceId = (receivedAt: number): string =>
  `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

const eventHeaders = ({ request, head, body }: EventParts, sourceIp: string): Record<string, string> => {
  const sent = Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')] as const);
  const forwardedFor = request.headers['x-forwarded-for'];
  return {
    ...Object.fromEntries(sent.filter(([name]) => !NOT_PASSED.includes(name))),
    'content-length': String(body.length),
    'x-amzn-trace-id': traceId(head.receivedAt),
    'x-forwarded-for': forwardedFor === undefined ? sourceIp : `${forwardedFor}, ${sourceIp}`,
    'x-forwarded-port': String(request.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
};

const queryParameters = (query: string): Record<string, string> => {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The Common Log Format's time, in UTC: `12/Mar/2020:19:03:58 +0000`. */
const logTime = (epoch: number): string => {
  const date = new Date(epoch);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
};

const requestContext = ({ request, head, match, jwt }: EventParts, sourceIp: string) => {
  const domainName = request.headers.host ?? '';
  return {
    accountId: '000000000000',
    apiId: 'local',
    ...(jwt ? { authorizer: { jwt } } : {}),
    domainName,
    domainPrefix: domainName.split(/[.:]/)[0] ?? '',
    http: {
      method: head.method,
      path: head.decodedPath,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: head.requestId,
    routeKey: match.route.routeKey,
    stage: '$default',
    time: logTime(head.receivedAt),
    timeEpoch: head.receivedAt,
  };
};

/**
 * Builds the event of payload format 2.0; fields that have nothing to say are absent.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const createProxyEvent = (parts: EventParts): APIGatewayProxyEventV2 => {
  const { request, head, match, body } = parts;
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const cookies = request.headers.cookie?.split(';').map((cookie) => cookie.trim());
  const query = queryParameters(head.query);
  const isBase64Encoded = body.length > 0 && !isText(request);
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    // Despite its name rawPath comes decoded from an HTTP API; the query string really is raw.
    rawPath: head.decodedPath,
    rawQueryString: head.query,
    ...(cookies ? { cookies } : {}),
    headers: eventHeaders(parts, sourceIp),
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: requestContext(parts, sourceIp),
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    ...(Object.keys(match.pathParameters).length > 0 ? { pathParameters: match.pathParameters } : {}),
    isBase64Encoded,
  };
};
