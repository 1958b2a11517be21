/** Numbers that look drawn and are the same for the same seed. */
export interface Chance {
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** Whether what happens with this likelihood does. */
  is(likelihood: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Mulberry32: 32 bits of state are enough to tell tens of thousands of schedules apart. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    is: (likelihood) => next() < likelihood,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
};
