import { describe, expect, it } from 'vitest';
import {
  BOOL,
  INT,
  joined,
  listOf,
  recordOf,
  type Shape,
  searchWeight,
  stringOf,
  typeOf,
  weightOf,
} from '#shared/domain/expression/shape.ts';

const person = recordOf('person', [
  ['name', stringOf(64)],
  ['age', INT],
  ['known', BOOL],
]);

describe('a shape', () => {
  it.each<[Shape, string]>([
    [BOOL, 'bool'],
    [INT, 'int'],
    [stringOf(3), 'string'],
    [person, 'person'],
    [listOf(3, listOf(2, person)), 'list<list<person>>'],
  ])('%o has its type as CEL writes it: %s', (shape, type) => {
    expect(typeOf(shape)).toBe(type);
  });

  it.each<[Shape, number]>([
    [BOOL, 0],
    [INT, 0],
    [stringOf(0), 0],
    [stringOf(1), 1],
    [stringOf(64), 1],
    [stringOf(65), 2],
    [listOf(3, INT), 3],
    [listOf(3, stringOf(65)), 9],
    [person, 4],
    [listOf(2, person), 10],
  ])('%o takes as many steps to compare as it holds: %i', (shape, steps) => {
    expect(weightOf(shape)).toBe(steps);
  });

  it('that is either of two is as large as the larger, and of what they are of', () => {
    expect(joined(stringOf(3), stringOf(5))).toStrictEqual(stringOf(5));
    expect(joined(stringOf(5), stringOf(3))).toStrictEqual(stringOf(5));
    expect(joined(listOf(2, stringOf(5)), listOf(4, stringOf(3)))).toStrictEqual(listOf(4, stringOf(5)));
    expect(joined(INT, stringOf(3))).toBe(INT);
    expect(joined(stringOf(3), listOf(2, INT))).toStrictEqual(stringOf(3));
    expect(joined(listOf(2, INT), stringOf(3))).toStrictEqual(listOf(2, INT));
  });
});

it.each([
  [64, 1, 1],
  [65, 1, 2],
  [64, 3, 3],
  [64, 0, 1],
  [0, 9, 0],
])('looking in %i units for %i takes %i steps at worst', (text, wanted, steps) => {
  expect(searchWeight(text, wanted)).toBe(steps);
});
