import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import * as z from 'zod';
import { folderOf, operationsOf, RESOURCES, type RoutedOperation } from '#infra/functions.ts';
import { type GuardedService, guardService, type Protocol } from '#test/contract/guarded-service.ts';
import { type RecordedHttpEvent, recordedHttpEvent } from '#test/contract/recorded-events.ts';
import { COGNITO, KMS, S3, SQS } from '#test/contract/service-protocols.ts';
import { ALL_ACCESS, environmentOf } from '#test/support/function-environment.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { forgetEnvironment, stubEnvironment } from '#test/support/stubbed-environment.ts';
import type { Stores } from '#test/support/world-stores.ts';

/** What a handler answered, as the gateway gets it. */
const Answer = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
});
export type Answer = z.output<typeof Answer>;
export type Ask = (event: RecordedHttpEvent) => Promise<Answer>;

type Handler = (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;
const Handler = z.custom<Handler>((value) => typeof value === 'function');
const HandlerModule = z.object({ handler: Handler });

/** Asks a handler as Lambda does. */
export const asking = (handler: unknown): Ask => {
  const run = Handler.parse(handler);
  return async (event) => Answer.parse(await run(event, lambdaContext()));
};

/** An operation with the request recorded for it, and its own handler. */
export interface Deployed extends RoutedOperation {
  readonly event: RecordedHttpEvent;
  readonly ask: Ask;
}

/** `action resource` of a request that changes something where it is sent. */
const WRITES = /^(s3:(Put|Delete)|sqs:Send|cognito-idp:Admin(?!GetUser))/;

const OnTable = z.object({ TableName: z.string() });
const Batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), OnTable)) });

/** `dynamodb:command table` of each table that a command of the SDK may write to. */
const writtenBy = (commandName: string, input: unknown): string[] => {
  const command = commandName.replace(/Command$/, '');
  if (!/Put|Update|Delete|Write/.test(command)) return [];
  const tables = command.startsWith('Batch')
    ? Object.keys(Batch.parse(input).RequestItems)
    : command.startsWith('Transact')
      ? Transaction.parse(input).TransactItems.flatMap((item) => Object.values(item).map(({ TableName }) => TableName))
      : [OnTable.parse(input).TableName];
  return tables.map((table) => `dynamodb:${command} ${table}`);
};

/** The texts of all expressions that a command has for the tables, however deep they are in it. */
const expressionsIn = (input: unknown): string[] => {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) =>
    typeof value === 'string' && name.endsWith('Expression') ? value : expressionsIn(value),
  );
};

export interface DeployedOperations {
  /** The client that all of them share. */
  readonly db: DynamoDBDocumentClient;
  readonly operations: readonly Deployed[];
  /** Every expression that was sent to the tables. */
  readonly expressions: ReadonlySet<string>;
  /** What was asked of the services since this was last called that could change something: `action resource`. */
  takeWrites(): string[];
  remove(): Promise<void>;
}

/** Every operation as its own handler.ts wires it, in one process and one environment; the rights of each are tested in test/contract. */
export const deployOperations = async (stores: Stores): Promise<DeployedOperations> => {
  let writes: string[] = [];
  const expressions = new Set<string>();
  const watch = (upstream: string, protocol: Protocol): Promise<GuardedService> =>
    guardService(upstream, protocol, ({ action, resource }) => {
      if (WRITES.test(action)) writes.push(`${action} ${resource}`);
      return true;
    });
  const [s3, sqs, cognito, kms] = await Promise.all([
    watch(stores.s3Url, S3),
    watch(stores.sqs.url, SQS),
    watch(stores.cognitoUrl, COGNITO),
    watch(stores.kmsUrl, KMS),
  ]);
  const urls = { dynamoDb: inject('dynamoDbUrl'), s3: s3.url, sqs: sqs.url, cognito: cognito.url, kms: kms.url };
  stubEnvironment(environmentOf(ALL_ACCESS, stores, urls));

  // Most requests go to the tables, and are noted where they are made: one more server between would cost as much as the table's own answer.
  const { documentClient } = await import('#shared/data/document-client.ts');
  const db = documentClient();
  db.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        writes.push(...writtenBy(commandName, args.input));
        for (const expression of expressionsIn(args.input)) expressions.add(expression);
        return next(args);
      },
    { step: 'initialize', name: 'noteWrites', override: true },
  );

  const load = async (resource: (typeof RESOURCES)[number], { id, operation }: RoutedOperation): Promise<Deployed> => {
    const folder = folderOf(resource, id);
    const file = new URL(`../../../functions/${folder}/handler.ts`, import.meta.url);
    const { handler } = HandlerModule.parse(await import(file.href));
    return { id, operation, event: recordedHttpEvent(folder), ask: asking(handler) };
  };
  const operations: Deployed[] = [];
  for (const resource of RESOURCES) {
    for (const one of operationsOf(resource)) operations.push(await load(resource, one));
  }
  return {
    db,
    operations,
    expressions,
    takeWrites: () => {
      const taken = writes;
      writes = [];
      return taken;
    },
    remove: async () => {
      forgetEnvironment();
      await Promise.all([s3, sqs, cognito, kms].map((service) => service.close()));
    },
  };
};
