import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bounds, boundsText, meetOf, sumOfBounds } from '#shared/domain/money/bounds.ts';
import { awardsOf, awardsTogether } from '#shared/domain/money/envelope.ts';

/** Small enough to try every choice of awards one by one, in integers. */
const bounded = (max: number) =>
  fc
    .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max }))
    .map(([one, other]) => ({ least: BigInt(Math.min(one, other)), most: BigInt(Math.max(one, other)) }));

/** Every cost that some number of awards within the bounds can have: n awards of a to b cost all of n·a to n·b. */
const costsOf = (count: Required<Bounds>, each: Required<Bounds>): Set<bigint> => {
  const costs = new Set<bigint>();
  for (let n = count.least; n <= count.most; n += 1n) {
    for (let cost = n * each.least; cost <= n * each.most; cost += 1n) costs.add(cost);
  }
  return costs;
};

const inOrder = (costs: Iterable<bigint>) => [...costs].sort((one, other) => Number(one - other));
const smallest = (costs: Iterable<bigint>) => inOrder(costs).at(0);
const largest = (costs: Iterable<bigint>) => inOrder(costs).at(-1);

describe('what awards can cost', () => {
  it('is exactly what trying every number and size of them gives', () => {
    fc.assert(
      fc.property(bounded(6), bounded(8), (count, each) => {
        const costs = costsOf(count, each);
        expect(awardsOf(count, each).cost).toEqual({ least: smallest(costs), most: largest(costs) });
      }),
    );
  });

  it('holds within an envelope if and only if some choice of awards does, and spends as much of it as any can', () => {
    fc.assert(
      fc.property(bounded(6), bounded(8), fc.bigInt({ min: 0n, max: 60n }), (count, each, envelope) => {
        const within = [...costsOf(count, each)].filter((cost) => cost <= envelope);
        const { cost } = awardsOf(count, each, envelope);
        expect(cost.least <= envelope).toBe(within.length > 0);
        if (within.length > 0) expect(cost.most).toBe(largest(within));
      }),
    );
  });

  it('holds in a group whenever some choice of awards below it does', () => {
    const below = fc.array(fc.record({ count: bounded(3), each: bounded(5) }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(below, bounded(8), (categories, quota) => {
        const choices = categories.reduce<{ count: bigint; cost: bigint }[]>(
          (sums, { count, each }) =>
            sums.flatMap((sum) =>
              Array.from(
                { length: Number(count.most - count.least) + 1 },
                (_, more) => count.least + BigInt(more),
              ).flatMap((n) => [
                { count: sum.count + n, cost: sum.cost + n * each.least },
                { count: sum.count + n, cost: sum.cost + n * each.most },
              ]),
            ),
          [{ count: 0n, cost: 0n }],
        );
        const { cost } = awardsTogether(
          categories.map(({ count, each }) => awardsOf(count, each)),
          quota,
        );
        const possible = choices.filter(({ count }) => quota.least <= count && count <= quota.most);
        for (const choice of possible) {
          expect(choice.cost).toBeGreaterThanOrEqual(cost.least);
          expect(choice.cost).toBeLessThanOrEqual(cost.most ?? -1n);
        }
        expect(cost.least).toBeTypeOf('bigint');
      }),
    );
  });

  it.each<[string, Bounds, Bounds, bigint | undefined, Bounds]>([
    ['any number of awards of any size', { least: 0n }, { least: 0n }, undefined, { least: 0n }],
    ['any number of awards within an envelope', { least: 0n }, { least: 3n, most: 4n }, 10n, { least: 0n, most: 10n }],
    ['awards of open size within an envelope', { least: 2n, most: 2n }, { least: 0n }, 9n, { least: 0n, most: 9n }],
    ['awards of nothing', { least: 1n }, { least: 0n, most: 0n }, undefined, { least: 0n, most: 0n }],
    [
      'a gap between two numbers of awards',
      { least: 1n, most: 4n },
      { least: 30n, most: 30n },
      100n,
      { least: 30n, most: 90n },
    ],
  ])('is known for %s', (_, count, each, envelope, expected) => {
    expect(awardsOf(count, each, envelope).cost).toEqual(expected);
  });
});

describe('bounds', () => {
  it('of sub-quotas add up as the numbers within them do', () => {
    fc.assert(
      fc.property(fc.array(bounded(50), { minLength: 1, maxLength: 6 }), bounded(300), (parts, quota) => {
        const sum = sumOfBounds(parts);
        const least = parts.reduce((total, part) => total + part.least, 0n);
        const most = parts.reduce((total, part) => total + part.most, 0n);
        expect(sum).toEqual({ least, most });
        expect(meetOf(sum, quota) === undefined).toBe(most < quota.least || least > quota.most);
      }),
    );
  });

  it.each<[Bounds, string]>([
    [{ least: 4n, most: 4n }, '4'],
    [{ least: 5n, most: 8n }, '5–8'],
    [{ least: 2n }, '≥2'],
  ])('are printed as a notice would', (bounds, text) => {
    expect(boundsText(bounds)).toBe(text);
  });
});
