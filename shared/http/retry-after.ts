import * as z from 'zod';
import { DomainError } from '#shared/domain/domain-error.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';

/** Names and codes under which the SDK reports what passes by itself: throttling, conflicts, lost connections. */
const PASSING = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'SlowDown',
  'RequestTimeout',
  'TimeoutError',
  'AbortError',
  'NetworkingError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A fault of the service, whatever it is called: the reply to a HEAD has no body that could name it. */
const ServiceFault = z.object({ $metadata: z.object({ httpStatusCode: z.int().min(500) }) });

const isPassing = (error: Error): boolean =>
  PASSING.has(error.name) ||
  ('code' in error && typeof error.code === 'string' && PASSING.has(error.code)) ||
  ServiceFault.safeParse(error).success;

/** A scan takes seconds as a rule, and longer for large files. */
const SCAN_SECONDS = 5;

/** The seconds after which a retry makes sense, or undefined for a fault that a retry would meet again. */
export const retryAfterOf = (error: unknown): number | undefined => {
  if (error instanceof DomainError) return error.code === 'SCAN_PENDING' ? SCAN_SECONDS : undefined;
  if (error instanceof Unavailable) return error.retryAfterSeconds;
  return error instanceof Error && isPassing(error) ? 1 : undefined;
};
