import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { trail } from '#shared/runtime/trail.ts';

/** SendMessageBatch takes 10 messages. */
const PER_BATCH = 10;

/** The longest that SQS keeps a message back, seconds. */
export const LONGEST_DELAY_SECONDS = 900;

/** What jobs do with a queue besides taking from it, which Lambda does for them. */
export interface Queue {
  /**
   * Puts messages into the queue, each as JSON of a few KB at most, with the id of the request that they come from.
   *
   * @param delaySeconds 0 to 900
   * @throws Error where any was not taken; some may have been
   */
  send(messages: readonly object[], delaySeconds?: number): Promise<void>;
  /** Has a message that was received and failed come again in so many seconds, at most 12 hours. */
  retryIn(receiptHandle: string, seconds: number): Promise<void>;
}

/** A message as it lies in a queue: with the id of the request that it comes from, so that what is done about it can be followed. */
export const bodyOf = (message: object): string => JSON.stringify({ ...message, requestId: trail().requestId });

export const queue = (client: SQSClient, url: string): Queue => ({
  async send(messages, delaySeconds = 0) {
    for (let start = 0; start < messages.length; start += PER_BATCH) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: messages.slice(start, start + PER_BATCH).map((message, place) => ({
            Id: String(place),
            MessageBody: bodyOf(message),
            ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
          })),
        }),
      );
      if (Failed.length > 0) throw new Error(`A queue did not take ${Failed.length} messages: ${Failed[0]?.Code}`);
    }
  },

  async retryIn(receiptHandle, seconds) {
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }),
    );
  },
});
