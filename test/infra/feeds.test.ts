import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DeadLetters } from '#infra/constructs/dead-letters.ts';
import { placeholderCode } from '#infra/constructs/function-code.ts';
import { QueueFeed } from '#infra/constructs/queue-feed.ts';
import { RecordTable } from '#infra/constructs/record-table.ts';
import { ServiceFunction } from '#infra/constructs/service-function.ts';
import { StreamFeed } from '#infra/constructs/stream-feed.ts';
import { WorkQueue } from '#infra/constructs/work-queue.ts';
import { DataStack } from '#infra/stacks/data.ts';
import { QueuesStack } from '#infra/stacks/queues.ts';
import { findStage } from '#infra/stage.ts';
import { propertiesOf } from './properties-of.ts';

const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Action: z.unknown() })) }) });

/** A stack with one function, which is allowed nothing yet but to write its log. */
const withFunction = (timeout = 60) => {
  const app = new App();
  const stage = findStage('prod');
  const data = new DataStack(app, 'data', stage);
  const queues = new QueuesStack(app, 'queues', stage);
  const stack = new Stack(app, 'jobs', { env: { region: stage.region } });
  const handler = new ServiceFunction(
    stack,
    'site',
    { stage, data, queues, code: placeholderCode },
    { folder: 'site/site', description: 'Whatever', timeout: Duration.seconds(timeout) },
  );
  const mapping = () => {
    const found = Template.fromStack(stack).findResources('AWS::Lambda::EventSourceMapping');
    return Object.values(found).map(({ Properties }) => Properties);
  };
  /** What the function may do besides writing its log. */
  const rights = () =>
    Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Policy.parse(Properties).PolicyDocument.Statement)
      .filter(({ Action }) => !JSON.stringify(Action).includes('logs:'));
  return { stack, handler, mapping, rights };
};

const deadLetters = (stack: Stack): DeadLetters => new DeadLetters(stack, 'DeadLetters', { rulesOf: 'jobs' });

describe('a job fed by a stream', () => {
  const fed = (atOnce = 1) => {
    const { stack, handler, ...rest } = withFunction();
    const table = new RecordTable(stack, 'HistoryTable', {
      key: { partition: 'subject', sort: 'entry' },
      indexes: {},
      stream: true,
    });
    new StreamFeed(stack, 'HistoryStream', { handler, table, batchSize: 50, atOnce, deadLetters: deadLetters(stack) });
    return { stack, ...rest };
  };

  it('gets what is new alone, and does not let one record hold up the others for long', () => {
    expect(fed().mapping()).toMatchObject([
      {
        EventSourceArn: { 'Fn::GetAtt': ['HistoryTable', 'StreamArn'] },
        StartingPosition: 'TRIM_HORIZON',
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
        BatchSize: 50,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 5,
        MaximumRecordAgeInSeconds: 6 * 60 * 60,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } } },
      },
    ]);
  });

  it('gets batches of other keys at the same time where it may', () => {
    expect(fed().mapping()[0]).not.toHaveProperty('ParallelizationFactor');
    expect(fed(2).mapping()).toMatchObject([{ ParallelizationFactor: 2 }]);
  });

  it('streams each item as it is afterwards', () => {
    expect(propertiesOf(Template.fromStack(fed().stack), 'AWS::DynamoDB::GlobalTable')).toMatchObject({
      HistoryTable: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
    });
  });

  it('may read that stream, and send to its dead letters', () => {
    expect(fed().rights()).toEqual([
      {
        Effect: 'Allow',
        Action: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((each) => `dynamodb:${each}`),
        Resource: { 'Fn::GetAtt': ['HistoryTable', 'StreamArn'] },
      },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
      },
    ]);
  });

  it('needs a table that has one', () => {
    const { stack, handler } = withFunction();
    const table = new RecordTable(stack, 'StillTable', { key: { partition: 'id' }, indexes: {} });
    expect(
      () =>
        new StreamFeed(stack, 'Stream', { handler, table, batchSize: 1, atOnce: 1, deadLetters: deadLetters(stack) }),
    ).toThrow(/StillTable has no stream/);
  });
});

describe('a job fed by a queue', () => {
  const queue = { visibilitySeconds: 60, maxReceives: 3 };

  it('gets batches, reports what failed of each, and runs so often at the same time', () => {
    const { stack, handler, mapping } = withFunction();
    new QueueFeed(stack, 'Work', {
      handler,
      source: new WorkQueue(stack, 'Some', queue, deadLetters(stack)),
      batchSize: 10,
      maxConcurrency: 4,
    });
    expect(mapping()).toMatchObject([
      {
        EventSourceArn: { 'Fn::GetAtt': ['SomeQueue', 'Arn'] },
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 4 },
      },
    ]);
  });

  it('may take from it, and nothing else', () => {
    const { stack, handler, rights } = withFunction();
    new QueueFeed(stack, 'Work', {
      handler,
      source: new WorkQueue(stack, 'Some', queue, deadLetters(stack)),
      batchSize: 10,
      maxConcurrency: 2,
    });
    expect(rights()).toEqual([
      {
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        Resource: { 'Fn::GetAtt': ['SomeQueue', 'Arn'] },
      },
    ]);
  });

  it('must be done before its message is handed out again', () => {
    const { stack, handler } = withFunction(61);
    const source = new WorkQueue(stack, 'Some', queue, deadLetters(stack));
    expect(() => new QueueFeed(stack, 'Work', { handler, source, batchSize: 1, maxConcurrency: 2 })).toThrow(
      /may run for 61 s and its queue hides a message for 60 s/,
    );
  });
});
