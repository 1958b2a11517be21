import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBStreamsClient, Shard } from '@aws-sdk/client-dynamodb-streams';
import { matchesPattern } from '../events/match-pattern.ts';
import { deliverRecords } from './deliver-records.ts';
import type { StreamMapping } from './local-mapping.ts';
import type { Poller } from './poller.ts';
import { readShards } from './read-shards.ts';
import { streamEventRecord } from './stream-event.ts';
import type { StreamPositions } from './stream-positions.ts';

export interface StreamPollerOptions {
  mapping: StreamMapping;
  functionArn: string;
  client: DynamoDBStreamsClient;
  /** The table's stream, as DynamoDB Local calls it. */
  streamArn: string;
  region: string;
  positions: StreamPositions;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Sends Lambda's account of what was given up to a queue. */
  tell(queueName: string, account: object): Promise<void>;
  /** Before the attempt after so many failures, in ms. */
  waitAfter?: (failures: number) => number;
}

/** Between two looks at a shard, in ms: Lambda looks four times a second. */
const BETWEEN_LOOKS = 250;

/** Between two looks at which shards there are, in ms: DynamoDB Local begins a new one every few hours. */
const BETWEEN_LISTS = 5_000;

/** Longer each time, as Lambda's: 0.5 s, 1 s, 2 s … up to 10 s. */
const waitLonger = (failures: number): number => Math.min(10_000, 250 * 2 ** failures);

/**
 * Hands a table's changes to a function as Lambda does: shard by shard in order, a parent before its children, each record at least once. What a function fails at again and again is told to the
 * dead letters, and the stream goes on.
 */
export const pollStream = (options: StreamPollerOptions): Poller => {
  const { mapping, streamArn, region, positions, waitAfter = waitLonger } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const reader = readShards(options.client, streamArn);
  const ended = new Set<string>();

  const giveUp = async (account: object): Promise<void> => {
    if (mapping.deadLetters !== undefined) await options.tell(mapping.deadLetters, account);
  };

  /** @returns whether it brought anything */
  const advance = async (shardId: string): Promise<boolean> => {
    const after = positions.after(mapping.name, streamArn, shardId);
    const { records, isEnded } = await reader.read(shardId, after, mapping.batchSize);
    const settle = (sequenceNumber: string) => positions.settle(mapping.name, streamArn, shardId, sequenceNumber);
    const wanted = records
      .map((record) => streamEventRecord(record, streamArn, region))
      .filter(
        (record) => mapping.patterns.length === 0 || mapping.patterns.some((each) => matchesPattern(each, record)),
      );
    if (wanted.length > 0) {
      const invoke = (event: object) => options.invoke(mapping.functionName, event);
      const { functionArn } = options;
      await deliverRecords(
        { mapping, functionArn, streamArn, shardId, invoke, giveUp, settle, waitAfter, stopping: signal },
        wanted,
      );
    }
    const last = records.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) await settle(last);
    if (isEnded) ended.add(shardId);
    return records.length > 0;
  };

  const isReady = ({ ParentShardId }: Shard, shards: readonly Shard[]): boolean =>
    ParentShardId === undefined || ended.has(ParentShardId) || !shards.some(({ ShardId }) => ShardId === ParentShardId);

  const work = async (): Promise<void> => {
    let shards: Shard[] = [];
    let listedAt = 0;
    while (!signal.aborted) {
      try {
        if (Date.now() - listedAt >= BETWEEN_LISTS) {
          shards = await reader.shards();
          listedAt = Date.now();
        }
        const open = shards.filter((shard) => !ended.has(shard.ShardId ?? '') && isReady(shard, shards));
        const looks = await Promise.allSettled(open.map(({ ShardId = '' }) => advance(ShardId)));
        const failed = looks.find((look) => look.status === 'rejected');
        if (failed) throw failed.reason;
        // A shard that came to its end has children by now.
        if (open.some(({ ShardId = '' }) => ended.has(ShardId))) listedAt = 0;
        if (!looks.some((look) => look.status === 'fulfilled' && look.value))
          await sleep(BETWEEN_LOOKS, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        process.emitWarning(`The stream of ${mapping.tableName} could not be read: ${String(error)}`);
        await sleep(BETWEEN_LISTS, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  return { stop: () => stopping.abort(), ended: work() };
};
