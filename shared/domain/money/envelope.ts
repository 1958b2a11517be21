import { type Bounds, meetOf, spanOf, sumOfBounds } from './bounds.ts';

/** Awards of one category or of all below a group: how many, what each can be, and what all together can cost, in 分. */
export interface Awards {
  readonly count: Bounds;
  readonly each: Bounds;
  readonly cost: Bounds;
}

/** The product of two upper bounds; nothing of something without bound is still nothing. */
const times = (count: bigint | undefined, each: bigint | undefined): bigint | undefined => {
  if (count === 0n || each === 0n) return 0n;
  return count === undefined || each === undefined ? undefined : count * each;
};

const atMost = (bound: bigint, most: bigint | undefined): bigint => (most === undefined || most > bound ? bound : most);

/**
 * What `count` awards of `each` (分) can cost; within an envelope no more of them are made than it pays for. `least` is what the smallest number of the
 * smallest awards costs, so an envelope below it cannot hold.
 */
export const awardsOf = (count: Bounds, each: Bounds, envelope?: bigint): Awards => {
  const least = count.least * each.least;
  if (envelope === undefined) {
    const most = times(count.most, each.most);
    return { count, each, cost: most === undefined ? { least } : { least, most } };
  }
  const affordable = each.least === 0n ? count.most : atMost(envelope / each.least, count.most);
  return { count, each, cost: { least, most: atMost(envelope, times(affordable, each.most)) } };
};

/**
 * All awards below a group, whose own quota and envelope bound them once more. Awards the group demands beyond its categories' own least numbers cost at
 * least the smallest award. Both ends are safe: nothing that can hold is told not to.
 */
export const awardsTogether = (below: readonly Awards[], quota: Bounds, envelope?: bigint): Awards => {
  const sum = sumOfBounds(below.map(({ count }) => count));
  const count = meetOf(sum, quota) ?? sum;
  const each = spanOf(below.map((awards) => awards.each));
  const costs = sumOfBounds(below.map(({ cost }) => cost));
  const least = costs.least + (count.least - sum.least) * each.least;
  const ceilings = [costs.most, times(count.most, each.most), envelope].filter((one) => one !== undefined);
  const [first, ...others] = ceilings;
  if (first === undefined) return { count, each, cost: { least } };
  return { count, each, cost: { least, most: others.reduce((most, other) => atMost(most, other), first) } };
};
