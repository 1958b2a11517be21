import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOutcome } from './batch-outcome.ts';
import type { StreamMapping } from './local-mapping.ts';
import type { StreamEventRecord } from './stream-event.ts';

export interface RecordDeliveryOptions {
  mapping: Pick<StreamMapping, 'bisects' | 'reportsFailures' | 'retries' | 'oldest'>;
  functionArn: string;
  streamArn: string;
  shardId: string;
  invoke(event: { Records: readonly StreamEventRecord[] }): Promise<unknown>;
  /** Tells what was given up, by Lambda's account of it. */
  giveUp(account: object): Promise<void>;
  /** Keeps that all up to this one is settled. */
  settle(sequenceNumber: string): Promise<void>;
  /** Before the attempt after so many failures, in ms. */
  waitAfter(failures: number): number;
  stopping: AbortSignal;
}

interface Batch {
  records: readonly StreamEventRecord[];
  failures: number;
}

const sequenceNumberOf = (record: StreamEventRecord | undefined): string => record?.dynamodb.SequenceNumber ?? '';
const createdAt = (record: StreamEventRecord | undefined): number =>
  (record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1_000;

type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
const accountOf = (options: RecordDeliveryOptions, { records, failures }: Batch, condition: Condition) => {
  const [first, last] = [records[0], records.at(-1)];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: options.functionArn,
      condition,
      approximateInvokeCount: failures,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: options.shardId,
      startSequenceNumber: sequenceNumberOf(first),
      endSequenceNumber: sequenceNumberOf(last),
      approximateArrivalOfFirstRecord: new Date(createdAt(first)).toISOString(),
      approximateArrivalOfLastRecord: new Date(createdAt(last)).toISOString(),
      batchSize: records.length,
      streamArn: options.streamArn,
    },
  };
};

/** What is to be done next with a batch that failed, the first part first; nothing when it is to be given up. */
const partsAfter = ({ bisects, retries }: RecordDeliveryOptions['mapping'], batch: Batch): Batch[] => {
  const { records, failures } = batch;
  const half = Math.ceil(records.length / 2);
  // Halving does not count as an attempt.
  if (bisects && records.length > 1)
    return [
      { records: records.slice(0, half), failures },
      { records: records.slice(half), failures },
    ];
  return failures < retries ? [{ records, failures: failures + 1 }] : [];
};

/**
 * Hands records to a function in their order until each is done or given up. A function that throws has its batch halved; one that reports a failure has done what comes before it,
 * and gets the rest again as one batch, which is given up as one: whoever reports the first record of a batch again and again loses the others with it.
 * @throws the reason of `stopping`, with what is not settled left to be handed over again
 */
export const deliverRecords = async (
  options: RecordDeliveryOptions,
  records: readonly StreamEventRecord[],
): Promise<void> => {
  const { mapping, stopping, settle } = options;
  const waiting: Batch[] = [{ records, failures: 0 }];

  const attempt = async (batch: Batch): Promise<Batch[] | undefined> => {
    const outcome = await options.invoke({ Records: batch.records }).then(
      (answer) => (mapping.reportsFailures ? readOutcome(answer, batch.records.map(sequenceNumberOf)) : undefined),
      () => ({ kind: 'failed' }) as const,
    );
    stopping.throwIfAborted();
    if (outcome === undefined || outcome.kind === 'done') return undefined;
    if (outcome.kind === 'failed') return partsAfter(mapping, batch);
    const first = Math.min(...outcome.failed);
    if (first === 0) return partsAfter({ ...mapping, bisects: false }, batch);
    await settle(sequenceNumberOf(batch.records[first - 1]));
    return [{ records: batch.records.slice(first), failures: 1 }];
  };

  const giveUp = async (batch: Batch, condition: Condition): Promise<void> => {
    await options.giveUp(accountOf(options, batch, condition));
    await settle(sequenceNumberOf(batch.records.at(-1)));
  };

  for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
    stopping.throwIfAborted();
    if (Date.now() - createdAt(batch.records[0]) > mapping.oldest * 1_000) {
      await giveUp(batch, 'RecordAgeExceeded');
      continue;
    }
    const parts = await attempt(batch);
    if (parts === undefined) await settle(sequenceNumberOf(batch.records.at(-1)));
    else if (parts.length === 0) await giveUp({ ...batch, failures: batch.failures + 1 }, 'RetryAttemptsExhausted');
    else {
      waiting.unshift(...parts);
      await sleep(options.waitAfter(parts[0]?.failures ?? 0), undefined, { signal: stopping });
    }
  }
};
