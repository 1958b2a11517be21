import { describe, expect, it } from 'vitest';
import { CallHead } from '#shared/domain/call/call-head.ts';
import { callHead } from '#test/support/calls.ts';

const seal = {
  number: 1,
  through: '2022-03-31T16:00:00.000Z',
  root: '0'.repeat(64),
  sealedAt: '2022-04-02T00:00:00.000Z',
  submissions: 3,
};
const closing = { recordedAt: '2022-04-01T00:00:00.000Z', submissions: 3, units: 2, drafts: 1 };

describe('CallHead', () => {
  it('reads all that a head has', () => {
    const head = callHead({ closing, seal, lastClosesAt: '2022-04-01T16:00:00.000Z' });
    expect(CallHead.parse(head)).toEqual(head);
  });

  it.each([
    ['a revision before the first', { revision: 0 }],
    ['a window without an end', { closesAt: undefined }],
    ['no call', { callId: undefined }],
    ['a close that counted nothing', { closing: { recordedAt: closing.recordedAt } }],
    ['a seal before the first', { seal: { ...seal, number: 0 } }],
    ['a seal without root', { seal: { ...seal, root: undefined } }],
  ])('refuses %s', (_, wrong) => {
    expect(CallHead.safeParse({ ...callHead(), ...wrong }).success).toBe(false);
  });
});
