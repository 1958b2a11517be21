import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { LocalSqs } from '../sqs/start-sqs.ts';
import { tellQueue } from '../sqs/tell-queue.ts';
import { CREDENTIALS } from '../stack/local-account.ts';
import type { LocalModel } from '../template/local-model.ts';
import type { QueueMapping, StreamMapping } from './local-mapping.ts';
import { pollQueue } from './poll-queue.ts';
import { pollStream } from './poll-stream.ts';
import type { Poller } from './poller.ts';
import { openStreamPositions } from './stream-positions.ts';

export interface MappingsOptions {
  model: Pick<LocalModel, 'mappings' | 'functions'>;
  account: { readonly region: string; readonly accountId: string };
  dynamoDbUrl: string;
  sqs: LocalSqs;
  /** Where it is kept how far the streams are read; in memory without it. */
  positionsFile?: string | undefined;
  invoke(functionName: string, event: unknown): Promise<unknown>;
}

/** Feeds functions from queues and streams, as the template's event source mappings say. */
export const startMappings = async (options: MappingsOptions): Promise<Poller> => {
  const { model, account, sqs, invoke } = options;
  const config = { endpoint: options.dynamoDbUrl, region: account.region, credentials: { ...CREDENTIALS } };
  const tables = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  const positions = await openStreamPositions(options.positionsFile);

  const tell = tellQueue(sqs);

  const startStream = async (mapping: StreamMapping): Promise<Poller> => {
    const { Table } = await tables.send(new DescribeTableCommand({ TableName: mapping.tableName }));
    const streamArn = Table?.LatestStreamArn;
    if (streamArn === undefined) throw new Error(`${mapping.name}: the table ${mapping.tableName} has no stream.`);
    const functionArn = model.functions.find(({ name }) => name === mapping.functionName)?.arn ?? mapping.functionName;
    const { region } = account;
    return pollStream({ mapping, functionArn, client: streams, streamArn, region, positions, invoke, tell });
  };
  const start = (mapping: QueueMapping | StreamMapping): Promise<Poller> | Poller =>
    mapping.kind === 'stream' ? startStream(mapping) : pollQueue({ mapping, sqs, account, invoke });

  const pollers = await Promise.all(model.mappings.map(start));
  return {
    stop: () => {
      for (const poller of pollers) poller.stop();
    },
    ended: Promise.all(pollers.map(({ ended }) => ended)).then(() => {
      tables.destroy();
      streams.destroy();
    }),
  };
};
