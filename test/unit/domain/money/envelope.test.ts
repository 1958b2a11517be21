import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bounds, boundsText, meetOf, spanOf, sumOfBounds } from '#shared/domain/money/bounds.ts';
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
    expect(awardsOf(count, each, envelope).cost).toStrictEqual(expected);
  });
});

describe('what all awards below a group can cost', () => {
  const some = (least: bigint, most: bigint, each: Bounds) => awardsOf({ least, most }, each);
  const small: Bounds = { least: 2n, most: 3n };

  it('is the sum of what they can cost each', () => {
    const below = [some(1n, 2n, small), some(1n, 1n, { least: 5n, most: 7n })];
    expect(awardsTogether(below, { least: 0n })).toStrictEqual({
      count: { least: 2n, most: 3n },
      each: { least: 2n, most: 7n },
      cost: { least: 7n, most: 13n },
    });
  });

  it('is without bound where that of one is, and neither number nor envelope bounds it', () => {
    const below = [awardsOf({ least: 1n }, { least: 2n }), some(1n, 1n, small)];
    expect(awardsTogether(below, { least: 0n })).toStrictEqual({
      count: { least: 2n },
      each: { least: 2n },
      cost: { least: 4n },
    });
    expect(awardsTogether(below, { least: 0n }, 9n).cost).toStrictEqual({ least: 4n, most: 9n });
  });

  it('is bounded by as many as the group takes, of the largest', () => {
    const below = [awardsOf({ least: 0n }, small), awardsOf({ least: 0n }, { least: 1n, most: 4n })];
    expect(awardsTogether(below, { least: 0n, most: 5n }).cost).toStrictEqual({ least: 0n, most: 20n });
  });

  it('is more than its categories demand where the group demands more awards, by the smallest each', () => {
    expect(awardsTogether([some(1n, 9n, small)], { least: 4n }).cost).toStrictEqual({ least: 8n, most: 27n });
  });

  it('is within the envelope of the group', () => {
    expect(awardsTogether([some(1n, 9n, small)], { least: 0n }, 20n).cost).toStrictEqual({ least: 2n, most: 20n });
    expect(awardsTogether([some(1n, 9n, small)], { least: 0n }, 50n).cost).toStrictEqual({ least: 2n, most: 27n });
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

  const open: Bounds = { least: 2n };
  const closed: Bounds = { least: 1n, most: 4n };

  it('that one side leaves open add up to what is open, and span it', () => {
    expect(sumOfBounds([open, closed])).toStrictEqual({ least: 3n });
    expect(sumOfBounds([closed, open])).toStrictEqual({ least: 3n });
    expect(spanOf([open, closed])).toStrictEqual({ least: 1n });
    expect(spanOf([closed, open])).toStrictEqual({ least: 1n });
  });

  it('span from the least to the most of all', () => {
    expect(spanOf([closed, { least: 3n, most: 9n }, { least: 2n, most: 2n }])).toStrictEqual({ least: 1n, most: 9n });
  });

  it('meet in what both allow, also where one is open or they touch', () => {
    expect(meetOf(open, closed)).toStrictEqual({ least: 2n, most: 4n });
    expect(meetOf(closed, open)).toStrictEqual({ least: 2n, most: 4n });
    expect(meetOf(open, { least: 5n })).toStrictEqual({ least: 5n });
    expect(meetOf(closed, { least: 4n, most: 8n })).toStrictEqual({ least: 4n, most: 4n });
    expect(meetOf(closed, { least: 5n, most: 8n })).toBeUndefined();
  });

  it.each<[Bounds, string]>([
    [{ least: 4n, most: 4n }, '4'],
    [{ least: 5n, most: 8n }, '5–8'],
    [{ least: 2n }, '≥2'],
  ])('are printed as a notice would', (bounds, text) => {
    expect(boundsText(bounds)).toBe(text);
  });
});
