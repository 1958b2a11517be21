import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { RecordTable } from './record-table.ts';
import type { ServiceFunction } from './service-function.ts';

export interface StreamFeedProps {
  readonly handler: ServiceFunction;
  /** One with a stream. */
  readonly table: RecordTable;
  readonly batchSize: number;
  /** How many batches of a shard are under way at once, each of other keys; 1 to 10. */
  readonly atOnce: number;
  readonly deadLetters: IQueue;
}

/**
 * How often a batch that failed is tried again. Lambda waits longer each time; splitting a batch to find the record that fails does not count.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const RETRIES = 5;

/** A record that has waited this long for those before it is given up with them: well before it leaves the stream after 24 hours. */
const OLDEST = Duration.hours(6);

/**
 * Hands a function what is new in a table. What it fails at again and again goes to the dead letters, as the place in the stream where it lies, and what comes
 * after it goes on.
 */
export class StreamFeed extends EventSourceMapping {
  /** @throws Error where the table has no stream */
  constructor(scope: Construct, id: string, { handler, table, batchSize, atOnce, deadLetters }: StreamFeedProps) {
    const { tableStreamArn } = table;
    if (tableStreamArn === undefined || !table.isStreamed) {
      throw new Error(`${table.node.path} has no stream: give it one by \`stream: true\` in infra/tables.ts.`);
    }
    const { function: target } = handler;
    // Not the library's grants: those let the function list every stream there is, and ask more of the queue than to send.
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((each) => `dynamodb:${each}`),
        resources: [tableStreamArn],
      }),
    );
    target.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    super(scope, id, {
      target,
      eventSourceArn: tableStreamArn,
      // What is written before the mapping is there waits for it.
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      batchSize,
      ...(atOnce > 1 && { parallelizationFactor: atOnce }),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES,
      maxRecordAge: OLDEST,
      onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    });
  }
}
