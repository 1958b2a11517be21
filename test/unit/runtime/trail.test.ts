import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onTrail } from '#shared/runtime/trail.ts';

beforeEach(() => {
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1');
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.doUnmock('node:dgram');
});

describe('a traced piece of work', () => {
  it.each([
    ['an address without a port', '127.0.0.1'],
    ['a port that is none', '127.0.0.1:70000'],
  ])('has its outcome where the daemon has %s', async (_, address) => {
    vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', address);
    await expect(onTrail('submit', { requestId: 'one' }, async () => 'receipt')).resolves.toBe('receipt');
    const refused = onTrail('submit', { requestId: 'one' }, () => Promise.reject(new Error('CALL_CLOSED')));
    await expect(refused).rejects.toThrow('CALL_CLOSED');
  });

  it('has its outcome where no socket can be opened', async () => {
    vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', '127.0.0.1:2000');
    const createSocket = vi.fn(() => {
      throw new Error('EMFILE');
    });
    vi.doMock('node:dgram', () => ({ createSocket }));
    await expect(onTrail('submit', { requestId: 'one' }, async () => 'receipt')).resolves.toBe('receipt');
    expect(createSocket).toHaveBeenCalledOnce();
  });
});
