import { describe, expect, test } from 'vitest';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import {
  boundReached,
  limitFaults,
  limitsOf,
  limitsReached,
  MOST_DRAFTS,
  MOST_SUBMISSIONS,
  partnerLimitFaults,
} from '#shared/domain/limits/limits.ts';
import { limitsOfCall, nodesOf } from '#shared/domain/limits/limits-of-call.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';

const path = [
  { code: '2', title: '能力建设', limitPerUnit: 2, clause: '三、（二）' },
  { code: '2-4', title: '学术交流', clause: '三、（三）' },
];

test('the limits of a category are those of the call and of every node above and at it, the widest first, each with its clause', () => {
  expect(limitsOf({ title: '通知', limitPerUnit: 3, limitClause: '通知 三.3' }, path)).toStrictEqual([
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
  expect(limitsOf({ title: '通知' }, [{ code: '1', title: '党建' }])).toStrictEqual([limit]);
  expect(limitsOf({ title: '通知', limitClause: '通知 三.3' }, path)).toMatchObject([limit, { code: '2', limit: 2 }]);
});

test('a unit at every bound has a tally far below what DynamoDB takes in one item', () => {
  const idBytes = 26 + 1;
  const deepestPath = 8;
  const bytes = MOST_SUBMISSIONS * idBytes * (1 + deepestPath) + MOST_DRAFTS * idBytes;
  expect(bytes).toBeLessThan(400 * 1_024 * 0.5);
});

test('every limit that leaves no room is told with its figures and its clause', () => {
  const limits = limitsOf({ title: '通知', limitPerUnit: 3, limitClause: '通知 三.3' }, path);
  expect(limitsReached(limits, [3, 2])).toStrictEqual([
    { limit: 3, count: 3, scope: '通知', clause: '通知 三.3' },
    { limit: 2, count: 2, scope: '能力建设', clause: '三、（二）' },
  ]);
  expect(limitsReached(limits, [2])).toStrictEqual([]);
});

test('a node without a clause, or a limit of a call without one, is told of without one', () => {
  const reached = limitsReached(
    limitsOf({ title: '通知', limitPerUnit: 1 }, [{ code: '1', title: '党建', limitPerUnit: 1 }]),
    [1, 2],
  );
  expect(reached).toStrictEqual([
    { limit: 1, count: 1, scope: '通知' },
    { limit: 1, count: 2, scope: '党建' },
  ]);
});

test('what nobody counted is nothing: a limit of none leaves no room for it', () => {
  expect(limitsReached([{ title: '通知', limit: 0 }], [])).toStrictEqual([{ limit: 0, count: 0, scope: '通知' }]);
  expect(limitsReached([{ title: '通知', limit: 1 }], [])).toStrictEqual([]);
});

describe('a reached limit', () => {
  const reached = [
    { limit: 3, count: 3, scope: '通知', clause: '通知 三.3' },
    { limit: 2, count: 4, scope: '能力建设' },
  ];

  test('is a fault of the whole submission, with its figures and its clause', () => {
    expect(limitFaults(reached)).toStrictEqual([
      { path: '', code: 'LIMIT_REACHED', params: { limit: 3, count: 3, scope: '通知' }, clause: '通知 三.3' },
      { path: '', code: 'LIMIT_REACHED', params: { limit: 2, count: 4, scope: '能力建设' } },
    ]);
  });

  test('of a partner is a fault at its place that names it', () => {
    const partner = { of: 'partner', unit: '医学会' };
    expect(partnerLimitFaults(1, '医学会', reached)).toStrictEqual([
      {
        path: 'partners[1]',
        code: 'LIMIT_REACHED',
        params: { limit: 3, count: 3, scope: '通知', ...partner },
        clause: '通知 三.3',
      },
      { path: 'partners[1]', code: 'LIMIT_REACHED', params: { limit: 2, count: 4, scope: '能力建设', ...partner } },
    ]);
  });

  test('that is a bound of ours refuses with what it is of, and with no clause', () => {
    const params = { of: 'drafts', limit: MOST_DRAFTS, count: 100 };
    expect(boundReached('drafts', MOST_DRAFTS, 100)).toMatchObject({
      code: 'LIMIT_REACHED',
      params,
      faults: [{ path: '', code: 'LIMIT_REACHED', params }],
    });
  });
});

describe('the tree of a call', () => {
  const leaf = { ...writtenLeaf, title: '类别' };
  const { categories, ...call } = CallDefinition.parse(
    writtenCall({
      limitClause: '通知 三.3',
      categories: [
        { ...leaf, code: '1', limitPerUnit: 1 },
        {
          code: '2',
          title: '能力建设',
          limitPerUnit: 2,
          categories: [
            { code: '2-1', title: '科普', categories: [{ ...leaf, code: '2-1-1' }] },
            { ...leaf, code: '2-2', limitPerUnit: 1 },
          ],
        },
      ],
    }),
  );

  test('is gone through from the top, each group before what lies in it', () => {
    const placed = nodesOf(categories).map(({ node, ...group }) => ({ code: node.code, ...group }));
    expect(placed).toStrictEqual([
      { code: '1' },
      { code: '2' },
      { code: '2-1', group: '2' },
      { code: '2-1-1', group: '2-1' },
      { code: '2-2', group: '2' },
    ]);
  });

  test('has the limit of the call first, then those of its nodes', () => {
    expect(limitsOfCall({ ...call, categories })).toStrictEqual([
      { title: call.title, limit: 3, clause: '通知 三.3' },
      { code: '1', title: '类别', limit: 1 },
      { code: '2', title: '能力建设', limit: 2 },
      { code: '2-2', title: '类别', limit: 1 },
    ]);
  });
});
