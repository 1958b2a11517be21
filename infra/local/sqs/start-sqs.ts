import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { CREDENTIALS } from '../stack/local-account.ts';
import { queueUrl } from './queue-url.ts';

/** A queue as CreateQueue takes it, under its local name. */
export interface LocalQueue {
  name: string;
  attributes: Record<string, string>;
}

export interface SqsOptions {
  /** 0 for any free one. */
  port: number;
  region: string;
  queues: readonly LocalQueue[];
  /** Where messages are kept between starts; in memory without it. */
  directory?: string;
}

export interface LocalSqs {
  url: string;
  /** A client of it that any part of this machine may use. */
  client: SQSClient;
  close(): Promise<void>;
}

/** Serves queues, with what was left in them when the stack stopped. */
export const startSqs = async ({ port, region, queues, directory }: SqsOptions): Promise<LocalSqs> => {
  const server = await startFauxqs({
    port,
    logger: false,
    defaultRegion: region,
    ...(directory === undefined ? {} : { dataDir: directory }),
  });
  const url = `http://127.0.0.1:${server.port}`;
  const client = new SQSClient({ endpoint: url, region, credentials: { ...CREDENTIALS } });
  for (const { name, attributes } of queues) {
    const isKept = server.inspectQueue(name) !== undefined;
    // To create a kept queue again would empty it.
    if (!isKept) server.createQueue(name, { attributes });
    else await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(url, name), Attributes: attributes }));
  }
  return {
    url,
    client,
    close: async () => {
      client.destroy();
      await server.stop();
    },
  };
};
