/** What goes back to the client, before the headers the gateway adds to every reply. */
export interface Reply {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Each becomes a set-cookie header of its own. */
  cookies: readonly string[];
  body: Buffer;
}

const MESSAGES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

const emptyReply = (status: number, headers: Record<string, string>): Reply => ({
  status,
  headers,
  cookies: [],
  body: Buffer.alloc(0),
});

/** A reply with no body, as a preflight gets. */
export const noContent = (): Reply => emptyReply(204, {});

/** The gateway's own refusal: compact JSON with the status's reason phrase. */
export const refuse = (status: Exclude<keyof typeof MESSAGES, 401 | 403>): Reply => ({
  ...emptyReply(status, { 'content-type': 'application/json' }),
  body: Buffer.from(JSON.stringify({ message: MESSAGES[status] })),
});

/**
 * The JWT authorizer's refusal. It carries a challenge and, as the trace AWS prints shows, no content-type:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
 */
export const refuseToken = (status: 401 | 403, challenge: string): Reply => ({
  ...emptyReply(status, { 'www-authenticate': challenge }),
  body: Buffer.from(JSON.stringify({ message: MESSAGES[status] })),
});
