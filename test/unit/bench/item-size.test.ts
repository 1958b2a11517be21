import { describe, expect, test } from 'vitest';
import { itemSize } from '#test/bench/item-size.ts';

describe('size of an item', () => {
  test.each([
    ['a string by its UTF-8 bytes', { S: '申报' }, 6],
    ['a whole number by pairs of digits', { N: '461' }, 3],
    ['a number by its significant digits', { N: '1200' }, 2],
    ['a fraction by pairs from the decimal point', { N: '1.234' }, 4],
    ['a small fraction without its leading zeroes', { N: '0.001' }, 2],
    ['zero', { N: '0' }, 1],
    ['a power of ten', { N: '1e11' }, 2],
    ['a negative number', { N: '-12' }, 3],
    ['the longest number', { N: '9'.repeat(38) }, 20],
    ['raw bytes', { B: new Uint8Array(10) }, 10],
    ['null', { NULL: true }, 1],
    ['a boolean', { BOOL: false }, 1],
    ['an empty list', { L: [] }, 3],
    ['an empty map', { M: {} }, 3],
    ['each element of a list with a byte more', { L: [{ S: 'a' }, { N: '1' }] }, 3 + 2 + 3],
    ['each element of a map with its name and a byte more', { M: { ab: { S: 'a' } } }, 3 + 1 + 2 + 1],
    ['a set of strings', { SS: ['a', 'bc'] }, 3],
    ['a set of numbers', { NS: ['1', '22'] }, 4],
    ['a set of bytes', { BS: [new Uint8Array(3), new Uint8Array(1)] }, 4],
  ])('counts %s', (_what, value, bytes) => {
    expect(itemSize({ name: value })).toBe('name'.length + bytes);
  });

  test('counts names by their UTF-8 bytes, and an absent item as nothing', () => {
    expect(itemSize({ 单位: { BOOL: true }, a: { S: '' } })).toBe(6 + 1 + 1);
    expect(itemSize({})).toBe(0);
  });

  test('refuses what is no number', () => {
    expect(() => itemSize({ n: { N: '1,5' } })).toThrow(/number/);
  });
});
