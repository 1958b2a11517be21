import { randomUUID } from 'node:crypto';
import {
  type _Record,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { eventPublisher } from '#shared/messages/event-publisher.ts';
import { queue } from '#shared/messages/queue.ts';
import { CannotStart } from '../local/cannot-start.ts';
import type { DeadLettersTarget } from './target.ts';

/** What Lambda tells of records that were given up: where they lie, not what they say. */
const GivenUp = z.object({
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    streamArn: z.string(),
  }),
});
type Batch = z.output<typeof GivenUp>['DDBStreamBatchInfo'];

/** An entry of the history by its key. */
export interface EntryKey {
  readonly subject: string;
  readonly entry: string;
}
const EntryKey = z.object({ subject: z.object({ S: z.string() }), entry: z.object({ S: z.string() }) });

const StepKey = z.object({ exportId: z.object({ S: z.string() }) });

/** Sequence numbers are decimal and of different lengths. */
const isAfter = (one: string, other: string): boolean => BigInt(one) > BigInt(other);

/** Pages without a record, one after the other, that are read on from: a shard has some before its records are reached. */
const EMPTY_PAGES = 20;

/** A record, or a whole shard, is taken away once it is a day old. */
const isGone = (error: unknown): boolean =>
  error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException;

/** The records of a shard from the first of a batch to the end of it, and perhaps some more; undefined where the last of the batch is not met. */
const recordsOf = async (streams: DeadLettersTarget['streams'], batch: Batch): Promise<_Record[] | undefined> => {
  const records: _Record[] = [];
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: batch.streamArn,
      ShardId: batch.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: batch.startSequenceNumber,
    }),
  );
  let next = ShardIterator;
  let emptyPages = 0;
  while (next !== undefined && emptyPages < EMPTY_PAGES) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
    const found = page.Records ?? [];
    records.push(...found);
    const last = found.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined && !isAfter(batch.endSequenceNumber, last)) return records;
    emptyPages = found.length === 0 ? emptyPages + 1 : 0;
    next = page.NextShardIterator;
  }
  return undefined;
};

/** The keys of the items whose records lie in a batch; undefined where the stream, which keeps a day, has them no longer or does not give them. */
const keysIn = async (
  { streams }: Pick<DeadLettersTarget, 'streams'>,
  body: string,
): Promise<unknown[] | undefined> => {
  const batch: Batch = GivenUp.parse(JSON.parse(body)).DDBStreamBatchInfo;
  const records = await recordsOf(streams, batch).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  return records?.flatMap(({ eventName, dynamodb }): unknown[] => {
    const isWithin = !isAfter(dynamodb?.SequenceNumber ?? '0', batch.endSequenceNumber);
    return eventName === 'INSERT' && isWithin ? [dynamodb?.Keys] : [];
  });
};

/** What a letter of a stream named, and how to have it done again. */
export interface Lost {
  readonly name: string;
  readonly again: () => Promise<void>;
}

/**
 * Reads an entry again and tells it as the publisher does: to mail, webhooks and the stage's event bus. What mail and webhooks were told before is known again by
 * whoever sends it; the bus may be told twice, by the same id.
 *
 * @throws CannotStart where the table has no such entry
 */
export const entryPublisher = ({ db, sqs, bus, tableName, queueUrl }: DeadLettersTarget) => {
  const publish = eventPublisher({
    calls: callsRepository(db, tableName('CallsTable')),
    submissions: submissionsRepository(db, tableName('SubmissionsTable')),
    webhooks: webhooksRepository(db, tableName('WebhooksTable')),
    messages: queue(sqs, queueUrl('MessagesQueue')),
    bus,
  });
  return async (key: EntryKey): Promise<void> => {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName('HistoryTable'), Key: { ...key }, ConsistentRead: true }),
    );
    if (Item === undefined) {
      throw new CannotStart(
        `The history has no entry ${key.subject} ${key.entry}: look it up in the table ${tableName('HistoryTable')}. Saves, announcements of files and the verdicts on them, which may lie elsewhere, tell nobody anything and need no telling.`,
      );
    }
    await publish(Item);
  };
};

/** The entries of the history that a letter names; undefined where the stream has them no longer or does not give them. */
export const lostEntries = async (target: DeadLettersTarget, body: string): Promise<Lost[] | undefined> => {
  const publish = entryPublisher(target);
  return (await keysIn(target, body))?.map((keys) => {
    const { subject, entry } = EntryKey.parse(keys);
    const key = { subject: subject.S, entry: entry.S };
    return { name: `${key.subject} ${key.entry}`, again: () => publish(key) };
  });
};

/** Puts a step of an export into its table once more, under another key: what is new there is told to the job. An export that was noted as failed stays failed. */
const addAgain = async ({ db, tableName }: DeadLettersTarget, exportId: string): Promise<void> => {
  const TableName = tableName('ExportsTable');
  const { Item } = await db.send(new GetCommand({ TableName, Key: { exportId }, ConsistentRead: true }));
  if (Item === undefined) throw new Error('it is gone: have the export asked for again');
  await db.send(new PutCommand({ TableName, Item: { ...Item, exportId: `${exportId}#${randomUUID()}`, runs: 0 } }));
};

/** The steps of exports that a letter names; undefined where the stream has them no longer or does not give them. */
export const lostSteps = async (target: DeadLettersTarget, body: string): Promise<Lost[] | undefined> =>
  (await keysIn(target, body))?.flatMap((keys) => {
    const { S: exportId } = StepKey.parse(keys).exportId;
    // Exports and parts that are done lie in the same stream.
    return exportId.includes('#step#') ? [{ name: exportId, again: () => addAgain(target, exportId) }] : [];
  });
