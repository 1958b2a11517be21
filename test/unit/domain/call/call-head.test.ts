import { describe, expect, it } from 'vitest';
import { CallHead } from '#shared/domain/call/call-head.ts';
import { callHead, FIRST_SEAL, RECORDED_CLOSE } from '#test/support/calls.ts';

describe('CallHead', () => {
  it('reads all that a head has', () => {
    const head = callHead({ closing: RECORDED_CLOSE, seal: FIRST_SEAL, lastClosesAt: '2022-04-01T16:00:00.000Z' });
    expect(CallHead.parse(head)).toEqual(head);
  });

  it.each([
    ['a revision before the first', { revision: 0 }],
    ['a window without an end', { closesAt: undefined }],
    ['no call', { callId: undefined }],
    ['a close that counted nothing', { closing: { recordedAt: RECORDED_CLOSE.recordedAt } }],
    ['a seal before the first', { seal: { ...FIRST_SEAL, number: 0 } }],
    ['a seal without root', { seal: { ...FIRST_SEAL, root: undefined } }],
  ])('refuses %s', (_, wrong) => {
    expect(CallHead.safeParse({ ...callHead(), ...wrong }).success).toBe(false);
  });
});
