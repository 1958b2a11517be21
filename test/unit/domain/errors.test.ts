import { describe, expect, it } from 'vitest';
import { DomainError } from '#shared/domain/domain-error.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';

const cause = new Error('below');

describe('a refusal', () => {
  it('is known by its code, with nothing more to say where nothing was given', () => {
    const refusal = new DomainError('NOT_FOUND');
    expect([refusal.name, refusal.message, refusal.code]).toEqual(['DomainError', 'NOT_FOUND', 'NOT_FOUND']);
    expect([refusal.params, refusal.faults]).toStrictEqual([{}, []]);
    expect(refusal).not.toHaveProperty('cause');
  });

  it('keeps figures, faults and what it came from', () => {
    const faults = [{ path: 'name', code: 'REQUIRED' }] as const;
    const refusal = new DomainError('VALIDATION_FAILED', { params: { limit: 3 }, faults, cause });
    expect([refusal.params, refusal.faults, refusal.cause]).toStrictEqual([{ limit: 3 }, faults, cause]);
  });
});

describe('a request that cannot be read', () => {
  it('says where it is wrong, and what that came from where something did', () => {
    const faults = [{ path: 'name', code: 'REQUIRED' }] as const;
    const invalid = new InvalidRequest(faults);
    expect([invalid.name, invalid.message, invalid.faults]).toEqual(['InvalidRequest', 'INVALID_REQUEST', faults]);
    expect(invalid).not.toHaveProperty('cause');
    expect(new InvalidRequest(faults, cause).cause).toBe(cause);
  });
});

describe('what is in the way and passes', () => {
  it('may be tried again after a second, or as long as it says', () => {
    const passing = new Unavailable('throttled');
    expect([passing.name, passing.message, passing.retryAfterSeconds]).toEqual(['Unavailable', 'throttled', 1]);
    expect(passing).not.toHaveProperty('cause');
    const longer = new Unavailable('throttled', { retryAfterSeconds: 5, cause });
    expect([longer.retryAfterSeconds, longer.cause]).toEqual([5, cause]);
  });
});
