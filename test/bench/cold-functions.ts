import { FUNCTION_FOLDERS } from '#infra/functions.ts';
import { BARE, importOnce, makeColdBundles } from './cold-bundles.ts';
import { coldEnvironment } from './cold-environment.ts';
import { type Report, rounded } from './figure.ts';
import { median, ratioOfMedians } from './ratio.ts';

/** Rounds, each with one import of every function and one of the bare handler; COLD_PAIRS for a short run. */
const ROUNDS = Number(process.env.COLD_PAIRS ?? 61);

/** Processor time of importing each function's bundle, as a ratio to the bare handler's in the same round. */
export const benchColdFunctions = async (report: Report): Promise<void> => {
  const bundles = await makeColdBundles(FUNCTION_FOLDERS);
  try {
    const env = coldEnvironment();
    const folders = [BARE, ...FUNCTION_FOLDERS];
    const taken = new Map<string, number[]>(folders.map((folder) => [folder, []]));
    // The first round fills the page cache and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const folder of round % 2 === 0 ? folders : [...folders].reverse()) {
        const { cpuMs } = await importOnce(bundles.fileOf(folder), env);
        if (round > 0) taken.get(folder)?.push(cpuMs);
      }

    const bare = taken.get(BARE) ?? [];
    for (const folder of FUNCTION_FOLDERS) {
      const ours = taken.get(folder) ?? [];
      const { ratio, interval } = ratioOfMedians(ours.map((ms, round) => [ms, bare[round] ?? Number.NaN]));
      report({
        name: `cold-import-cpu ${folder}`,
        value: { ratio: rounded(ratio), ms: rounded(median(ours), 1), bareMs: rounded(median(bare), 1) },
        unit: 'ratio of medians',
        n: ROUNDS,
        against: 'a bare handler with DynamoDB and S3 clients, same bundler settings, every function in each round',
        interval: [rounded(interval[0]), rounded(interval[1])],
      });
    }
  } finally {
    await bundles.remove();
  }
};
