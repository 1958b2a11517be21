import { expect, test } from 'vitest';
import { median, ratioOfMedians } from '#test/bench/ratio.ts';

test('takes the middle value, or the mean of the two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('refuses a median of nothing', () => {
  expect(() => median([])).toThrow('No median of nothing');
});

test('gives a ratio without doubt where every pair says the same', () => {
  expect(ratioOfMedians(Array.from({ length: 31 }, () => [3, 2] as const))).toEqual({
    ratio: 1.5,
    interval: [1.5, 1.5],
  });
});

test('gives an interval around the ratio that widens with the spread, the same one each time', () => {
  const spread = (by: number) =>
    Array.from({ length: 31 }, (_, place) => [110 + by * ((place * 7) % 11), 100 + by * ((place * 5) % 13)] as const);
  const narrow = ratioOfMedians(spread(1));
  const wide = ratioOfMedians(spread(10));
  for (const { ratio, interval } of [narrow, wide]) {
    expect(interval[0]).toBeLessThan(ratio);
    expect(interval[1]).toBeGreaterThan(ratio);
  }
  expect(wide.interval[1] - wide.interval[0]).toBeGreaterThan(narrow.interval[1] - narrow.interval[0]);
  expect(ratioOfMedians(spread(1))).toEqual(narrow);
});
