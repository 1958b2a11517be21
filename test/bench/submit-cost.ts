import type { Report } from './figure.ts';
import { startOwnStores } from './flow-stores.ts';
import { measureFlow, type StepUsage } from './measure-flow.ts';
import type { Usage } from './meter.ts';

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

/** What a submit, and everything from the draft to the receipt, asks of DynamoDB and S3. */
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
  } finally {
    await stores.stop();
  }
};
