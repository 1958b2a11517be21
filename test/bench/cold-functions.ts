import { FUNCTION_FOLDERS, type FunctionFolder } from '#infra/functions.ts';
import { BARE, type ColdBundles, type FirstTaken, firstOnce, makeColdBundles } from './cold-bundles.ts';
import { type Report, rounded } from './figure.ts';
import { firstRequestsIn } from './first-requests.ts';
import { type OwnWorld, startOwnWorld } from './own-world.ts';
import { median, ratioOfMedians } from './ratio.ts';
import type { BareRequests } from './rush-sdk.ts';

/** Rounds, each with one process of every function and one of the bare handler; COLD_PAIRS for a short run. */
const ROUNDS = Number(process.env.COLD_PAIRS ?? 61);

const FOLDERS: readonly FunctionFolder[] = [BARE, ...FUNCTION_FOLDERS];

interface Measured extends FirstTaken {
  /** Items that the request made, changed or deleted, and what DynamoDB Local took away meanwhile because it had expired. */
  readonly changedItems: number;
}

const oneWrite = ({ stores }: OwnWorld): BareRequests => ({
  transaction: { TransactItems: [{ Put: { TableName: stores.tables.receipts, Item: { receiptNo: 'bare' } } }] },
});

const measure = async (
  bundles: ColdBundles,
  world: OwnWorld,
): Promise<ReadonlyMap<FunctionFolder, readonly Measured[]>> => {
  const requestOf = firstRequestsIn(world.stores);
  const measured = new Map<FunctionFolder, Measured[]>(FOLDERS.map((folder) => [folder, []]));
  // The first round fills the page cache, and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const folder of round % 2 === 0 ? FOLDERS : [...FOLDERS].reverse()) {
      const event = folder === BARE ? oneWrite(world) : await requestOf(folder)(round);
      const taken = await firstOnce(bundles.fileOf(folder), world.env, event);
      const changedItems = await world.restore();
      if (round > 0) measured.get(folder)?.push({ ...taken, changedItems });
    }
  return measured;
};

const reportFunction = (
  report: Report,
  folder: FunctionFolder,
  ours: readonly Measured[],
  bare: readonly Measured[],
): void => {
  for (const [name, part, against] of [
    ['cold-import-cpu', 'imported', 'a bare handler with DynamoDB and S3 clients'],
    ['cold-first-cpu', 'replied', 'a bare handler that writes one item, both with their import'],
  ] as const) {
    const msOf = (measured: readonly Measured[]): number[] => measured.map((one) => one[part].cpuMs);
    const [ourMs, bareMs] = [msOf(ours), msOf(bare)];
    const { ratio, interval } = ratioOfMedians(ourMs.map((ms, round) => [ms, bareMs[round] ?? Number.NaN]));
    report({
      name: `${name} ${folder}`,
      value: {
        ratio: rounded(ratio),
        ms: rounded(median(ourMs), 1),
        bareMs: rounded(median(bareMs), 1),
        changedItems: Math.min(...ours.map(({ changedItems }) => changedItems)),
      },
      unit: 'ratio of medians',
      n: ROUNDS,
      against: `${against}, same bundler settings, every function in each round`,
      interval: [rounded(interval[0]), rounded(interval[1])],
    });
  }
};

/** Processor time of every function until it is imported and until its first reply, as ratios to the bare handler's in the same round. */
export const benchColdFunctions = async (report: Report): Promise<void> => {
  const bundles = await makeColdBundles(FUNCTION_FOLDERS);
  const world = await startOwnWorld();
  try {
    const measured = await measure(bundles, world);
    const of = (folder: FunctionFolder): readonly Measured[] => measured.get(folder) ?? [];
    for (const folder of FUNCTION_FOLDERS) reportFunction(report, folder, of(folder), of(BARE));
  } finally {
    await Promise.all([world.stop(), bundles.remove()]);
  }
};
