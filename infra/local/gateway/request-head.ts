import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What the gateway knows of a request once its head is in. */
export interface RequestHead {
  method: string;
  /** As sent, still percent-encoded, but known to be decodable. */
  path: string;
  decodedPath: string;
  /** As sent, without the question mark; empty when there is none. */
  query: string;
  requestId: string;
  /** Receipt time, in ms. */
  receivedAt: number;
}

/** API Gateway's quota for the request line and the header values together, in bytes. */
const HEAD_LIMIT = 10_240;

/** Whether request line and header values are over their 10,240 bytes. */
export const isHeadTooLarge = (request: IncomingMessage): boolean => {
  const requestLine = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
  const values = request.rawHeaders.filter((_, index) => index % 2 === 1);
  return values.reduce((size, value) => size + value.length, requestLine.length) > HEAD_LIMIT;
};

/** An id of the shape API Gateway gives: 15 URL-safe base64 characters and a `=`. */
export const createRequestId = (): string => `${randomBytes(11).toString('base64url')}=`;

const decodePath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/**
 * Reads the request's line.
 * @param receivedAt AWS documents `timeEpoch` only as the time of the request; here it is the instant at which the head
 *   is in, before the body: a client's slow upload must not cost it the deadline.
 * @returns undefined for a target that is no path, as the `*` of `OPTIONS *`, or whose percent-encoding is not UTF-8
 */
export const readHead = (request: IncomingMessage, requestId: string, receivedAt: number): RequestHead | undefined => {
  const { method = 'GET', url = '/' } = request;
  const target = /^https?:\/\//i.test(url) ? url.replace(/^https?:\/\/[^/?]*/i, '') : url;
  const [path = '', ...query] = target.split('?');
  const decodedPath = decodePath(path);
  if (!decodedPath?.startsWith('/')) return undefined;
  return { method, path, decodedPath, query: query.join('?'), requestId, receivedAt };
};
