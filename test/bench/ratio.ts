import { repeatableRandom } from '#test/support/repeatable-random.ts';

/** A ratio of medians and its 95 % interval. */
export interface Ratio {
  readonly ratio: number;
  readonly interval: readonly [low: number, high: number];
}

const RESAMPLES = 4_000;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('No median of nothing');
  return (low + high) / 2;
};

/** Always the same, so that an interval depends on what was measured alone. */
const SEED = 0x9e3779b9;

/** The 95 % interval of a statistic: a percentile bootstrap over whole samples. */
const intervalOf = <Sample>(
  samples: readonly Sample[],
  statistic: (samples: readonly Sample[]) => number,
): readonly [number, number] => {
  const random = repeatableRandom(SEED);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    statistic(samples.map((sample) => samples[Math.floor(random() * samples.length)] ?? sample)),
  ).sort((one, other) => one - other);
  const at = (share: number): number => resampled[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
};

/** The 95 % interval of a median. */
export const medianInterval = (values: readonly number[]): readonly [number, number] => intervalOf(values, median);

const ratioOf = (pairs: readonly (readonly [number, number])[]): number =>
  median(pairs.map(([ours]) => ours)) / median(pairs.map(([, bare]) => bare));

/** Median of the first over median of the second, resampled by whole pairs: what disturbs this machine for a while disturbs both halves of a pair. */
export const ratioOfMedians = (pairs: readonly (readonly [number, number])[]): Ratio => ({
  ratio: ratioOf(pairs),
  interval: intervalOf(pairs, ratioOf),
});
