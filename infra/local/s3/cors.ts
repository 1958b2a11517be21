import { S3Error } from './s3-error.ts';
import type { Reply, S3Request } from './s3-request.ts';

export interface CorsRule {
  /** Each with at most one `*`. */
  allowedOrigins: string[];
  allowedMethods: string[];
  /** Each with at most one `*`. */
  allowedHeaders: string[];
  exposedHeaders: string[];
  /** Seconds. */
  maxAge?: number;
}

const matches = (pattern: string, text: string): boolean => {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
};

const findRule = (rules: CorsRule[], origin: string, method: string, headers: string[]): CorsRule | undefined =>
  rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => matches(pattern, origin)) &&
      rule.allowedMethods.includes(method) &&
      headers.every((header) => rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header))),
  );

const ruleHeaders = (rule: CorsRule, origin: string, requestedHeaders: string[]): Record<string, string> => ({
  ...(rule.allowedOrigins.includes('*')
    ? { 'access-control-allow-origin': '*' }
    : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }),
  'access-control-allow-methods': rule.allowedMethods.join(', '),
  ...(requestedHeaders.length > 0 ? { 'access-control-allow-headers': requestedHeaders.join(', ') } : {}),
  ...(rule.exposedHeaders.length > 0 ? { 'access-control-expose-headers': rule.exposedHeaders.join(', ') } : {}),
  ...(rule.maxAge === undefined ? {} : { 'access-control-max-age': String(rule.maxAge) }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

/** What a bucket's rules add to the reply of an actual request, success or error. */
export const corsHeaders = (request: S3Request, rules: CorsRule[]): Record<string, string> => {
  const origin = request.header('origin');
  const rule = origin === undefined ? undefined : findRule(rules, origin, request.method, []);
  return origin === undefined || rule === undefined ? {} : ruleHeaders(rule, origin, []);
};

/** Answers a preflight, which carries no credentials. */
export const preflight = (request: S3Request, rules: CorsRule[]): Reply => {
  const origin = request.header('origin');
  if (origin === undefined) {
    throw new S3Error('BadRequest', { message: 'Insufficient information. Origin request header needed.' });
  }
  const method = request.header('access-control-request-method') ?? 'null';
  if (!['GET', 'PUT', 'HEAD', 'POST', 'DELETE'].includes(method)) {
    throw new S3Error('BadRequest', { message: `Invalid Access-Control-Request-Method: ${method}` });
  }
  const details = { Method: method, ResourceType: request.key === '' ? 'BUCKET' : 'OBJECT' };
  if (rules.length === 0) throw new S3Error('AccessForbidden', { details });
  const headers = (request.header('access-control-request-headers') ?? '')
    .split(',')
    .map((header) => header.trim().toLowerCase())
    .filter((header) => header !== '');
  const rule = findRule(rules, origin, method, headers);
  if (rule === undefined) {
    throw new S3Error('AccessForbidden', {
      // S3's own wording, its spelling included.
      message:
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      details,
    });
  }
  return { status: 200, headers: ruleHeaders(rule, origin, headers) };
};
