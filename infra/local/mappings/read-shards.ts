import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

/** What a look at a shard brought. */
interface ShardPage {
  records: StreamRecord[];
  /** Whether the shard is closed and was read to its end. */
  isEnded: boolean;
}

/** Reads the shards of one stream, each from where it was left. */
export interface ShardReader {
  /** All shards that there are just now, parents before their children. */
  shards(): Promise<Shard[]>;
  /** @param after the sequence number of the last record known; the shard's beginning without it */
  read(shardId: string, after: string | undefined, limit: number): Promise<ShardPage>;
}

const describe = async (client: DynamoDBStreamsClient, StreamArn: string): Promise<Shard[]> => {
  const shards: Shard[] = [];
  let ExclusiveStartShardId: string | undefined;
  do {
    const { StreamDescription: page } = await client.send(
      new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId }),
    );
    shards.push(...(page?.Shards ?? []));
    ExclusiveStartShardId = page?.LastEvaluatedShardId;
  } while (ExclusiveStartShardId !== undefined);
  // Their ids begin with the time they were made at.
  return shards.sort((one, other) => ((one.ShardId ?? '') < (other.ShardId ?? '') ? -1 : 1));
};

export const readShards = (client: DynamoDBStreamsClient, StreamArn: string): ShardReader => {
  /** Where each shard goes on, as long as nothing but `read` moved it. */
  const iterators = new Map<string, { after: string | undefined; iterator: string }>();

  const iteratorOf = async (ShardId: string, after: string | undefined): Promise<string | undefined> => {
    const known = iterators.get(ShardId);
    if (known !== undefined && known.after === after) return known.iterator;
    const from = (SequenceNumber: string | undefined) =>
      new GetShardIteratorCommand({
        StreamArn,
        ShardId,
        ShardIteratorType: SequenceNumber === undefined ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER',
        SequenceNumber,
      });
    try {
      return (await client.send(from(after))).ShardIterator;
    } catch (error) {
      // What was settled last has left the stream, 24 hours after it came.
      if (error instanceof TrimmedDataAccessException) return (await client.send(from(undefined))).ShardIterator;
      throw error;
    }
  };

  return {
    shards: () => describe(client, StreamArn),
    read: async (shardId, after, limit) => {
      try {
        const iterator = await iteratorOf(shardId, after);
        const { Records: records = [], NextShardIterator: next } = await client.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
        );
        const last = records.at(-1)?.dynamodb?.SequenceNumber ?? after;
        if (next === undefined) iterators.delete(shardId);
        else iterators.set(shardId, { after: last, iterator: next });
        return { records, isEnded: next === undefined };
      } catch (error) {
        iterators.delete(shardId);
        // An iterator is good for 15 minutes, and points nowhere once what it points to has left the stream: the next look takes a new one.
        if (error instanceof ExpiredIteratorException || error instanceof TrimmedDataAccessException)
          return { records: [], isEnded: false };
        throw error;
      }
    },
  };
};
