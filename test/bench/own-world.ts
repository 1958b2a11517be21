import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';
import { createTables } from '#infra/local/stack/create-tables.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { ALL_ACCESS, environmentOf, urlsOf } from '#test/support/function-environment.ts';
import { callWebhookAt } from '#test/support/ready-for-jobs.ts';
import { startServices } from '#test/support/services.ts';
import { rememberTables, type TableContents } from '#test/support/table-contents.ts';
import { tableNames } from '#test/support/table-names.ts';
import { synthesizeTables } from '#test/support/table-schemas.ts';
import { startReceiver } from '#test/support/webhook-receiver.ts';
import { fillWorld } from '#test/support/world-content.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { COMMON_ENVIRONMENT } from './cold-environment.ts';

/** The fixture world outside a test run. */
export interface OwnWorld {
  readonly stores: Stores;
  /** Of a function in another process. */
  readonly env: Record<string, string>;
  /** Makes the tables what they were. @returns how many items were not */
  restore(): Promise<number>;
  stop(): Promise<void>;
}

const isGiven = (variable: [string, string | undefined]): variable is [string, string] => variable[1] !== undefined;

/** Starts all that the functions work with, and fills it. Its webhook is called on this machine. */
export const startOwnWorld = async (): Promise<OwnWorld> => {
  const [dynamoDb, schemas, services, receiver] = await Promise.all([
    startDynamoDb(),
    synthesizeTables(),
    startServices(),
    startReceiver(),
  ]);
  const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: REGION, credentials: CREDENTIALS });
  await createTables(client, schemas);
  const stores: Stores = {
    ...services,
    db: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    tables: tableNames((id) => schemas.find(({ logicalId }) => logicalId === id)?.create.TableName),
  };
  await fillWorld(stores);
  await callWebhookAt(stores, receiver.url);
  const contents: TableContents = await rememberTables(stores);
  return {
    stores,
    env: {
      ...COMMON_ENVIRONMENT,
      ...Object.fromEntries(
        Object.entries(environmentOf(ALL_ACCESS, stores, urlsOf(stores, dynamoDb.url))).filter(isGiven),
      ),
    },
    restore: async () => (await contents.restore(new Set(Object.values(stores.tables)))).length,
    stop: async () => {
      client.destroy();
      await Promise.all([services.stop(), receiver.close(), dynamoDb.stop()]);
    },
  };
};
