import { type AttributeValue, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { callWebhook } from '#functions/jobs/deliver-messages/call-webhook.ts';
import { deliverMessages } from '#functions/jobs/deliver-messages/deliver-messages.ts';
import { sendMail } from '#functions/jobs/deliver-messages/send-mail.ts';
import { publishEvents } from '#functions/jobs/publish-events/publish-events.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { deliveriesRepository } from '#shared/data/deliveries-repository.ts';
import { recorded } from '#shared/data/history-items.ts';
import { partnersOf } from '#shared/data/submission-partners.ts';
import { transact } from '#shared/data/transact.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import type { Mail, Mailer } from '#shared/messages/mail/mailer.ts';
import type { Post, Posting } from '#shared/messages/webhook/post.ts';
import { type MemoryQueueOptions, memoryQueue } from './memory-queue.ts';
import { submissionWorld } from './submission-world.ts';

export interface StreamRecord {
  readonly eventName: 'INSERT';
  readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage: Record<string, AttributeValue> };
}

export interface MessageOptions {
  readonly chance?: MemoryQueueOptions['chance'];
  /** Before a mail is taken; what it throws is what the mailer throws. */
  readonly beforeMail?: (mail: Mail) => void;
  /** What a receiver answers. */
  readonly answer?: (posting: Posting) => Awaited<ReturnType<Post>>;
}

/** The jobs of messages over real tables and queues in memory, in the world of submissions: what is sent is kept, nothing leaves the process. */
export const messageWorld = async ({ chance, beforeMail, answer }: MessageOptions = {}) => {
  const world = await submissionWorld();
  const { db, tables, calls, memberships, organizations, submissions, tallies, clock } = world;
  const now = () => clock.now;
  const options = { now, ...(chance === undefined ? {} : { chance }) };
  const queue = memoryQueue({ ...options, maxReceives: 10, visibilitySeconds: 360 });
  const webhooks = webhooksRepository(db, tables.webhooks);
  const deliveries = deliveriesRepository(db, tables.deliveries);

  const mails: Mail[] = [];
  const mailer: Mailer = async (mail) => {
    beforeMail?.(mail);
    mails.push(mail);
  };
  const posts: (Posting & { readonly status: number | undefined })[] = [];
  const post: Post = async (posting) => {
    const answered = answer?.(posting) ?? { kind: 'answered', status: 204 };
    posts.push({ ...posting, status: answered.kind === 'answered' ? answered.status : undefined });
    return answered;
  };

  const messages = {
    publish: publishEvents({ calls, submissions, webhooks, messages: queue }),
    deliver: deliverMessages({
      sendMail: sendMail({
        audiences: {
          calls,
          memberships,
          organizations,
          submissions,
          tallies,
          deadlines: deadlinesRepository(db, tables.calls),
        },
        texts: { calls, organizations },
        partnersOf: partnersOf(db, tables.submissions),
        memberships,
        deliveries,
        queue,
        mailer,
        now,
      }),
      callWebhook: callWebhook({ webhooks, deliveries, queue, post, now }),
    }),
  };

  /** Writes an entry as every change does. */
  const record = async (subject: string, revision: number, entry: HistoryEntry): Promise<void> => {
    await transact(db, [recorded(tables.history, subject, revision, entry)]);
  };

  /** The history of a subject as its stream has it. */
  const streamOf = async (subject: string): Promise<StreamRecord[]> => {
    const client = new DynamoDBClient({
      endpoint: inject('dynamoDbUrl'),
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tables.history,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': { S: subject } },
      }),
    );
    client.destroy();
    return Items.map((item, place) => ({
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: `${place + 1}`.padStart(21, '0'), NewImage: item },
    }));
  };

  /** Runs the queue until it is empty, an hour of the clock at a time where all that is left waits. */
  const drain = async (): Promise<void> => {
    for (let turn = 0; turn < 2_000 && queue.size() > 0; turn += 1) {
      clock.now += (await queue.deliver(messages.deliver)) ? 1_000 : 60_000;
    }
  };

  return { ...world, queue, webhooks, deliveries, mails, posts, messages, record, streamOf, drain };
};

export type MessageWorld = Awaited<ReturnType<typeof messageWorld>>;
