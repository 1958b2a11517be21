import * as z from 'zod';
import type { LocalMapping } from '../mappings/local-mapping.ts';
import { parseProperties } from './parse-properties.ts';
import { Pattern } from './read-events.ts';
import { functionName } from './read-function.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const ResponseTypes = z.array(z.literal('ReportBatchItemFailures')).default([]);

const QueueProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Tags: z.unknown().optional(),
  BatchSize: z.number().max(10, 'the local machine hands over 10 messages at once at most').default(10),
  FunctionResponseTypes: ResponseTypes,
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }).default({ MaximumConcurrency: 5 }),
});

/** -1 is for ever. */
const Limit = z
  .number()
  .default(-1)
  .transform((limit) => (limit < 0 ? Number.POSITIVE_INFINITY : limit));

const StreamProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Tags: z.unknown().optional(),
  StartingPosition: z.literal('TRIM_HORIZON', 'the local machine reads a stream from its beginning'),
  BatchSize: z.number().default(100),
  // One batch after the other here.
  ParallelizationFactor: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  FunctionResponseTypes: ResponseTypes,
  MaximumRetryAttempts: Limit,
  MaximumRecordAgeInSeconds: Limit,
  FilterCriteria: z
    .strictObject({
      Filters: z.array(z.strictObject({ Pattern: z.string().transform((text) => Pattern.parse(JSON.parse(text))) })),
    })
    .default({ Filters: [] }),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
});

/** The name at the end of an ARN. */
export const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** The function that is named by its name, as CDK does, or its ARN. */
export const targetOf = (name: string): string => (name.startsWith('arn:') ? functionName(name) : name);

/** What hands a queue's messages or a table's changes to a function. */
export const readMapping = (resource: ResolvedResource): LocalMapping => {
  const name = resource.logicalId;
  if (!String(resource.properties().EventSourceArn).includes(':sqs:')) {
    const stream = parseProperties(resource, StreamProperties);
    const { DestinationConfig: destination } = stream;
    return {
      kind: 'stream',
      name,
      functionName: targetOf(stream.FunctionName),
      tableName: lastPart(stream.EventSourceArn).split('/')[1] ?? '',
      batchSize: stream.BatchSize,
      reportsFailures: stream.FunctionResponseTypes.length > 0,
      bisects: stream.BisectBatchOnFunctionError,
      retries: stream.MaximumRetryAttempts,
      oldest: stream.MaximumRecordAgeInSeconds,
      patterns: stream.FilterCriteria.Filters.map(({ Pattern: pattern }) => pattern),
      ...(destination && { deadLetters: lastPart(destination.OnFailure.Destination) }),
    };
  }
  const queue = parseProperties(resource, QueueProperties);
  return {
    kind: 'queue',
    name,
    functionName: targetOf(queue.FunctionName),
    queueName: lastPart(queue.EventSourceArn),
    batchSize: queue.BatchSize,
    reportsFailures: queue.FunctionResponseTypes.length > 0,
    concurrency: queue.ScalingConfig.MaximumConcurrency,
  };
};
