import middy from '@middy/core';
import { compileWhenWarm } from '#shared/contract/compile-when-warm.ts';
import type { Operation } from '#shared/contract/operation.ts';
import { underSignal } from '#shared/runtime/request-signal.ts';
import { noteOnTrail, onTrail, type Trail } from '#shared/runtime/trail.ts';
import type { HttpEvent, HttpHandler, HttpResult, OperationReply, OperationRequest } from './operation-request.ts';
import { parseRequest } from './parse-request.ts';
import { problems } from './problems.ts';
import { replyHeaders } from './reply-headers.ts';
import { throughEdge } from './through-edge.ts';

/** Time kept back so that a function about to be cut off still answers 503, not the gateway's bare 500. */
const TIMEOUT_EARLY_MS = 300;

const render = (operation: Operation, reply: OperationReply<Operation>): HttpResult => {
  const statusCode = reply.status ?? operation.status;
  if (reply.page !== undefined) {
    return { statusCode, headers: { 'content-type': 'text/html; charset=utf-8', ...reply.headers }, body: reply.page };
  }
  if (reply.body === undefined) return { statusCode, headers: { ...reply.headers } };
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', ...reply.headers },
    body: JSON.stringify(operation.reply?.parse(reply.body, compileWhenWarm(operation.reply))),
  };
};

const textIn = (params: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(params, name);
  return typeof value === 'string' ? value : undefined;
};

/** What a request is about, by its parsed path: what did not parse is whatever a client sent. */
const idsIn = (params: object): Pick<Trail, 'callId' | 'submissionId'> => ({
  callId: textIn(params, 'callId'),
  submissionId: textIn(params, 'submissionId'),
});

/** Turns an operation and its logic into a Lambda handler: parse, run, reply through the schema; whatever is thrown becomes a problem. */
export const handle = <O extends Operation>(
  operation: O,
  logic: (request: OperationRequest<O>) => Promise<OperationReply<O>>,
): HttpHandler => {
  const name = `${operation.method} ${operation.path}`;
  const answer = middy<HttpEvent, HttpResult>({ timeoutEarlyInMillis: TIMEOUT_EARLY_MS })
    .use(replyHeaders())
    .use(problems(name))
    .use(throughEdge())
    .handler((event: HttpEvent, context, { signal }) => {
      const remaining = () => context.getRemainingTimeInMillis() - TIMEOUT_EARLY_MS;
      return underSignal({ signal, remaining }, async () => {
        const request = parseRequest(operation, event);
        noteOnTrail(idsIn(request.params));
        return render(operation, await logic(request));
      });
    });
  return (event, context) => onTrail(name, { requestId: event.requestContext.requestId }, () => answer(event, context));
};
