import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fetchAccessToken } from '#infra/local/identity/fetch-access-token.ts';
import { tableNames } from '#test/support/table-names.ts';
import { type Report, rounded } from './figure.ts';
import { median, ratioOfMedians } from './ratio.ts';
import { type RunningStack, runStack } from './running-stack.ts';
import { demoSecretary, writeReadyDrafts } from './rush-drafts.ts';
import { planSubmits, submitBySdk, submitRequests } from './rush-sdk.ts';

/** The first round warms up every function instance and the SDK's connections, and is not counted. */
const ROUNDS = 10;
const SUBMITS_PER_SIDE = 24;
/** Submits under way at once, on both sides. */
const AT_ONCE = 4;

const submitOverHttp = async (url: string, token: string, submissionId: string): Promise<void> => {
  const reply = await fetch(`${url}/submissions/${submissionId}/submit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`A submit was answered with ${reply.status}: ${text}`);
};

/** Works on all of a list, so many at once. @returns how many a second */
const perSecond = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<number> => {
  const waiting = items.values();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
  return items.length / ((performance.now() - start) / 1_000);
};

const runRounds = async (stack: RunningStack, db: DynamoDBDocumentClient): Promise<(readonly [number, number])[]> => {
  const { record } = stack;
  const tables = tableNames((logicalId) => record.tables[logicalId]);
  const ready = await writeReadyDrafts(db, tables, ROUNDS * SUBMITS_PER_SIDE * 2);
  const token = await fetchAccessToken(record.issuer, 'secretary');
  const overHttp = (start: number) =>
    perSecond(ready.drafts.slice(start, start + SUBMITS_PER_SIDE), ({ head }) =>
      submitOverHttp(record.url, token, head.submissionId),
    );
  const bySdk = (start: number) =>
    perSecond(planSubmits(tables, ready, ready.drafts.slice(start, start + SUBMITS_PER_SIDE)), (planned) =>
      submitBySdk(db, submitRequests(tables, demoSecretary(), planned)),
    );

  const rounds: (readonly [number, number])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = round * SUBMITS_PER_SIDE * 2;
    if (round % 2 === 0) {
      const http = await overHttp(start);
      rounds.push([http, await bySdk(start + SUBMITS_PER_SIDE)]);
    } else {
      const sdk = await bySdk(start);
      rounds.push([await overHttp(start + SUBMITS_PER_SIDE), sdk]);
    }
  }
  return rounds.slice(1);
};

/** Submits a second over HTTP against the running local stack, as a share of what the SDK alone reaches with the same requests on the same tables. */
export const benchRush = async (report: Report): Promise<void> => {
  const stack = await runStack();
  const { dynamoDbUrl: endpoint, region, accessKeyId, secretAccessKey } = stack.record;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    const rounds = await runRounds(stack, db);
    const { ratio, interval } = ratioOfMedians(rounds);
    report({
      name: 'rush',
      value: {
        ratio: rounded(ratio),
        httpPerSecond: rounded(median(rounds.map(([http]) => http)), 1),
        sdkPerSecond: rounded(median(rounds.map(([, sdk]) => sdk)), 1),
      },
      unit: 'submits a second, and their ratio',
      n: rounds.length,
      against: `an SDK loop that sends the same requests to the same DynamoDB Local; interleaved rounds of ${SUBMITS_PER_SIDE} submits, ${AT_ONCE} at once`,
      interval: [rounded(interval[0]), rounded(interval[1])],
      aim: 'ratio ≥ 0.7',
    });
  } finally {
    client.destroy();
    await stack.stop();
  }
};
