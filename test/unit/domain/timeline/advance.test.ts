import { expect, test } from 'vitest';
import { closedBy, openedBy, remindedBy } from '#shared/domain/timeline/advance.ts';
import { callHead } from '#test/support/calls.ts';

const head = callHead();
const at = '2022-03-31T16:02:30.000Z';
const due = Date.parse('2022-03-31T16:02:00.000Z');
const advanced = { ...head, revision: 3, advancedTo: '2022-03-31T16:02:00.000Z' };

test('a call that has opened is advanced to when it was due, and its history says when it opened', () => {
  expect(openedBy(head, { kind: 'opens', at: due }, at)).toStrictEqual({
    head: advanced,
    entry: { at, role: 'system', action: 'opened', details: { opensAt: head.opensAt } },
  });
});

test.each([
  [undefined, false],
  [{ before: [3_600_000], withoutDraft: false }, false],
  [{ before: [3_600_000], withoutDraft: true }, true],
])('a reminder says how long is left until which deadline, and whom it is for (%#)', (reminders, withoutDraft) => {
  const reminded = { ...head, ...(reminders === undefined ? {} : { reminders }) };
  const step = { kind: 'reminder', at: due, before: 3_600_000 } as const;
  expect(remindedBy(reminded, step, at)).toStrictEqual({
    head: { ...reminded, revision: 3, advancedTo: advanced.advancedTo },
    entry: {
      at,
      role: 'system',
      action: 'closing-soon',
      details: { before: 3_600_000, closesAt: head.closesAt, withoutDraft },
    },
  });
});

test('a call that has closed keeps what there was, and when that was counted', () => {
  const counts = { submissions: 3, units: 2, drafts: 1 };
  expect(closedBy(head, { kind: 'closes', at: due }, counts, at)).toStrictEqual({
    head: { ...advanced, closing: { recordedAt: at, ...counts } },
    entry: { at, role: 'system', action: 'closed', details: { closesAt: head.closesAt, ...counts } },
  });
});
