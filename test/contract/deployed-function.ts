import { inject } from 'vitest';
import * as z from 'zod';
import { ACCESS } from '#infra/access.ts';
import type { FunctionFolder, FunctionId } from '#infra/functions.ts';
import type { Access, GrantTarget } from '#infra/grants.ts';
import { JOBS, type Job } from '#infra/jobs.ts';
import { ALL_ACCESS, environmentOf, nameOf } from '#test/support/function-environment.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { forgetEnvironment, stubEnvironment } from '#test/support/stubbed-environment.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { type Demand, guardService } from './guarded-service.ts';
import { COGNITO, DYNAMODB, KMS, S3, SQS } from './service-protocols.ts';

type Handler = (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

const HandlerModule = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });

/** A function as it is deployed: its own handler.ts, with the environment and the rights of its line in infra/access.ts and no others. */
export interface DeployedFunction {
  invoke(event: unknown): Promise<unknown>;
  /** `action resource` of what it asked for without the right to. */
  denied(): readonly string[];
  remove(): Promise<void>;
}

const covers = (target: GrantTarget, resource: string, stores: Stores): boolean => {
  const name = nameOf(target, stores);
  switch (target.kind) {
    case 'table':
    case 'bucket':
    case 'userPool':
    case 'queue':
    case 'signingKey':
    case 'earlierSigningKeys':
      return resource === name;
    case 'index':
      return resource === `${name}/index/${target.index}`;
    case 'objects':
      return resource.startsWith(`${name}/${target.prefix}`);
    case 'mailSettings':
    case 'mailPassword':
    case 'webhookReach':
    case 'malwareScanning':
    case 'eventBus':
      return false;
  }
};

/** ms: a job's own time-out, or that of what somebody waits for. */
const timeoutOf = (id: FunctionId): number => {
  const jobs: Readonly<Record<string, Job>> = JOBS;
  const job = jobs[id];
  return (job === undefined ? 20 : (job.timeoutSeconds ?? 60)) * 1_000;
};

/** Loads a function anew: what its module reads from the environment is read again. One at a time, since there is one environment. */
export const deployFunction = async (
  id: FunctionId,
  folder: FunctionFolder,
  stores: Stores,
): Promise<DeployedFunction> => {
  const access: Access = ACCESS[id];
  const isGranted = ({ action, resource }: Demand): boolean =>
    access.some(({ actions, target }) => actions.includes(action) && covers(target, resource, stores));
  const dynamoDb = await guardService(inject('dynamoDbUrl'), DYNAMODB, isGranted);
  const s3 = await guardService(stores.s3Url, S3, isGranted);
  const sqs = await guardService(stores.sqs.url, SQS, isGranted);
  const cognito = await guardService(stores.cognitoUrl, COGNITO, isGranted);
  const kms = await guardService(stores.kmsUrl, KMS, isGranted);

  const urls = { dynamoDb: dynamoDb.url, s3: s3.url, sqs: sqs.url, cognito: cognito.url, kms: kms.url };
  const ofOthers = Object.fromEntries(ALL_ACCESS.map(({ variable }) => [variable, undefined]));
  stubEnvironment({ ...ofOthers, ...environmentOf(access, stores, urls) });
  const file = new URL(`../../functions/${folder}/handler.ts`, import.meta.url);
  const { handler } = HandlerModule.parse(await import(file.href));
  return {
    invoke: (event) => handler(event, lambdaContext(timeoutOf(id))),
    denied: () => [...dynamoDb.denied, ...s3.denied, ...sqs.denied, ...cognito.denied, ...kms.denied],
    remove: async () => {
      forgetEnvironment();
      await Promise.all([dynamoDb.close(), s3.close(), sqs.close(), cognito.close(), kms.close()]);
    },
  };
};
