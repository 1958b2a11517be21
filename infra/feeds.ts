import type { BucketName } from './buckets.ts';
import type { QueueName } from './queues.ts';
import type { Stage } from './stage.ts';
import type { TableName } from './tables.ts';

/** Which of the stage's schedules. */
type ScheduleName = keyof Stage['schedules'];

/** What starts a job. */
export type Feed =
  | { readonly kind: 'schedule'; readonly schedule: ScheduleName }
  | { readonly kind: 'uploads'; readonly bucket: BucketName }
  | {
      readonly kind: 'scans';
      readonly bucket: BucketName;
      readonly prefix: string;
    }
  | {
      readonly kind: 'stream';
      readonly table: TableName;
      readonly batchSize: number;
      /** Batches of a shard under way at once, 1 to 10. */
      readonly atOnce: number;
    }
  | {
      readonly kind: 'queue';
      readonly queue: QueueName;
      readonly batchSize: number;
      /** How many of the job run at the same time, 2 at least. */
      readonly maxConcurrency: number;
    };

/** A tick, over and over: every so many minutes as the stage's `schedules` say. */
export const every = (schedule: ScheduleName): Feed => ({ kind: 'schedule', schedule });

/** Each object that arrives in a bucket, as EventBridge tells of it. */
export const uploadsTo = (bucket: BucketName): Feed => ({ kind: 'uploads', bucket });

/**
 * Each result of a malware scan of objects below `prefix`, once at least and in any order. Where the stage has none, there is neither scan nor job.
 */
export const scansOf = (bucket: BucketName, prefix: string): Feed => ({ kind: 'scans', bucket, prefix });

/**
 * Each item that is new in a table with a stream, as it was written, in its partition key's order and once at least. Lambda reads a stream for nothing, where it asks a queue at our cost. The job answers `{ batchItemFailures }` with the sequence
 * number of the first record that it could not do; what fails again and again becomes a dead letter, and the stream goes on.
 * @param batchSize records handed over at once, at most
 * @param atOnce batches of a shard under way at once, each of other partition keys: a small table has four shards at most
 */
export const newItemsOf = (
  table: TableName,
  { batchSize, atOnce = 1 }: { readonly batchSize: number; readonly atOnce?: number },
): Feed => ({ kind: 'stream', table, batchSize, atOnce });

/**
 * The messages of a queue, each once at least and in no order. The job answers `{ batchItemFailures }` with the ids of the messages that it could not do: they come again, and
 * become dead letters in the end.
 * @param batchSize messages handed over at once, at most 10
 */
export const messagesOf = (
  queue: QueueName,
  limits: { readonly batchSize: number; readonly maxConcurrency: number },
): Feed => ({ kind: 'queue', queue, ...limits });
