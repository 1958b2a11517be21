import type { LocalFunction } from '../template/local-model.ts';
import { FunctionError } from './function-error.ts';
import type { FunctionLog } from './function-log.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';

/** Where the functions' SDK clients find the services of this machine. */
export interface LocalServices {
  dynamoDbUrl: string;
  /** With an IP address as its host: the SDK's endpoint rules then address buckets by path, without being told. */
  s3Url: string;
  cognitoUrl: string;
  kmsUrl: string;
  /** The queues' URLs begin with it: the SDK goes by them, and warns where they differ. */
  sqsUrl: string;
  sesUrl: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface Functions {
  /**
   * Runs a function on an event and waits for its result.
   * @throws FunctionError when it failed, ran out of time or did not load
   */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

// As Lambda's own: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
const environmentOf = (definition: LocalFunction, services: LocalServices): Record<string, string> => ({
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  PATH: process.env.PATH ?? '',
  AWS_REGION: services.region,
  AWS_DEFAULT_REGION: services.region,
  AWS_ACCESS_KEY_ID: services.accessKeyId,
  AWS_SECRET_ACCESS_KEY: services.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: services.dynamoDbUrl,
  AWS_ENDPOINT_URL_S3: services.s3Url,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: services.cognitoUrl,
  AWS_ENDPOINT_URL_KMS: services.kmsUrl,
  AWS_ENDPOINT_URL_SQS: services.sqsUrl,
  AWS_ENDPOINT_URL_SESV2: services.sesUrl,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: definition.directory,
  _HANDLER: definition.handler,
  ...definition.environment,
});

/** Runs the template's functions from their bundles; nothing of the machine's own environment reaches them. */
export const startFunctions = (
  definitions: readonly LocalFunction[],
  services: LocalServices,
  log: FunctionLog,
): Functions => {
  const pools = new Map<string, FunctionPool>(
    definitions.map((each) => [each.name, createFunctionPool(each, environmentOf(each, services), log)]),
  );
  return {
    invoke: async (functionName, event) => {
      const pool = pools.get(functionName);
      if (!pool) throw new Error(`The template has no function "${functionName}".`);
      return pool.invoke(event).catch((error: unknown) => {
        // As Lambda writes to the function's log: one that does not load has no other way to say why.
        if (error instanceof FunctionError) log.write(functionName, JSON.stringify(error.reported));
        throw error;
      });
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
};
