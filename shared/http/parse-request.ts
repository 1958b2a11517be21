import type * as z from 'zod';
import { compileWhenWarm } from '#shared/contract/compile-when-warm.ts';
import type { Operation } from '#shared/contract/operation.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import { isAccessToken } from '#shared/runtime/access-token.ts';
import { parseJson } from './json-text.ts';
import { localeOf } from './locale.ts';
import type { HttpEvent, OperationRequest } from './operation-request.ts';
import { readBody } from './read-body.ts';

const refusal = (error: z.ZodError, input: unknown): InvalidRequest =>
  new InvalidRequest(schemaFaults(error.issues, input).slice(0, MAX_FAULTS));

const parsed = (schema: z.ZodObject | undefined, input: unknown): Record<string, unknown> => {
  if (schema === undefined) return {};
  const result = schema.safeParse(input, compileWhenWarm(schema));
  if (result.success) return result.data;
  throw refusal(result.error, input);
};

/** An id of the wrong form names nothing, so it is answered as one that is unknown. */
const parsedParams = (schema: z.ZodObject | undefined, input: unknown): Record<string, unknown> => {
  if (schema === undefined) return {};
  const result = schema.safeParse(input, compileWhenWarm(schema));
  if (result.success) return result.data;
  throw new DomainError('NOT_FOUND');
};

/** What OpenID Connect lets a `sub` be: https://openid.net/specs/openid-connect-core-1_0.html#IDToken. Anything longer could be no key of a table. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

const actorOf = (operation: Operation, event: HttpEvent): { subject: string } | undefined => {
  if (operation.access === 'anyone') return undefined;
  const { claims } = event.requestContext.authorizer.jwt;
  if (!isAccessToken(claims) || typeof claims.sub !== 'string' || !SUBJECT.test(claims.sub))
    throw new DomainError('ACCESS_TOKEN_REQUIRED');
  return { subject: claims.sub };
};

const NO_BYTES = new Uint8Array();

const bodyOf = (
  operation: Operation,
  event: HttpEvent,
): Pick<OperationRequest<Operation>, 'body' | 'bodyFormat' | 'rawBody' | 'bodyBytes'> => {
  const schema = operation.body;
  if (schema === undefined) return { body: undefined, bodyFormat: 'json', rawBody: '', bodyBytes: NO_BYTES };
  const read = readBody(operation, event);
  if (read === undefined && operation.bodyOptional !== true)
    throw new InvalidRequest([{ path: '', code: 'REQUIRED', params: { of: 'empty' } }]);
  const { text, format, bytes } = read ?? { text: '{}', format: 'json', bytes: NO_BYTES };
  const sent = { bodyFormat: format, rawBody: text, bodyBytes: bytes };
  if (format === 'yaml' || format === 'xlsx') return { body: undefined, ...sent };
  const input = format === 'csv' ? text : parseJson(text);
  const result = schema.safeParse(input, compileWhenWarm(schema));
  if (!result.success) throw refusal(result.error, input);
  return { body: result.data, ...sent };
};

/**
 * An event of API Gateway (payload 2.0) as the operation describes it.
 *
 * @throws DomainError ACCESS_TOKEN_REQUIRED, NOT_FOUND (an id of the wrong form), PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE
 * @throws InvalidRequest with the path of everything wrong in query, headers or body
 */
export function parseRequest<O extends Operation>(operation: O, event: HttpEvent): OperationRequest<O>;
export function parseRequest(operation: Operation, event: HttpEvent): OperationRequest<Operation> {
  return {
    actor: actorOf(operation, event),
    params: parsedParams(operation.params, event.pathParameters ?? {}),
    query: parsed(operation.query, event.queryStringParameters ?? {}),
    headers: parsed(operation.headers, event.headers),
    ...bodyOf(operation, event),
    receivedAt: event.requestContext.timeEpoch,
    requestId: event.requestContext.requestId,
    locale: localeOf(event.headers['accept-language']),
    accept: event.headers.accept,
  };
}
