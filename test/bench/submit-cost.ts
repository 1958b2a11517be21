import { STAGES } from '#infra/stages.ts';
import { type Report, rounded } from './figure.ts';
import { startOwnStores } from './flow-stores.ts';
import { measureFlow, type StepUsage } from './measure-flow.ts';
import type { Usage } from './meter.ts';
import { type Consumption, priceOf } from './price.ts';

const SUBMISSIONS = 1_000;

/** What stages.ts reckons with for one invocation, ms: DynamoDB Local's times are not DynamoDB's, so none is measured here. */
const INVOCATION_MS = 100;

const AGAINST = 'counted from the requests sent, by the published rules; Changde call, 2 attachments, DynamoDB Local';

const valuesOf = ({ wru, rru, requests, roundTrips, readRoundTrips, writeRoundTrips }: Usage) => ({
  wru,
  rru,
  requests,
  roundTrips,
  readRoundTrips,
  writeRoundTrips,
});

const chargesOf = ({ charges }: Usage) =>
  charges.map(({ of, command, bytes, wru, rru }) => ({ of, command, bytes, ...(wru > 0 ? { wru } : { rru }) }));

const add = (steps: readonly StepUsage[], count: (step: StepUsage) => number): number =>
  steps.reduce((sum, step) => sum + count(step), 0);

const consumptionOf = (steps: readonly StepUsage[]): Consumption => {
  const events = steps.filter(({ functionId }) => functionId === 'admitAttachment').length;
  const gigabytes = STAGES.prod.memorySize / 1_024;
  return {
    httpApiRequest: steps.length - events,
    lambdaRequest: steps.length,
    lambdaGbSecond: (steps.length * gigabytes * INVOCATION_MS) / 1_000,
    dynamoDbWru: add(steps, ({ dynamoDb }) => dynamoDb.wru),
    dynamoDbRru: add(steps, ({ dynamoDb }) => dynamoDb.rru),
    // One upload by the applicant for each event.
    s3Put: events,
    s3Get: add(steps, ({ s3 }) => Object.values(s3).reduce((sum, requests) => sum + requests, 0)),
    eventBridgeEvent: events,
  };
};

const reportPrice = async (report: Report, steps: readonly StepUsage[]): Promise<void> => {
  const each = consumptionOf(steps);
  const { total, parts, list } = await priceOf(each);
  report({
    name: 'price-per-1000-submissions',
    value: rounded(total * SUBMISSIONS, 4),
    unit: list,
    n: 1,
    against: `the flow's requests at list prices, ${INVOCATION_MS} ms of ${STAGES.prod.memorySize} MB reckoned per invocation; without storage, logs and traffic out`,
    detail: {
      each,
      parts: Object.fromEntries(Object.entries(parts).map(([unit, part]) => [unit, rounded(part * SUBMISSIONS, 4)])),
    },
  });
};

/** What a submit, and everything from the draft to the receipt, asks of DynamoDB and S3, and what that costs. */
export const benchSubmitCost = async (report: Report): Promise<void> => {
  const stores = await startOwnStores();
  try {
    const { warmSubmit, coldSubmit, steps } = await measureFlow(stores, stores.observer);
    report({
      name: 'submit-warm',
      value: valuesOf(warmSubmit),
      unit: 'request units and round trips',
      n: 1,
      against: AGAINST,
      aim: 'wru ≤ 10, 2 read and 1 write round trips',
      detail: chargesOf(warmSubmit),
    });
    report({
      name: 'submit-first-of-an-instance',
      value: valuesOf(coldSubmit),
      unit: 'request units and round trips',
      n: 1,
      against: AGAINST,
    });
    report({
      name: 'flow',
      value: {
        wru: add(steps, ({ dynamoDb }) => dynamoDb.wru),
        rru: add(steps, ({ dynamoDb }) => dynamoDb.rru),
        invocations: steps.length,
      },
      unit: 'request units and invocations',
      n: 1,
      against: `${AGAINST}; create, 3 saves, 2 files announced and admitted, submit`,
      detail: steps.map(({ functionId, dynamoDb, s3 }) => ({ functionId, ...valuesOf(dynamoDb), s3 })),
    });
    await reportPrice(report, steps);
  } finally {
    await stores.stop();
  }
};
