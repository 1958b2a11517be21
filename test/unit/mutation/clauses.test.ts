import { expect, it } from 'vitest';
import { dropEach, rewritten } from '#test/mutation/clauses/clauses.ts';

const clausesOf = (expression: string): string[] => dropEach(expression).map(({ clause }) => clause);

it.each([
  ['attribute_not_exists(submissionId)', ['attribute_not_exists(submissionId)']],
  ['#status = :draft AND contentRevision = :read', ['#status = :draft', 'contentRevision = :read']],
  [
    '(attribute_not_exists(#set0) OR size(#set0) < :limit0) AND a <> :b',
    [
      '(attribute_not_exists(#set0) OR size(#set0) < :limit0)',
      'attribute_not_exists(#set0)',
      'size(#set0) < :limit0',
      'a <> :b',
    ],
  ],
  [
    'attribute_not_exists(callId) OR (#state = :begun AND through < :through)',
    [
      'attribute_not_exists(callId) OR (#state = :begun AND through < :through)',
      'attribute_not_exists(callId)',
      '(#state = :begun AND through < :through)',
      '#state = :begun',
      'through < :through',
    ],
  ],
  ['a BETWEEN :b AND :c AND NOT d IN (:e, :f)', ['a BETWEEN :b AND :c', 'NOT d IN (:e, :f)']],
])('finds the clauses of %s', (expression, clauses) => {
  expect(clausesOf(expression)).toEqual(clauses);
});

it('makes a clause true where others have to hold besides, and false where others suffice', () => {
  const anything = 'attribute_exists(droppedClause) OR attribute_not_exists(droppedClause)';
  expect(dropEach('a = :a AND b = :b').map(({ without }) => without)).toEqual([
    `((a = :a) OR ${anything}) AND b = :b`,
    `a = :a AND ((b = :b) OR ${anything})`,
  ]);
  expect(dropEach('a = :a OR b = :b').map(({ without }) => without)).toEqual([
    `((a = :a OR b = :b) OR ${anything})`,
    '((a = :a) AND attribute_exists(droppedClause)) OR b = :b',
    'a = :a OR ((b = :b) AND attribute_exists(droppedClause))',
  ]);
  expect(dropEach('(a = :a OR b = :b) AND c = :c')[0]?.without).toBe(`((a = :a OR b = :b) OR ${anything}) AND c = :c`);
});

it('writes a condition in another way that says the same', () => {
  const anything = '(attribute_exists(droppedClause) OR attribute_not_exists(droppedClause))';
  expect(rewritten('a = :a OR b = :b')).toBe(`(a = :a OR b = :b) AND ${anything}`);
  expect(rewritten('(a = :a OR b = :b)')).toBe(`(a = :a OR b = :b) AND ${anything}`);
});

it('refuses what it does not understand', () => {
  expect(() => dropEach('a = :a b')).toThrow('not understood');
});
