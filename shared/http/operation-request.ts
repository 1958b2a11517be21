import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as z from 'zod';
import type { BodyFormat, Operation } from '#shared/contract/operation.ts';
import type { Locale } from './locale.ts';

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
  /** The body's text; of a file it is empty. */
  readonly rawBody: string;
  readonly bodyBytes: Uint8Array;
  readonly actor: Actor<O['access']>;
  readonly receivedAt: number;
  readonly requestId: string;
  readonly locale: Locale;
  /** The header Accept, for an operation with a page. */
  readonly accept: string | undefined;
}

export interface OperationReply<O extends Operation> {
  readonly body?: O['reply'] extends z.ZodType ? z.input<O['reply']> : undefined;
  /** HTML in place of the body, of an operation with a page. */
  readonly page?: O['page'] extends true ? string : undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it differs from the operation's status. */
  readonly status?: number;
}

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
export type HttpResult = APIGatewayProxyStructuredResultV2;
export type HttpHandler = (event: HttpEvent, context: Context) => Promise<HttpResult>;
