import { afterEach, describe, expect, it, vi } from 'vitest';
import { listCalls } from '#shared/contract/calls.ts';
import { handle } from '#shared/http/handle.ts';
import { job } from '#shared/runtime/job.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { forgetEnvironment } from '#test/support/stubbed-environment.ts';
import { canary, leaksIn, listen } from './leaks.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const written = async (act: () => unknown): Promise<readonly string[]> => {
  const kept = listen();
  try {
    await act();
  } catch (error) {
    kept.thrown(error);
  }
  const lines = [...kept.lines];
  vi.restoreAllMocks();
  return lines;
};

const said = `{"name":"${canary('name')}"}`;

describe('what looks for canaries', () => {
  it.each([
    ['as it is', said],
    ['in base64', Buffer.from(said).toString('base64')],
    ['in base64, one byte on', Buffer.from(`-${said}`).toString('base64')],
    ['in base64, two bytes on', Buffer.from(`--${said}`).toString('base64url')],
    ['percent-encoded', [...Buffer.from(said)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')],
    ['escaped in JSON', [...said].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('')],
    ['in hex', Buffer.from(said).toString('hex')],
    ['in capitals', said.toUpperCase()],
  ])('finds one %s', (_, line) => {
    expect(leaksIn([`before ${line} after`])).toHaveLength(1);
    expect(leaksIn(['{"level":"INFO","message":"REQUEST_COMPLETED"}'])).toEqual([]);
  });

  it('finds a handler that logs its body, and a secret that was told', async () => {
    const careless = handle(listCalls, async ({ requestId }) => {
      process.stdout.write(`${said}\n`);
      console.error(new Error(`right of ${requestId}: s3cret`));
      return { body: { items: [] } };
    });
    const lines = await written(() => careless(httpEvent({ routeKey: 'GET /calls' }), lambdaContext()));
    expect(leaksIn(lines, ['s3cret'])).toHaveLength(2);
  });

  it('finds what is thrown for Lambda to log', async () => {
    const cause = Object.assign(new Error('no'), { Item: { name: { S: canary('item') } } });
    const lines = await written(() => Promise.reject(new Error('failed', { cause })));
    expect(leaksIn(lines)).toHaveLength(1);
  });
});

describe('the log', () => {
  it('keeps out a message whose lines look like a stack', async () => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
    vi.resetModules();
    const fresh = await import('#shared/runtime/log.ts');
    const error = new Error(`failed\n    at ${canary('line')} (file.ts:1:1)`);
    const lines = await written(() => fresh.log.error('REQUEST_FAULT', {}, error));
    forgetEnvironment();
    expect(lines.join('')).toContain('leaks.test.ts');
    expect(leaksIn(lines)).toEqual([]);
  });
});

describe('a job', () => {
  it('fails without what its error says', async () => {
    const failing = job('advanceCalls', () => Promise.reject(new Error(said, { cause: new Error(said) })));
    await expect(failing({}, lambdaContext())).rejects.toThrow();
    const lines = await written(() => failing({}, lambdaContext()));
    expect(lines.length).toBeGreaterThan(0);
    expect(leaksIn(lines)).toEqual([]);
  });
});
