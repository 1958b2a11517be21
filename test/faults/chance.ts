import { repeatableRandom } from '#test/support/repeatable-random.ts';

/** Numbers that look drawn and are the same for the same seed. */
export interface Chance {
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** Whether what happens with this likelihood does. */
  is(likelihood: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

export const chanceOf = (seed: number): Chance => {
  const next = repeatableRandom(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    is: (likelihood) => next() < likelihood,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
};
