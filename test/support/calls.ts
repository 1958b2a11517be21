import type { CallHead } from '#shared/domain/call/call-head.ts';

/** A published head; what a test is about is overridden. */
export const callHead = (overrides: Partial<CallHead> = {}): CallHead => ({
  callId: 'changde-2022',
  organiser: 'changde-kx',
  revision: 2,
  latestVersion: 1,
  publishedVersion: 1,
  publishedAt: '2022-02-20T02:00:00.000Z',
  opensAt: '2022-02-28T16:00:00.000Z',
  closesAt: '2022-03-31T16:00:00.000Z',
  opensAtLocal: '2022-03-01T00:00:00.000+08:00',
  closesAtLocal: '2022-04-01T00:00:00.000+08:00',
  closesText: '2022年3月31日24:00（Asia/Shanghai）',
  timezone: 'Asia/Shanghai',
  ...overrides,
});
