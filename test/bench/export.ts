import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import { EXAMPLE_CALL_ID, exampleAnswers } from '#infra/local/seed/example-call.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { categoryInForce } from '#shared/data/category-rules.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { seedSubmissions } from '#test/support/many-submissions.ts';
import { addChangde, CATEGORY } from './changde.ts';
import { type Report, rounded } from './figure.ts';
import { type OwnStores, startOwnStores } from './flow-stores.ts';

/** `EXPORT_SIZES=10000 npm run bench -- export` for a short one. */
const SIZES = z
  .string()
  .transform((sizes) => sizes.split(',').map(Number))
  .parse(process.env.EXPORT_SIZES ?? '10000,50000,100000');

const FORMATS = ['xlsx', 'csv', 'ndjson'] as const;

const Outcome = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  rru: z.number(),
  submissions: z.number(),
  size: z.number(),
  beforeMb: z.number(),
  peakMb: z.number(),
});

/** So many submissions with the answers of the Changde call's example, as a submit leaves them. */
const seed = async (stores: OwnStores, count: number): Promise<void> => {
  await addChangde(stores);
  const calls = callsRepository(stores.db, stores.tables.calls);
  const call = await calls.head(EXAMPLE_CALL_ID);
  if (call === undefined) throw new Error('The stores have no Changde call');
  const { form, place } = await categoryInForce(calls, call, CATEGORY);
  const { answers } = checkShape(form, place.category.fixed, exampleAnswers('capability'));
  await seedSubmissions(stores, {
    ...{ call, count, categories: [{ code: CATEGORY, countedIn: place.path.map(({ code }) => code) }] },
    ...{ answersOf: () => answers, submittedFrom: Date.parse(call.opensAt) },
  });
};

const write = async (stores: OwnStores, format: (typeof FORMATS)[number]) => {
  const endpoint = await stores.observer.config.endpoint?.();
  if (endpoint === undefined) throw new Error('The stores have no address');
  const child = fork(new URL('export-once.ts', import.meta.url));
  child.send({
    dynamoDbUrl: `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}`,
    ...{ tables: stores.tables, callId: EXAMPLE_CALL_ID, format },
  });
  const [message] = await once(child, 'message');
  child.kill();
  return Outcome.parse(message);
};

const reportSize = async (report: Report, count: number): Promise<void> => {
  const stores = await startOwnStores();
  try {
    await seed(stores, count);
    for (const format of FORMATS) {
      const { seconds, processorSeconds, rru, submissions, size, beforeMb, peakMb } = await write(stores, format);
      if (submissions !== count) throw new Error(`Of ${count} submissions ${submissions} were exported`);
      report({
        name: `export-${format}-${count}`,
        value: {
          ...{ seconds: rounded(seconds, 1), processorSeconds: rounded(processorSeconds, 1), rru: rounded(rru, 0) },
          ...{ peakMb: rounded(peakMb, 0), idleMb: rounded(beforeMb, 0), fileMb: rounded(size / 1024 ** 2, 1) },
        },
        unit: 'seconds, read units, MB resident at most and before, MB of the file',
        n: 1,
        against: 'one run on DynamoDB Local, answers of the Changde call; units as DynamoDB Local tells them',
        aim: 'seconds and units grow as the submissions do, memory does not; 900 s and 1,769 MB are what the function has',
        detail: {
          rruPerSubmission: rounded(rru / count, 3),
          microsecondsPerSubmission: rounded((seconds / count) * 1e6, 0),
        },
      });
    }
  } finally {
    await stores.stop();
  }
};

/** What it takes to write an export: time, memory and reads, which have to be linear, flat and linear. */
export const benchExport = async (report: Report): Promise<void> => {
  for (const count of SIZES) await reportSize(report, count);
};
