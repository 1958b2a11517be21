import type { Charge } from './meter.ts';

/** What one key is charged. */
export interface KeyLoad {
  /** The table or index, and the value of its partition key. */
  readonly partition: string;
  readonly units: number;
}

/** Units of each key, the hottest first. */
export const loadByKey = (charges: readonly Charge[], unit: 'wru' | 'rru'): KeyLoad[] => {
  const loads = new Map<string, number>();
  for (const { partition = 'nothing there', [unit]: units } of charges)
    if (units > 0) loads.set(partition, (loads.get(partition) ?? 0) + units);
  return [...loads].map(([partition, units]) => ({ partition, units })).sort((one, other) => other.units - one.units);
};

/** Bounds of the buckets of a histogram, in units a second: 0.1 is one unit in ten seconds, 1,000 what a partition takes in writes. */
const BOUNDS = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000];

/** How many keys are in each bucket, named by its upper bound; buckets without any are left out. */
export const histogramOf = (loads: readonly KeyLoad[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const { units } of loads) {
    const bound = BOUNDS.find((one) => units <= one);
    const bucket = bound === undefined ? 'more' : `≤ ${bound}`;
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  const order = [...BOUNDS.map((bound) => `≤ ${bound}`), 'more'];
  return Object.fromEntries([...counts].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other)));
};
