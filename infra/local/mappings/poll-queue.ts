import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { queueUrl } from '../sqs/queue-url.ts';
import { readOutcome } from './batch-outcome.ts';
import type { QueueMapping } from './local-mapping.ts';
import { messageEvent } from './message-event.ts';
import type { Poller } from './poller.ts';

export interface QueuePollerOptions {
  mapping: QueueMapping;
  sqs: { readonly url: string; readonly client: SQSClient };
  account: { readonly region: string; readonly accountId: string };
  invoke(functionName: string, event: unknown): Promise<unknown>;
}

/** Batches under way at once on this machine, at most: each takes a function's thread. */
const MOST_WORKERS = 4;

/** How long a request waits for a message, in seconds. */
const LONG_POLL = 20;

/** Before the next request when one failed, in ms. */
const AFTER_FAILURE = 1_000;

/**
 * Hands a queue's messages to a function, as Lambda does: what it did is deleted, and what it failed at is left, to be handed out again when its visibility ends, and moved to the
 * dead letters by the queue itself in the end.
 */
export const pollQueue = ({ mapping, sqs, account, invoke }: QueuePollerOptions): Poller => {
  const { functionName, queueName, batchSize, reportsFailures } = mapping;
  const stopping = new AbortController();
  const QueueUrl = queueUrl(sqs.url, queueName);
  const queueArn = `arn:aws:sqs:${account.region}:${account.accountId}:${queueName}`;

  const receive = async (): Promise<Message[]> => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: LONG_POLL,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.client.send(command, { abortSignal: stopping.signal });
    return Messages;
  };

  /** @returns those that failed */
  const run = async (messages: readonly Message[]): Promise<readonly Message[]> => {
    const event = messageEvent(messages, queueArn, account.region);
    const answer = await invoke(functionName, event);
    if (!reportsFailures) return [];
    const outcome = readOutcome(
      answer,
      event.Records.map(({ messageId }) => messageId),
    );
    if (outcome.kind === 'done') return [];
    return outcome.kind === 'failed' ? messages : messages.filter((_, index) => outcome.failed.includes(index));
  };

  const handle = async (messages: readonly Message[]): Promise<void> => {
    const failed = await run(messages).catch(() => messages);
    const done = messages.filter((message) => !failed.includes(message));
    for (const { ReceiptHandle } of done) await sqs.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    if (!stopping.signal.aborted) return;
    // They were interrupted and need not wait for their visibility to end before the next start takes them up.
    for (const { ReceiptHandle } of failed)
      await sqs.client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  };

  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const messages = await receive();
        if (messages.length > 0) await handle(messages);
      } catch (error) {
        if (stopping.signal.aborted) return;
        process.emitWarning(`The queue ${queueName} could not be polled: ${String(error)}`);
        await sleep(AFTER_FAILURE, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  const working = Promise.all(Array.from({ length: Math.min(mapping.concurrency, MOST_WORKERS) }, work));
  return {
    stop: () => stopping.abort(),
    ended: working.then(() => undefined),
  };
};
