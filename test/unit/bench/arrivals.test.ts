import { expect, test } from 'vitest';
import { arrivalsBefore } from '#test/bench/arrivals.ts';

test('come in order, all of them before the deadline', () => {
  const arrivals = arrivalsBefore(120, 2_000);
  expect(arrivals).toHaveLength(2_000);
  expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
  expect(arrivals[0]).toBeGreaterThan(0);
  expect(arrivals.at(-1)).toBeLessThan(120);
});

test.each([1, 10, 60])('are as many in the last %i s as the integral of the density says', (last) => {
  const count = arrivalsBefore(120, 2_000).filter((arrival) => arrival >= 120 - last).length;
  const expected = (2_000 * Math.log(last + 1)) / Math.log(121);
  expect(Math.abs(count - expected)).toBeLessThanOrEqual(1);
});
