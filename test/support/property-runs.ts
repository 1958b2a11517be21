/** The share of its cases that a property tries: all of them, or few where every mutant of the code repeats them. */
const SHARE = Number(process.env.PROPERTY_SHARE ?? 1);

/** How many of `full` cases to try, at least one. */
export const runsOf = (full: number): number => Math.max(1, Math.ceil(full * SHARE));

/** As many of the items as their share is, evenly from all of them. */
export const someOf = <Item>(items: readonly Item[]): Item[] => {
  const count = Math.min(items.length, runsOf(items.length));
  return items.filter(
    (_, index) => Math.floor((index * count) / items.length) !== Math.floor(((index - 1) * count) / items.length),
  );
};
