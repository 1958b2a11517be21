import { inject, vi } from 'vitest';
import * as z from 'zod';
import { ACCESS } from '#infra/access.ts';
import { type FunctionFolder, type FunctionId, folderOf, JOB_IDS, operationsOf, RESOURCES } from '#infra/functions.ts';
import type { Access, GrantTarget } from '#infra/grants.ts';
import type { JobId } from '#infra/jobs.ts';
import { queueUrl } from '#infra/local/sqs/queue-url.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { findStage } from '#infra/stage.ts';
import type { Operation } from '#shared/contract/operation.ts';
import type { OperationId } from '#shared/contract/operations.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import type { Stores } from '#test/support/world-stores.ts';

type Handler = (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

const HandlerModule = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });

/** An operation of the contract and the function behind it. */
export interface AttackedOperation {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly folder: FunctionFolder;
}

export const ATTACKED: readonly AttackedOperation[] = RESOURCES.flatMap((resource) =>
  operationsOf(resource).map(({ id, operation }) => ({ id, operation, folder: folderOf(resource, id) })),
);

/** Every function's own handler.ts in one process: rights are the contract tests' concern, here each may reach all stores. */
export interface WholeSystem {
  /** Hands a function its event, with `remainingMs` of its time left. */
  invoke(id: OperationId | JobId, event: unknown, remainingMs?: number): Promise<unknown>;
}

/** What a variable of infra/access.ts holds. Undefined for what the stage local does not have. */
const valueFor = (target: GrantTarget, stores: Stores, sqsUrl: string): string | undefined => {
  switch (target.kind) {
    case 'table':
    case 'index':
      return stores.tables[target.table];
    case 'bucket':
    case 'objects':
      return stores.buckets[target.bucket];
    case 'userPool':
      return stores.userPool.id;
    case 'queue':
      return queueUrl(sqsUrl, stores.queues[target.queue]);
    case 'mailSettings':
      return JSON.stringify(findStage('local').mail);
    case 'webhookReach':
      return findStage('local').webhooks;
    case 'malwareScanning':
      // None of its attacks waits for a scan.
      return 'none';
    case 'mailPassword':
    case 'eventBus':
      return undefined;
    case 'signingKey':
      return stores.signingKeys.current;
    case 'earlierSigningKeys':
      return stores.signingKeys.earlier;
  }
};

/** Where the services are; those of the stores where nothing else is said. */
interface Endpoints {
  readonly dynamoDb?: string;
  readonly s3?: string;
  readonly sqs?: string;
  readonly cognito?: string;
  readonly kms?: string;
  readonly ses?: string;
}

/** Loads all functions once, with the environment of all of them together. */
export const loadWholeSystem = async (stores: Stores, endpoints: Endpoints = {}): Promise<WholeSystem> => {
  const lines: readonly Access[] = Object.values(ACCESS);
  // The SDK goes by a queue's URL.
  const sqsUrl = endpoints.sqs ?? stores.sqs.url;
  for (const { variable, target } of lines.flat()) vi.stubEnv(variable, valueFor(target, stores, sqsUrl));
  vi.stubEnv('AWS_REGION', REGION);
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoints.dynamoDb ?? inject('dynamoDbUrl'));
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoints.s3 ?? stores.s3Url);
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', sqsUrl);
  vi.stubEnv('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', endpoints.cognito ?? stores.cognitoUrl);
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', endpoints.kms ?? stores.kmsUrl);
  vi.stubEnv('AWS_ENDPOINT_URL_SESV2', endpoints.ses);

  const folders: readonly (readonly [FunctionId, FunctionFolder])[] = [
    ...ATTACKED.map(({ id, folder }) => [id, folder] as const),
    ...JOB_IDS.map((id) => [id, folderOf('jobs', id)] as const),
  ];
  const handlers = new Map<string, Handler>();
  for (const [id, folder] of folders) {
    const file = new URL(`../../functions/${folder}/handler.ts`, import.meta.url);
    handlers.set(id, HandlerModule.parse(await import(file.href)).handler);
  }
  return {
    invoke: (id, event, remainingMs = 20_000) => {
      const handler = handlers.get(id);
      if (handler === undefined) throw new Error(`No function ${id} was loaded.`);
      return handler(event, lambdaContext(remainingMs));
    },
  };
};
