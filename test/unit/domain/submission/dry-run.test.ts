import { expect, test } from 'vitest';
import { circumstanceFaults } from '#shared/domain/submission/dry-run.ts';
import { callHead } from '#test/support/calls.ts';

const head = callHead();
const closes = Date.parse(head.closesAt);
const limits = [
  { title: '通知', limit: 3, clause: '通知 三.3' },
  { code: '1', title: '党建', limit: 1 },
];

test('nothing refuses a submit that is in time and has room under every limit', () => {
  const partners = [{ place: 0, name: '药学会', counts: [0, 0] }];
  expect(circumstanceFaults(head, head, closes - 1, limits, [2, 0], partners)).toStrictEqual([]);
});

test('the window, the limits of the unit and those of each partner are told at once', () => {
  const partners = [
    { place: 0, name: '药学会', counts: [0, 0] },
    { place: 2, name: '护理学会', counts: [3, 0] },
  ];
  expect(circumstanceFaults(head, head, closes, limits, [1, 1], partners)).toStrictEqual([
    {
      path: '',
      code: 'CALL_CLOSED',
      params: {
        ...{ opensAt: head.opensAt, opensAtLocal: head.opensAtLocal, closesAt: head.closesAt },
        ...{ closesAtLocal: head.closesAtLocal, closesText: head.closesText, timezone: head.timezone },
      },
    },
    { path: '', code: 'LIMIT_REACHED', params: { limit: 1, count: 1, scope: '党建' } },
    {
      path: 'partners[2]',
      code: 'LIMIT_REACHED',
      params: { limit: 3, count: 3, scope: '通知', of: 'partner', unit: '护理学会' },
      clause: '通知 三.3',
    },
  ]);
});
