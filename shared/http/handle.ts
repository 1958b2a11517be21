import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as z from 'zod';
import type { BodyFormat, Operation } from '#shared/contract/operation.ts';
import type { Locale } from './locale.ts';
import { parseRequest } from './parse-request.ts';
import { problems } from './problems.ts';
import { replyHeaders } from './reply-headers.ts';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>;
type Body<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Actor<Access> = Access extends 'signedIn' ? { readonly subject: string } : undefined;

/** A request as its operation describes it, parsed. `receivedAt` (ms) is API Gateway's receipt time: the clock of record, and the only one functions may read. */
export interface OperationRequest<O extends Operation> {
  readonly params: Parsed<O['params']>;
  readonly query: Parsed<O['query']>;
  readonly headers: Parsed<O['headers']>;
  readonly body: Body<O['body']>;
  readonly bodyFormat: BodyFormat;
  readonly rawBody: string;
  readonly actor: Actor<O['access']>;
  readonly receivedAt: number;
  readonly requestId: string;
  readonly locale: Locale;
}

export interface OperationReply<O extends Operation> {
  readonly body?: O['reply'] extends z.ZodType ? z.input<O['reply']> : undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it differs from the operation's status. */
  readonly status?: number;
}

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
export type HttpHandler = (event: HttpEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Time kept back so that a function about to be cut off still answers 503, not the gateway's bare 500. */
const TIMEOUT_EARLY_MS = 300;

const render = (operation: Operation, reply: OperationReply<Operation>): APIGatewayProxyStructuredResultV2 => {
  const statusCode = reply.status ?? operation.status;
  if (reply.body === undefined) return { statusCode, headers: { ...reply.headers } };
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', ...reply.headers },
    body: JSON.stringify(operation.reply?.parse(reply.body)),
  };
};

/** Turns an operation and its logic into a Lambda handler: parse, run, reply through the schema; whatever is thrown becomes a problem. */
export const handle = <O extends Operation>(
  operation: O,
  logic: (request: OperationRequest<O>) => Promise<OperationReply<O>>,
): HttpHandler =>
  middy<HttpEvent, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: TIMEOUT_EARLY_MS })
    .use(replyHeaders())
    .use(problems(`${operation.method} ${operation.path}`))
    .handler(async (event: HttpEvent) => render(operation, await logic(parseRequest(operation, event))));
