import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What a request needs the right to, as IAM names it. */
export interface Demand {
  readonly action: string;
  /** Table, `TABLE/index/INDEX`, bucket, `BUCKET/KEY` or queue. */
  readonly resource: string;
}

/** One request as it came, its body read. */
export interface ServiceRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface ServiceReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How one service is asked, and how it refuses. */
export interface Protocol {
  demandsOf(request: ServiceRequest): readonly Demand[];
  /** What a missing thing shows to whoever may not list: undefined where that makes no difference. */
  demandToLearnOfAbsence(request: ServiceRequest): Demand | undefined;
  refusal(demand: Demand): { status: number; contentType: string; body: string };
}

export interface GuardedService {
  readonly url: string;
  /** `action resource` of what was asked without the right to. */
  readonly denied: readonly string[];
  close(): Promise<void>;
}

const forward = async (
  upstream: URL,
  { method, target, body }: ServiceRequest,
  rawHeaders: readonly string[],
): Promise<ServiceReply> => {
  // Headers go on as they came, Host too: the signature covers them.
  const options = { host: upstream.hostname, port: upstream.port, method, path: target, headers: [...rawHeaders] };
  const sending = send(options);
  sending.end(body);
  const [reply]: IncomingMessage[] = await once(sending, 'response');
  if (reply === undefined) throw new Error(`${upstream.href} gave no reply.`);
  return { status: reply.statusCode ?? 502, headers: reply.headers, body: await buffer(reply) };
};

/**
 * A service behind the rights of one function, as IAM stands before AWS's own: neither DynamoDB Local nor the local S3 asks who may do what.
 * @param upstream the service itself
 * @param isGranted whether the function's role has the right
 */
export const guardService = async (
  upstream: string,
  protocol: Protocol,
  isGranted: (demand: Demand) => boolean,
): Promise<GuardedService> => {
  const denied: string[] = [];
  const answer = async (request: ServiceRequest, rawHeaders: readonly string[]): Promise<ServiceReply> => {
    const deny = (demand: Demand): ServiceReply => {
      denied.push(`${demand.action} ${demand.resource}`);
      const { status, contentType, body } = protocol.refusal(demand);
      return { status, headers: { 'content-type': contentType }, body: Buffer.from(body) };
    };
    const missing = protocol.demandsOf(request).find((demand) => !isGranted(demand));
    if (missing !== undefined) return deny(missing);
    const reply = await forward(new URL(upstream), request, rawHeaders);
    const listing = reply.status === 404 ? protocol.demandToLearnOfAbsence(request) : undefined;
    return listing === undefined || isGranted(listing) ? reply : deny(listing);
  };

  const server = createServer(async (incoming, response) => {
    try {
      const { method = '', url: target = '', headers, rawHeaders } = incoming;
      const reply = await answer({ method, target, headers, body: await buffer(incoming) }, rawHeaders);
      response.writeHead(reply.status, reply.headers);
      response.end(method === 'HEAD' ? undefined : reply.body);
    } catch (error) {
      denied.push(String(error));
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The guarded service has no TCP address.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    denied,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
