import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { queueUrl } from './queue-url.ts';
import type { LocalSqs } from './start-sqs.ts';

/** Sends a letter as JSON to a queue of this machine, by its name. */
export const tellQueue =
  ({ url, client }: Pick<LocalSqs, 'url' | 'client'>) =>
  async (queueName: string, letter: object): Promise<void> => {
    const QueueUrl = queueUrl(url, queueName);
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(letter) }));
  };
