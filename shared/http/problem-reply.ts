import type * as z from 'zod';
import type { Problem, ProblemCode, ProblemError } from '#shared/contract/problem.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import type { Locale } from './locale.ts';
import { faultText, problemText } from './messages.ts';
import { retryAfterOf } from './retry-after.ts';
import { statusOf } from './status.ts';

/** Faults in the reader's language, in the order in which the rules found them. */
export const faultsToErrors = (faults: readonly Fault[], locale: Locale): z.input<typeof ProblemError>[] =>
  faults.map(({ path, code, params, clause, position }) => ({
    path,
    code,
    message: faultText(code, { ...position, ...params }, locale),
    ...(clause === undefined ? {} : { clause }),
    ...position,
  }));

interface ProblemReply {
  readonly code: ProblemCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The one translation of whatever was thrown into problem+json (RFC 9457). What is not a refusal of ours becomes an opaque 500. */
export const problemReply = (error: unknown, requestId: string, locale: Locale): ProblemReply => {
  const retryAfter = retryAfterOf(error);
  const code =
    error instanceof DomainError
      ? error.code
      : error instanceof InvalidRequest
        ? 'INVALID_REQUEST'
        : retryAfter === undefined
          ? 'INTERNAL'
          : 'UNAVAILABLE';
  const params = error instanceof DomainError ? error.params : {};
  const faults = error instanceof DomainError || error instanceof InvalidRequest ? error.faults : [];
  const { limit, count } = params;
  return {
    code,
    status: statusOf[code],
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': locale === 'zh' ? 'zh-CN' : 'en',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: {
      type: `urn:shenbao:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      ...problemText(code, params, locale),
      status: statusOf[code],
      code,
      requestId,
      errors: faultsToErrors(faults, locale),
      ...(code === 'LIMIT_REACHED' && typeof limit === 'number' && typeof count === 'number' ? { limit, count } : {}),
    },
  };
};
