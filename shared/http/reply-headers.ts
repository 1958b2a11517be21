import type { MiddlewareObj, Request } from '@middy/core';
import type { HttpEvent, HttpResult } from './operation-request.ts';

/** Private by default: what is addressed to one unit must not be kept by a cache between. Public operations say otherwise themselves. */
const DEFAULTS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  // A reply is data: whatever a browser takes it for, it loads, runs and frames nothing. Pages say what they need themselves.
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
} as const;

const complete = (request: Request<HttpEvent, HttpResult>): void => {
  if (request.response)
    request.response.headers = { ...DEFAULTS, vary: 'accept-language', ...request.response.headers };
};

/** Security headers on every reply, refusals too. CORS headers are the gateway's own. */
export const replyHeaders = (): MiddlewareObj<HttpEvent, HttpResult> => ({
  after: complete,
  onError: complete,
});
