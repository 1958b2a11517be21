import { describe, expect, it } from 'vitest';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { retryAfterOf } from '#shared/http/retry-after.ts';

const fault = (name: string, more: object = {}): Error => Object.assign(new Error('injected'), { name }, more);

describe('a fault that passes by itself', () => {
  it.each([
    ['throttling', fault('ThrottlingException', { $metadata: { httpStatusCode: 400 } })],
    ['a conflict of a single write', fault('TransactionConflictException', { $metadata: { httpStatusCode: 400 } })],
    ['DynamoDB’s own fault', fault('InternalServerError', { $metadata: { httpStatusCode: 500 } })],
    ['S3’s own fault', fault('InternalError', { $metadata: { httpStatusCode: 500 } })],
    ['a HEAD answered 503, which names nothing', fault('Unknown', { $metadata: { httpStatusCode: 503 } })],
    ['a request that took too long', fault('TimeoutError', { $metadata: {} })],
    ['a lost connection', fault('Error', { code: 'EPIPE' })],
    ['a name server that is away', fault('Error', { code: 'EAI_AGAIN' })],
  ])('is %s', (_, error) => {
    expect(retryAfterOf(error)).toBe(1);
  });

  it('says itself when to come again where it is known', () => {
    expect(retryAfterOf(new Unavailable('busy', { retryAfterSeconds: 5 }))).toBe(5);
  });

  it.each([
    ['a request DynamoDB cannot take', fault('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['a missing right', fault('AccessDenied', { $metadata: { httpStatusCode: 403 } })],
    ['our own fault', new TypeError('x is not a function')],
    ['what is no error', 'thrown'],
  ])('is not %s', (_, error) => {
    expect(retryAfterOf(error)).toBeUndefined();
  });
});
