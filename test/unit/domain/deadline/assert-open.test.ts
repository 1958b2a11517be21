import { describe, expect, it } from 'vitest';
import { assertOpen, isOpenAt } from '#shared/domain/deadline/assert-open.ts';
import { deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { callHead } from '#test/support/calls.ts';

const head = callHead({ opensAt: '2022-02-28T16:00:00.000Z', closesAt: '2022-03-31T16:00:00.000Z' });
const opens = Date.parse(head.opensAt);
const closes = Date.parse(head.closesAt);

describe('assertOpen', () => {
  it.each([
    [opens - 1, 'CALL_NOT_OPEN'],
    [closes, 'CALL_CLOSED'],
    [closes + 1, 'CALL_CLOSED'],
  ])('refuses what was received at %i with %s', (receivedAt, code) => {
    expect(() => assertOpen(head, receivedAt)).toThrow(
      expect.objectContaining({
        code,
        params: expect.objectContaining({ opensAt: head.opensAt, closesAt: head.closesAt }),
      }),
    );
  });

  it.each([opens, opens + 1, closes - 1])('lets pass what was received at %i', (receivedAt) => {
    expect(() => assertOpen(head, receivedAt)).not.toThrow();
  });

  it('knows nothing of a call that is not in force', () => {
    const { publishedVersion: _, ...unpublished } = head;
    expect(() => assertOpen(unpublished, opens)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('holds a unit to the deadline that was extended for it', () => {
    const extended = deadlineInForce(head, [
      { closesAt: '2022-04-01T16:00:00.000Z', closesAtLocal: '2022-04-02T00:00:00.000+08:00', closesText: '延期' },
    ]);
    expect(() => assertOpen(head, closes, extended)).not.toThrow();
    expect(() => assertOpen(head, Date.parse(extended.closesAt), extended)).toThrow(
      expect.objectContaining({ code: 'CALL_CLOSED' }),
    );
    expect(isOpenAt(head, extended, Date.parse(extended.closesAt) - 1)).toBe(true);
  });
});

describe('deadlineInForce', () => {
  const own = { closesAt: head.closesAt, closesAtLocal: head.closesAtLocal, closesText: head.closesText };
  const at = (closesAt: string) => ({ ...own, closesAt });

  it("is the call's own where nothing was extended", () => {
    expect(deadlineInForce(head)).toEqual(own);
  });

  it.each([
    [['2022-04-01T16:00:00.000Z'], '2022-04-01T16:00:00.000Z'],
    [['2022-04-03T16:00:00.000Z', '2022-04-01T16:00:00.000Z'], '2022-04-03T16:00:00.000Z'],
    [['2022-03-01T16:00:00.000Z'], '2022-03-31T16:00:00.000Z'],
  ])('is the latest of the call and the extensions %j', (extensions, closesAt) => {
    expect(deadlineInForce(head, extensions.map(at)).closesAt).toBe(closesAt);
  });
});
