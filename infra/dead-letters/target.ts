import { readFileSync } from 'node:fs';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type EventBus, eventBus } from '#shared/messages/event-bus.ts';
import type { AttachmentInspector } from '#shared/storage/attachment-inspector.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { CannotStart } from '../local/cannot-start.ts';
import { readSettings } from '../local/settings.ts';
import { readStackRecord } from '../local/stack/stack-file.ts';

/** What dead letters are taken from and put back into, and what their work is done on again. */
export interface DeadLettersTarget {
  readonly sqs: SQSClient;
  readonly db: DynamoDBDocumentClient;
  readonly streams: DynamoDBStreamsClient;
  /** URLs of queues by logical id. */
  readonly queueUrl: (logicalId: string) => string;
  /** Physical names by logical id. */
  readonly tableName: (logicalId: string) => string;
  /** Uploaded files. */
  readonly objects: () => AttachmentInspector;
  /** The event bus that the stage's settings name; the local stage has none. */
  readonly bus: EventBus | undefined;
}

/** As the functions' own: what is not there is not written. */
const documents = (config: DynamoDBClientConfig): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(config), { marshallOptions: { removeUndefinedValues: true } });

/** What `npm run deploy` writes: outputs by stack. */
const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

const deployed = (file: string, region: string | undefined): DeadLettersTarget => {
  const read = (): unknown => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch (cause) {
      throw new CannotStart(`${file} cannot be read: npm run deploy writes cdk.out/outputs.json.`, { cause });
    }
  };
  const outputs = new Map(Object.values(Outputs.safeParse(read()).data ?? {}).flatMap(Object.entries<string>));
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw new CannotStart(`${file} has no ${name}: deploy again, and name that file.`);
    return value;
  };
  const config = { region: region ?? output('TablesRegion') };
  const bus = outputs.get('EventBusName');
  return {
    sqs: new SQSClient(config),
    db: documents(config),
    streams: new DynamoDBStreamsClient(config),
    queueUrl: (logicalId) => output(`${logicalId}Url`),
    tableName: (logicalId) => output(`${logicalId}Name`),
    objects: () => attachmentObjects(new S3Client(config), output('AttachmentsBucketName')),
    bus: bus === undefined ? undefined : eventBus(bus, config),
  };
};

const local = (): DeadLettersTarget => {
  const { dataDir } = readSettings(process.env);
  const record = readStackRecord(dataDir);
  if (record === undefined) {
    throw new CannotStart(
      `No stack has been started in ${dataDir}: run npm start first, or name a deployed one by --outputs.`,
    );
  }
  const { region, accessKeyId, secretAccessKey, sqsUrl, dynamoDbUrl, s3Url } = record;
  const shared = { region, credentials: { accessKeyId, secretAccessKey } };
  const dynamoDb: DynamoDBClientConfig = { ...shared, endpoint: dynamoDbUrl };
  const named = (names: Readonly<Record<string, string>>) => (logicalId: string) => {
    const name = names[logicalId];
    if (name === undefined)
      throw new CannotStart(`${dataDir} was made by another version: start it again by FRESH=1 npm start.`);
    return name;
  };
  return {
    sqs: new SQSClient({ ...shared, endpoint: sqsUrl }),
    db: documents(dynamoDb),
    streams: new DynamoDBStreamsClient(dynamoDb),
    queueUrl: named(record.queues),
    tableName: named(record.tables),
    objects: () =>
      attachmentObjects(
        new S3Client({ ...shared, endpoint: s3Url, forcePathStyle: true }),
        named(record.buckets)('AttachmentsBucket'),
      ),
    bus: undefined,
  };
};

/**
 * The deployed stack whose outputs are named, with the deployer's own credentials; without any, the local one of DATA_DIR.
 *
 * @throws CannotStart in one line that says what to do
 */
export const deadLettersTarget = ({
  outputs,
  region,
}: {
  readonly outputs?: string | undefined;
  readonly region?: string | undefined;
}): DeadLettersTarget => (outputs === undefined ? local() : deployed(outputs, region));
