import type { MiddlewareObj } from '@middy/core';
import { log } from '#shared/runtime/log.ts';
import { localeOf } from './locale.ts';
import type { HttpEvent, HttpResult } from './operation-request.ts';

/** Answers whatever was thrown as problem+json, and logs one line per request: ids and codes alone. */
export const problems = (name: string): MiddlewareObj<HttpEvent, HttpResult> => {
  return {
    after: ({ response }) => {
      log.info('REQUEST_COMPLETED', {
        operation: name,
        ...(response?.statusCode === undefined ? {} : { status: response.statusCode }),
      });
    },
    onError: async (request) => {
      // The sentences are 40 KB that only a refusal needs.
      const { problemReply } = await import('./problem-reply.ts');
      const { requestId } = request.event.requestContext;
      const { code, status, headers, body } = problemReply(
        request.error,
        requestId,
        localeOf(request.event.headers['accept-language']),
      );
      const ids = { operation: name, code, status };
      if (code === 'INTERNAL') log.error('REQUEST_FAULT', ids, request.error);
      else if (code === 'UNAVAILABLE') log.error('REQUEST_UNAVAILABLE', ids, request.error);
      else log.info('REQUEST_REFUSED', ids);
      request.response = { statusCode: status, headers: { ...headers }, body: JSON.stringify(body) };
    },
  };
};
