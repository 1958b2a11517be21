import { expect, test } from 'vitest';
import { limitsOf } from '#shared/domain/limits/limits.ts';

const path = [
  { code: '2', title: '能力建设', limitPerUnit: 2 },
  { code: '2-4', title: '学术交流' },
];

test('the limits of a category are those of the call and of every node above and at it, the widest first', () => {
  expect(limitsOf({ title: '通知', limitPerUnit: 3 }, path)).toEqual([
    { title: '通知', limit: 3 },
    { code: '2', title: '能力建设', limit: 2 },
  ]);
});

test('a call without limits has none', () => {
  expect(limitsOf({ title: '通知' }, [{ code: '1', title: '党建' }])).toEqual([]);
});
