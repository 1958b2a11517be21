import type { IncomingMessage } from 'node:http';

/** The API's CorsConfiguration. */
export interface CorsSettings {
  /** Origins, `*`, or a prefix as `https://*`. */
  allowOrigins: string[];
  allowMethods: string[];
  allowHeaders: string[];
  exposeHeaders: string[];
  /** How long a browser may keep a preflight's answer, in seconds. */
  maxAge?: number;
  allowCredentials?: boolean;
}

const isAllowed = (origin: string, allowOrigins: readonly string[]): boolean =>
  allowOrigins.some((allowed) =>
    allowed.endsWith('*') ? origin.startsWith(allowed.slice(0, -1)) : origin === allowed,
  );

/** A browser's question before the request: OPTIONS with an origin and the method that is meant. */
export const isPreflight = (request: IncomingMessage): boolean =>
  request.method === 'OPTIONS' &&
  request.headers.origin !== undefined &&
  request.headers['access-control-request-method'] !== undefined;

/**
 * The CORS headers for a reply. None for an origin that is not allowed: a preflight from there is a bare 204 too,
 * and the browser refuses.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export const corsHeaders = (cors: CorsSettings, request: IncomingMessage): Record<string, string> => {
  const { origin } = request.headers;
  if (origin === undefined || !isAllowed(origin, cors.allowOrigins)) return {};
  const list = (name: string, values: readonly string[]) => (values.length > 0 ? { [name]: values.join(',') } : {});
  const headers = {
    'access-control-allow-origin': cors.allowOrigins.includes('*') ? '*' : origin,
    ...(cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...list('access-control-expose-headers', cors.exposeHeaders),
  };
  if (!isPreflight(request)) return headers;
  return {
    ...headers,
    ...list('access-control-allow-methods', cors.allowMethods),
    ...list('access-control-allow-headers', cors.allowHeaders),
    ...(cors.maxAge === undefined ? {} : { 'access-control-max-age': String(cors.maxAge) }),
  };
};

/** An API with CORS settings ignores the CORS headers its functions send. */
export const withoutCorsHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));
