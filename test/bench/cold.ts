import { type FunctionFolder, folderOf } from '#infra/functions.ts';
import { httpEvent } from '#test/support/http-event.ts';
import { addChangde } from './changde.ts';
import type { Taken } from './clocks.ts';
import { BARE, type ColdBundles, firstOnce, importOnce, makeColdBundles } from './cold-bundles.ts';
import { coldEnvironment } from './cold-environment.ts';
import { type Report, rounded } from './figure.ts';
import { type OwnStores, startOwnStores } from './flow-stores.ts';
import { median, ratioOfMedians } from './ratio.ts';
import { demoSecretary, type ReadyDrafts, writeReadyDrafts } from './rush-drafts.ts';
import { planSubmits, submitRequests } from './rush-sdk.ts';

/** COLD_PAIRS for a short run. */
const PAIRS = Number(process.env.COLD_PAIRS ?? 61);
/** Before them, so that the files are in the page cache. */
const WARM_UP_PAIRS = 3;

const SUBMIT: FunctionFolder = folderOf('submissions', 'submitSubmission');

interface Pair {
  readonly ours: Taken;
  readonly bare: Taken;
}

/** One after the other, and in turn the other way round. */
const inTurn = async (place: number, ours: () => Promise<Taken>, bare: () => Promise<Taken>): Promise<Pair> => {
  if (place % 2 === 0) {
    const first = await ours();
    return { ours: first, bare: await bare() };
  }
  const first = await bare();
  return { ours: await ours(), bare: first };
};

const pairsOf = async (pair: (place: number) => Promise<Pair>): Promise<readonly Pair[]> => {
  for (let place = 0; place < WARM_UP_PAIRS; place += 1) await pair(place);
  const pairs: Pair[] = [];
  for (let place = 0; place < PAIRS; place += 1) pairs.push(await pair(WARM_UP_PAIRS + place));
  return pairs;
};

const reportPairs = (report: Report, name: string, against: string, pairs: readonly Pair[]): void => {
  for (const [clock, by] of [
    ['wall', 'wallMs'],
    ['cpu', 'cpuMs'],
  ] as const) {
    const { ratio, interval } = ratioOfMedians(pairs.map(({ ours, bare }) => [ours[by], bare[by]]));
    report({
      name: `${name}-${clock}`,
      value: {
        ratio: rounded(ratio),
        submitMs: rounded(median(pairs.map(({ ours }) => ours[by])), 1),
        bareMs: rounded(median(pairs.map(({ bare }) => bare[by])), 1),
      },
      unit: 'ratio of medians',
      n: pairs.length,
      against: `a bare handler with the same DynamoDB and S3 clients${against}, same bundler settings, interleaved pairs`,
      interval: [rounded(interval[0]), rounded(interval[1])],
      aim: 'ratio ≤ 1.05',
    });
  }
};

const benchImport = async (report: Report, bundles: ColdBundles): Promise<void> => {
  const env = coldEnvironment();
  const taken = (folder: FunctionFolder) => () => importOnce(bundles.fileOf(folder), env);
  reportPairs(report, 'cold-import', '', await pairsOf((place) => inTurn(place, taken(SUBMIT), taken(BARE))));
};

/** Where a function finds the stores. */
const environmentAt = ({ addresses, tables, buckets }: OwnStores): Record<string, string> => ({
  ...coldEnvironment(),
  ...Object.fromEntries(Object.entries(tables).map(([name, physical]) => [`${name.toUpperCase()}_TABLE`, physical])),
  ATTACHMENTS_BUCKET: buckets.attachments,
  AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamoDbUrl,
  AWS_ENDPOINT_URL_S3: addresses.s3Url,
});

const firstReply = async (file: string, env: Record<string, string>, event: object): Promise<Taken> =>
  (await firstOnce(file, env, event)).replied;

const submitEvent = (submissionId: string): object =>
  httpEvent({
    claims: { sub: demoSecretary(), token_use: 'access' },
    pathParameters: { submissionId },
    receivedAt: Date.now(),
  });

const benchFirstSubmit = async (report: Report, bundles: ColdBundles): Promise<void> => {
  const stores = await startOwnStores();
  try {
    await addChangde(stores);
    const ready: ReadyDrafts = await writeReadyDrafts(stores.db, stores.tables, 2 * (PAIRS + WARM_UP_PAIRS));
    const env = environmentAt(stores);
    const draftAt = (place: number) => {
      const draft = ready.drafts[place];
      if (draft === undefined) throw new Error('There are not as many drafts as submits');
      return draft;
    };
    const pairs = await pairsOf((place) =>
      inTurn(
        place,
        () => firstReply(bundles.fileOf(SUBMIT), env, submitEvent(draftAt(2 * place).head.submissionId)),
        async () => {
          const [planned] = planSubmits(stores.tables, ready, [draftAt(2 * place + 1)]);
          if (planned === undefined) throw new Error('A submit was not planned');
          return firstReply(bundles.fileOf(BARE), env, submitRequests(stores.tables, demoSecretary(), planned));
        },
      ),
    );
    reportPairs(report, 'cold-first-submit', ' that sends the same requests', pairs);
  } finally {
    await stores.stop();
  }
};

/** What the submit function's own code adds to a cold start, up to its import and up to its first reply: ratios to a handler without logic. */
export const benchCold = async (report: Report): Promise<void> => {
  const bundles = await makeColdBundles([SUBMIT]);
  try {
    await benchImport(report, bundles);
    await benchFirstSubmit(report, bundles);
  } finally {
    await bundles.remove();
  }
};
