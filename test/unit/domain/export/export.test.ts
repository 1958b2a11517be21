import { describe, expect, test } from 'vitest';
import {
  type Export,
  failureOf,
  isExpired,
  isSettled,
  newExport,
  partCount,
  stateOf,
} from '#shared/domain/export/export.ts';
import { presentExport } from '#shared/domain/export/present.ts';

const HOUR = 60 * 60_000;
const ASKED = Date.UTC(2022, 3, 1);
const request = {
  ...{ exportId: '0'.repeat(26), callId: 'changde-2022', organiser: 'changde-kx' },
  ...({ format: 'xlsx', status: 'submitted' } as const),
};
const asked: Export = newExport(request, ASKED);
const plan = { planId: 'p', parts: 3 };

describe('an export', () => {
  test('is kept for seven days from when it was asked for', () => {
    expect(asked).toStrictEqual({
      ...request,
      ...{ createdAt: '2022-04-01T00:00:00.000Z', touchedAt: '2022-04-01T00:00:00.000Z' },
      ...{ expiresAt: '2022-04-08T00:00:00.000Z', partsDone: 0, done: 0 },
    });
    expect(isExpired(asked, ASKED + 7 * 24 * HOUR - 1)).toBe(false);
    expect(isExpired(asked, ASKED + 7 * 24 * HOUR)).toBe(true);
  });

  test('is one file, an archive as many as it is divided into, once it is', () => {
    expect(partCount(asked)).toBe(1);
    expect(partCount({ ...asked, format: 'zip' })).toBeUndefined();
    expect(partCount({ ...asked, format: 'zip', plan })).toBe(3);
  });

  test('is settled when all its files are done, or it has failed', () => {
    expect(isSettled(asked)).toBe(false);
    expect(isSettled({ ...asked, partsDone: 1 })).toBe(true);
    expect(isSettled({ ...asked, format: 'zip' })).toBe(false);
    expect(isSettled({ ...asked, format: 'zip', plan, partsDone: 2 })).toBe(false);
    expect(isSettled({ ...asked, format: 'zip', plan, partsDone: 3 })).toBe(true);
    expect(isSettled({ ...asked, failure: 'BROKE_OFF' })).toBe(true);
  });

  test('is queued, then running, then done', () => {
    const started = { ...asked, startedAt: asked.createdAt };
    expect(stateOf(asked, ASKED)).toBe('queued');
    expect(stateOf(started, ASKED)).toBe('running');
    expect(stateOf({ ...started, partsDone: 1 }, ASKED)).toBe('done');
  });

  test('has failed where it says so, or where nobody has worked on it for four hours', () => {
    expect(failureOf({ ...asked, failure: 'SUBMISSION_TOO_LARGE' }, ASKED)).toBe('SUBMISSION_TOO_LARGE');
    expect([failureOf(asked, ASKED + 4 * HOUR), stateOf(asked, ASKED + 4 * HOUR)]).toEqual([undefined, 'queued']);
    expect([failureOf(asked, ASKED + 4 * HOUR + 1), stateOf(asked, ASKED + 4 * HOUR + 1)]).toEqual([
      ...['BROKE_OFF', 'failed'],
    ]);
    const touched = { ...asked, touchedAt: new Date(ASKED + HOUR).toISOString() };
    expect(failureOf(touched, ASKED + 5 * HOUR)).toBeUndefined();
    expect(stateOf({ ...asked, partsDone: 1 }, ASKED + 24 * HOUR)).toBe('done');
  });
});

describe('an export as it is shown', () => {
  const shown = (one: Export, now = ASKED) => presentExport(one, now, (failure) => `因为 ${failure}`);
  const { exportId, callId, format, status, createdAt, expiresAt } = asked;
  const head = { exportId, callId, format, status };
  const times = { createdAt, expiresAt };

  test('says how far it is, and of how many once that is known', () => {
    const progress = { done: 0 };
    expect(shown(asked)).toStrictEqual({ ...head, state: 'queued', progress, partCount: 1, ...times });
    expect(shown({ ...asked, startedAt: createdAt, done: 2, of: 9, category: '1' })).toStrictEqual({
      ...{ ...head, category: '1', state: 'running', progress: { done: 2, of: 9 }, partCount: 1 },
      ...times,
    });
  });

  test('says how many files an archive will be once it is divided', () => {
    expect(shown({ ...asked, format: 'zip' })).not.toHaveProperty('partCount');
    expect(shown({ ...asked, format: 'zip', plan }).partCount).toBe(3);
  });

  test('says why it failed, also where nobody works on it any more', () => {
    expect(shown({ ...asked, failure: 'SUBMISSION_TOO_LARGE' })).toMatchObject({
      ...{ state: 'failed', reason: '因为 SUBMISSION_TOO_LARGE' },
    });
    expect(shown(asked, ASKED + 5 * HOUR)).toMatchObject({ state: 'failed', reason: '因为 BROKE_OFF' });
  });
});
