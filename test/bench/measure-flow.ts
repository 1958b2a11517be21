import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addChangde } from './changde.ts';
import { openFlow, type Step } from './flow.ts';
import type { FlowFunctions } from './flow-functions.ts';
import type { FlowStores } from './flow-stores.ts';
import { meter, type Usage } from './meter.ts';
import { describeTables } from './metered-tables.ts';
import { countS3Requests, type S3Requests } from './s3-requests.ts';

/** What one invocation of a function asked of DynamoDB and S3. */
export interface StepUsage {
  readonly functionId: keyof FlowFunctions;
  readonly dynamoDb: Usage;
  readonly s3: S3Requests;
}

export interface FlowUsage {
  /** Of a submit whose instance knows the call's version and form. */
  readonly warmSubmit: Usage;
  /** Of the first submit of an instance. */
  readonly coldSubmit: Usage;
  /** Every invocation from the draft to the receipt, in order, warm. */
  readonly steps: readonly StepUsage[];
}

/**
 * Plays the flow with the Changde call twice, through the functions themselves, and counts: the first time as fresh instances do, the second time warm.
 * @param stores with empty tables
 * @param observer sees the same tables
 */
export const measureFlow = async (stores: FlowStores, observer: DynamoDBClient): Promise<FlowUsage> => {
  await addChangde(stores);
  const counted = meter(stores.db, await describeTables(observer, stores.tables), observer);
  const flow = openFlow(stores);
  const first = await flow.prepare();
  const cold = await counted.measure(() => flow.submit(first));

  const steps: StepUsage[] = [];
  const measured: Step = async (functionId, work) => {
    const { result, requests } = await countS3Requests(stores.s3, () => counted.measure(work));
    steps.push({ functionId, dynamoDb: result.usage, s3: requests });
  };
  await flow.play(measured);
  const warmSubmit = steps.find(({ functionId }) => functionId === 'submitSubmission')?.dynamoDb;
  if (warmSubmit === undefined) throw new Error('The flow has no submit');
  return { warmSubmit, coldSubmit: cold.usage, steps };
};
