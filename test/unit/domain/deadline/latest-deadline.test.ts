import { expect, test } from 'vitest';
import { isSealed, latestDeadline } from '#shared/domain/deadline/latest-deadline.ts';

const [march, april, may] = ['2022-03-31T16:00:00.000Z', '2022-04-30T16:00:00.000Z', '2022-05-31T16:00:00.000Z'];

test('the latest deadline of a call is its own, or one that was granted and is later', () => {
  expect(latestDeadline({ closesAt: april })).toBe(april);
  expect(latestDeadline({ closesAt: april, lastClosesAt: march })).toBe(april);
  expect(latestDeadline({ closesAt: april, lastClosesAt: may })).toBe(may);
});

test('a call is sealed once a seal closed the latest deadline at any scope', () => {
  expect(isSealed({ closesAt: april })).toBe(false);
  expect(isSealed({ closesAt: april, seal: { through: march } })).toBe(false);
  expect(isSealed({ closesAt: april, seal: { through: april } })).toBe(true);
  expect(isSealed({ closesAt: april, lastClosesAt: may, seal: { through: april } })).toBe(false);
  expect(isSealed({ closesAt: april, lastClosesAt: may, seal: { through: may } })).toBe(true);
});
