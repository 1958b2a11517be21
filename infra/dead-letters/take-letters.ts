import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** One dead letter, kept from others for two minutes. */
export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** Ends it; without that it is there again. */
  readonly remove: () => Promise<void>;
  /** Gives it back at once. */
  readonly release: () => Promise<void>;
}

/** How long a letter is kept from others, seconds: longer than what is done with ten of them takes. */
const KEPT_SECONDS = 120;

/** All letters of a queue, ten at a time, each once. */
export async function* takeLetters(
  sqs: SQSClient,
  url: string,
  keptSeconds = KEPT_SECONDS,
): AsyncGenerator<DeadLetter> {
  const seen = new Set<string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: keptSeconds,
        WaitTimeSeconds: 1,
      }),
    );
    const unseen = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    if (unseen.length === 0) return;
    for (const { MessageId: id = '', Body: body = '', ReceiptHandle } of unseen) {
      seen.add(id);
      const remove = async (): Promise<void> => {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      };
      const release = async (): Promise<void> => {
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
      };
      yield { id, body, remove, release };
    }
  }
}
