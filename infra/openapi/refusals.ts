import * as z from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { Operation } from '#shared/contract/operation.ts';
import { Problem, type ProblemCode } from '#shared/contract/problem.ts';
import { problemText } from '#shared/http/messages.ts';
import { statusOf } from '#shared/http/status.ts';

const GatewayMessage = z.object({ message: z.string() }).meta({ id: 'GatewayMessage' });

/** What API Gateway answers by itself, before any function is reached: its own bodies, not problem+json. */
const GATEWAY_REFUSALS = {
  413: { when: 'a body over 10 MB', message: 'Request Entity Too Large' },
  429: { when: 'too many requests', message: 'Too Many Requests' },
} as const;

type Status = (typeof statusOf)[ProblemCode] | keyof typeof GATEWAY_REFUSALS;

const EVERYWHERE: readonly ProblemCode[] = ['INVALID_REQUEST', 'NOT_AT_THIS_ADDRESS', 'INTERNAL', 'UNAVAILABLE'];

const gatewayOf = (operation: Operation, status: Status): { when: string; message: string } | undefined => {
  if (status === 401 && operation.access === 'signedIn')
    return { when: 'no token, or a bad one', message: 'Unauthorized' };
  return status === 413 || status === 429 ? GATEWAY_REFUSALS[status] : undefined;
};

const responseOf = (
  codes: readonly ProblemCode[],
  gateway: { when: string; message: string } | undefined,
): ZodOpenApiResponseObject => ({
  description: [
    ...codes.map((code) => `${code}: ${problemText(code, {}, 'en').title}`),
    ...(gateway === undefined ? [] : [`answered by the gateway: ${gateway.when}`]),
  ].join('; '),
  content: {
    ...(codes.length === 0 ? {} : { 'application/problem+json': { schema: Problem } }),
    ...(gateway === undefined
      ? {}
      : { 'application/json': { schema: GatewayMessage, example: { message: gateway.message } } }),
  },
});

/** Every refusal an operation can answer, ours and the gateway's, by status. */
export const refusalResponses = (operation: Operation): ZodOpenApiResponsesObject => {
  const codes = new Set<ProblemCode>([
    ...EVERYWHERE,
    ...(operation.access === 'signedIn' ? (['ACCESS_TOKEN_REQUIRED'] as const) : []),
    ...operation.refusals,
  ]);
  const statuses = new Set<Status>([...[...codes].map((code) => statusOf[code]), 413, 429]);
  const responses: ZodOpenApiResponsesObject = {};
  for (const status of statuses) {
    responses[`${status}`] = responseOf(
      [...codes].filter((code) => statusOf[code] === status),
      gatewayOf(operation, status),
    );
  }
  return responses;
};
