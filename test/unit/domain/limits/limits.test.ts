import { expect, test } from 'vitest';
import { limitsOf, limitsReached, MOST_SUBMISSIONS } from '#shared/domain/limits/limits.ts';

const path = [
  { code: '2', title: '能力建设', limitPerUnit: 2, clause: '三、（二）' },
  { code: '2-4', title: '学术交流', clause: '三、（三）' },
];

test('the limits of a category are those of the call and of every node above and at it, the widest first, each with its clause', () => {
  expect(limitsOf({ title: '通知', limitPerUnit: 3, limitClause: '通知 三.3' }, path)).toEqual([
    { title: '通知', limit: 3, clause: '通知 三.3' },
    { code: '2', title: '能力建设', limit: 2, clause: '三、（二）' },
  ]);
});

test('a limit of a node cites the sentence that sets it, where the node names that', () => {
  const forum = {
    code: '1',
    title: '论坛',
    limitPerUnit: 1,
    limitClause: '一（一）1 申报要求（6）',
    clause: '一（一）1',
  };
  expect(limitsOf({ title: '通知' }, [forum])[1]?.clause).toBe('一（一）1 申报要求（6）');
});

test('a call that sets no limit has the one that a tally needs, and no clause for it', () => {
  const limit = { title: '通知', limit: MOST_SUBMISSIONS };
  expect(limitsOf({ title: '通知' }, [{ code: '1', title: '党建' }])).toEqual([limit]);
  expect(limitsOf({ title: '通知', limitClause: '通知 三.3' }, path)).toMatchObject([limit, { code: '2', limit: 2 }]);
});

test('a unit at every bound has a tally far below what DynamoDB takes in one item', () => {
  const idBytes = 26 + 1;
  const deepestPath = 8;
  const bytes = MOST_SUBMISSIONS * idBytes * (1 + deepestPath) + 100 * idBytes;
  expect(bytes).toBeLessThan(400 * 1_024 * 0.5);
});

test('every limit that leaves no room is told with its figures and its clause', () => {
  const limits = limitsOf({ title: '通知', limitPerUnit: 3, limitClause: '通知 三.3' }, path);
  expect(limitsReached(limits, [3, 2])).toEqual([
    { limit: 3, count: 3, scope: '通知', clause: '通知 三.3' },
    { limit: 2, count: 2, scope: '能力建设', clause: '三、（二）' },
  ]);
  expect(limitsReached(limits, [2])).toEqual([]);
});
