/** A reply that is not what the seed or the demo expected. */
export class UnexpectedReply extends Error {
  override name = 'UnexpectedReply';
}

/** Speaks to a running stack as one user would, over HTTP. */
export interface ApiClient {
  /** The reply as it is, whatever its status. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiReply>;
}

export interface ApiReply {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined without a body. */
  body: unknown;
}

/** @param token a Bearer token; anonymous without it */
export const apiClient = (url: string, token?: string): ApiClient => ({
  send: async (method, path, body, headers = {}) => {
    const reply = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await reply.text();
    const isJson = /json/.test(reply.headers.get('content-type') ?? '');
    return { status: reply.status, headers: reply.headers, body: isJson && text ? JSON.parse(text) : undefined };
  },
});

/** The reply, if it has the status. @throws UnexpectedReply with the body of the refusal */
export const expectStatus = (reply: ApiReply, status: number, of: string): ApiReply => {
  if (reply.status === status) return reply;
  throw new UnexpectedReply(`${of}: ${status} expected, ${reply.status} received: ${JSON.stringify(reply.body)}`);
};
