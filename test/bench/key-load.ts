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
