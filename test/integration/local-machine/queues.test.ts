import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { QueueMapping } from '#infra/local/mappings/local-mapping.ts';
import { pollQueue } from '#infra/local/mappings/poll-queue.ts';
import { queueUrl } from '#infra/local/sqs/queue-url.ts';
import { type LocalSqs, startSqs } from '#infra/local/sqs/start-sqs.ts';
import { REGION } from '#infra/local/stack/local-account.ts';

const ACCOUNT = { region: REGION, accountId: '000000000000' };

const MAPPING: QueueMapping = {
  kind: 'queue',
  name: 'WorkMapping',
  functionName: 'work',
  queueName: 'Work',
  batchSize: 10,
  concurrency: 2,
  reportsFailures: true,
};

/** A message is hidden for a second, and handed out twice. */
const QUEUES = [
  { name: 'Dead', attributes: {} },
  {
    name: 'Work',
    attributes: {
      VisibilityTimeout: '1',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${REGION}:000000000000:Dead`,
        maxReceiveCount: 2,
      }),
    },
  },
];

const Event = z.object({
  Records: z.array(
    z.looseObject({
      messageId: z.string(),
      body: z.string(),
      attributes: z.looseObject({ ApproximateReceiveCount: z.string() }),
    }),
  ),
});

/** Waits for what is a matter of seconds on a busy machine. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000 });

const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (let end = ends.pop(); end; end = ends.pop()) await end();
});

const serve = async (directory?: string): Promise<LocalSqs> => {
  const sqs = await startSqs({ port: 0, region: REGION, queues: QUEUES, ...(directory && { directory }) });
  ends.push(sqs.close);
  return sqs;
};

/** Feeds a function from the queue `Work`. @returns ends it */
const feed = (sqs: LocalSqs, run: (records: z.output<typeof Event>['Records']) => unknown) => {
  const invoke = async (_name: string, event: unknown) => run(Event.parse(event).Records);
  const poller = pollQueue({ mapping: MAPPING, sqs, account: ACCOUNT, invoke });
  const end = async (): Promise<void> => {
    poller.stop();
    await poller.ended;
  };
  ends.push(end);
  return end;
};

const send = ({ url, client }: LocalSqs, bodies: readonly string[]) =>
  client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl(url, 'Work'),
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );

const deadLetters = async ({ url, client }: LocalSqs): Promise<(string | undefined)[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl(url, 'Dead'),
    VisibilityTimeout: 0,
    MaxNumberOfMessages: 10,
  });
  return ((await client.send(command)).Messages ?? []).map(({ Body }) => Body);
};

test('hands over messages in batches as Lambda does, each once when it is done', async () => {
  const sqs = await serve();
  await send(sqs, ['a', 'b', 'c']);
  const batches: z.output<typeof Event>['Records'][] = [];
  feed(sqs, (records) => void batches.push(records));
  await expect
    .poll(() =>
      batches
        .flat()
        .map(({ body }) => body)
        .sort(),
    )
    .toEqual(['a', 'b', 'c']);
  expect(batches[0]?.[0]).toMatchObject({
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:000000000000:Work`,
    awsRegion: REGION,
    messageAttributes: {},
    attributes: { ApproximateReceiveCount: '1' },
  });
  // Longer than they would have been hidden.
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(batches.flat()).toHaveLength(3);
});

test('hands out again what failed and only that, and puts it with the dead letters in the end', async () => {
  const sqs = await serve();
  await send(sqs, ['good', 'poison', 'fine']);
  const seen: string[] = [];
  feed(sqs, (records) => {
    seen.push(...records.map(({ body }) => body));
    const failed = records.filter(({ body }) => body === 'poison');
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  await eventually(() => deadLetters(sqs)).toEqual(['poison']);
  expect(seen.sort()).toEqual(['fine', 'good', 'poison', 'poison']);
});

test('hands out the whole batch again when the function throws, or names a message that is not of it', async () => {
  const sqs = await serve();
  await send(sqs, ['a', 'b']);
  const seen: string[] = [];
  feed(sqs, (records) => {
    seen.push(...records.map(({ body, attributes }) => `${body}${attributes.ApproximateReceiveCount}`));
    if (seen.length <= 2) throw new Error('at first');
    return { batchItemFailures: [{ itemIdentifier: 'no such message' }] };
  });
  await eventually(() => deadLetters(sqs).then((bodies) => bodies.sort())).toEqual(['a', 'b']);
  expect(seen.sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
});

test('goes on after a restart with what waited and what was interrupted', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sqs-'));
  ends.push(() => rmSync(directory, { recursive: true }));
  const sqs = await serve(directory);
  await send(sqs, ['interrupted']);
  let isRunning = false;
  const interrupt = Promise.withResolvers<never>();
  const end = feed(sqs, () => {
    isRunning = true;
    return interrupt.promise;
  });
  await eventually(() => isRunning).toBe(true);
  const ending = end();
  interrupt.reject(new Error('its function was ended'));
  await ending;
  await sqs.client.send(new SendMessageCommand({ QueueUrl: queueUrl(sqs.url, 'Work'), MessageBody: 'waiting' }));
  await sqs.close();

  const seen: string[] = [];
  feed(await serve(directory), (records) => void seen.push(...records.map(({ body }) => body)));
  await eventually(() => seen.sort()).toEqual(['interrupted', 'waiting']);
});
