import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { bundleFunctions } from '#infra/constructs/bundle.ts';
import { type FunctionFolder, folderOf } from '#infra/functions.ts';
import { type Report, rounded } from './figure.ts';
import { median, ratioOfMedians } from './ratio.ts';

const PAIRS = 41;
/** Before them, so that both files are in the page cache. */
const WARM_UP_PAIRS = 3;

const SUBMIT = folderOf('submissions', 'submitSubmission');
/** Relative to functions/, as bundleFunctions() takes it: bundled together with the function, by the same settings. */
const BARE: FunctionFolder = '../test/bench/bare';

// What Lambda gives a function; the values are not used before a request.
const ENVIRONMENT = {
  AWS_REGION: 'ap-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  POWERTOOLS_SERVICE_NAME: 'shenbao',
  ACCESS_TOKEN_CLAIM: 'token_use',
  ACCESS_TOKEN_VALUE: 'access',
  CALLS_TABLE: 'calls',
  SUBMISSIONS_TABLE: 'submissions',
  TALLIES_TABLE: 'tallies',
  RECEIPTS_TABLE: 'receipts',
  HISTORY_TABLE: 'history',
  ORGANIZATIONS_TABLE: 'organizations',
  MEMBERSHIPS_TABLE: 'memberships',
  ATTACHMENTS_BUCKET: 'attachments',
};

const Imported = z.object({ wallMs: z.number(), cpuMs: z.number() });
type Imported = z.output<typeof Imported>;

const run = promisify(execFile);

const importOnce = async (bundle: string): Promise<Imported> => {
  const script = join(import.meta.dirname, 'import-once.ts');
  const { stdout } = await run(process.execPath, [script, bundle], { env: ENVIRONMENT });
  return Imported.parse(JSON.parse(stdout));
};

interface Pair {
  readonly submit: Imported;
  readonly bare: Imported;
}

/** One after the other, and in turn the other way round. */
const importPair = async (bundles: { submit: string; bare: string }, place: number): Promise<Pair> => {
  if (place % 2 === 0) {
    const submit = await importOnce(bundles.submit);
    return { submit, bare: await importOnce(bundles.bare) };
  }
  const bare = await importOnce(bundles.bare);
  return { submit: await importOnce(bundles.submit), bare };
};

/** What the submit function's own code adds to a cold start, as a ratio to a handler that does nothing with the same two SDK clients. */
export const benchCold = async (report: Report): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-cold-'));
  try {
    const functions = join(directory, 'functions');
    await bundleFunctions([SUBMIT, BARE], functions);
    const bundles = {
      submit: join(functions, SUBMIT, 'handler.mjs'),
      bare: join(functions, BARE, 'handler.mjs'),
    };
    for (let place = 0; place < WARM_UP_PAIRS; place += 1) await importPair(bundles, place);
    const pairs: Pair[] = [];
    for (let place = 0; place < PAIRS; place += 1) pairs.push(await importPair(bundles, place));

    for (const [name, clock] of [
      ['wall', 'wallMs'],
      ['cpu', 'cpuMs'],
    ] as const) {
      const { ratio, interval } = ratioOfMedians(pairs.map(({ submit, bare }) => [submit[clock], bare[clock]]));
      report({
        name: `cold-import-${name}`,
        value: {
          ratio: rounded(ratio),
          submitMs: rounded(median(pairs.map(({ submit }) => submit[clock])), 1),
          bareMs: rounded(median(pairs.map(({ bare }) => bare[clock])), 1),
        },
        unit: 'ratio of medians',
        n: PAIRS,
        against: 'a bare handler with the same DynamoDB and S3 clients, same bundler settings, interleaved pairs',
        interval: [rounded(interval[0]), rounded(interval[1])],
        aim: 'ratio ≤ 1.15',
      });
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
