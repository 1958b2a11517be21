import { ALL_ACCESS, environmentOf, urlsOf } from '#test/support/function-environment.ts';
import { callWebhookAt } from '#test/support/ready-for-jobs.ts';
import { startServices } from '#test/support/services.ts';
import { rememberTables } from '#test/support/table-contents.ts';
import { startReceiver } from '#test/support/webhook-receiver.ts';
import { fillWorld } from '#test/support/world-content.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { COMMON_ENVIRONMENT } from './cold-environment.ts';
import { documentsOf, startOwnTables } from './own-tables.ts';

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
  const [own, services, receiver] = await Promise.all([startOwnTables(), startServices(), startReceiver()]);
  const stores: Stores = { ...services, db: documentsOf(own.client), tables: own.tables };
  await fillWorld(stores);
  await callWebhookAt(stores, receiver.url);
  const contents = await rememberTables(stores);
  return {
    stores,
    env: {
      ...COMMON_ENVIRONMENT,
      ...Object.fromEntries(
        Object.entries(environmentOf(ALL_ACCESS, stores, urlsOf(stores, own.dynamoDbUrl))).filter(isGiven),
      ),
    },
    restore: async () => (await contents.restore()).length,
    stop: async () => {
      await Promise.all([services.stop(), receiver.close(), own.stop()]);
    },
  };
};
