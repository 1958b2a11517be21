import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { choosePort } from './choose-port.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { openFunctionLog } from './functions/function-log.ts';
import { openAccessLog } from './gateway/access-log.ts';
import { fetchAccessToken } from './identity/fetch-access-token.ts';
import { startKms } from './kms/start-kms.ts';
import { apiClient } from './seed/api-client.ts';
import { DEMO_MEMBERS } from './seed/demo-people.ts';
import { type SeededCall, seedCall } from './seed/seed-call.ts';
import { seedPeople } from './seed/seed-people.ts';
import { queueUrl } from './sqs/queue-url.ts';
import { createTables } from './stack/create-tables.ts';
import { openDataDirectory } from './stack/data-directory.ts';
import { ACCOUNT_ID, CREDENTIALS, REGION } from './stack/local-account.ts';
import { type StackRecord, writeStackRecord } from './stack/stack-file.ts';
import { startIssuer } from './stack/start-issuer.ts';
import { startServices } from './stack/start-services.ts';
import { startUserPool } from './stack/start-user-pool.ts';
import { createTeardown } from './stack/teardown.ts';
import type { LocalModel } from './template/local-model.ts';
import { readModel } from './template/read-model.ts';
import { synthesize } from './template/synthesize.ts';

export interface StackOptions {
  /** The gateway's; any free one without it. */
  port?: number;
  /** Kept between starts; all is temporary without it. */
  dataDir?: string;
  /** Starts empty and keeps nothing in `dataDir` but stack.json and logs. */
  fresh?: boolean;
  /** How long a minute of the template's schedules takes, in seconds. */
  tickSeconds?: number;
  /** Whether the functions' logs go to standard output too. */
  showLogs?: boolean;
  /** ISO instant that stands for the example call's printed deadline. */
  callCloses?: string;
  /** Without `callCloses`: ms from publishing the example call to its deadline; 14 days without either. */
  callLasts?: number;
}

/** The whole system, running on this machine, with the demo people and the Changde call in it. */
export interface Stack {
  /** `http://localhost:PORT`. */
  url: string;
  record: StackRecord;
  model: LocalModel;
  call: SeededCall;
  /** An access token of a demo user. @throws Error for an unknown name */
  token(name: string): Promise<string>;
  stop(): Promise<void>;
}

const FORTNIGHT = 14 * 86_400_000;

const queueUrls = (model: LocalModel, sqsUrl: string): Record<string, string> =>
  Object.fromEntries(model.queues.map(({ name }) => [name, queueUrl(sqsUrl, name)]));

const tableNames = (model: LocalModel): Record<string, string> =>
  Object.fromEntries(model.tables.map(({ logicalId, create }) => [logicalId, create.TableName]));

const bucketNames = (model: LocalModel): Record<string, string> =>
  Object.fromEntries(model.buckets.map(({ logicalId, name }) => [logicalId, name]));

/**
 * Starts everything that the template asks for: tables, buckets, tokens, functions, routes, schedules, events.
 * @throws CannotStart for what the person at this machine has to put right; everything started is stopped again
 */
export const startStack = async (options: StackOptions = {}): Promise<Stack> => {
  const { tickSeconds = 60, showLogs = false, callLasts = FORTNIGHT } = options;
  const teardown = createTeardown();
  try {
    const port = await choosePort(options.port ?? 0);
    const url = `http://localhost:${port}`;
    const data = await openDataDirectory(options.dataDir, options.fresh ?? false);
    teardown.add(data.clear);
    const dynamoDb = await startDynamoDb(data.kept ? { directory: data.kept.dynamoDb } : {});
    teardown.add(dynamoDb.stop, 4_000);
    // The template's functions are told the queues' URLs before these are served.
    const sqsUrl = `http://127.0.0.1:${await choosePort(0)}`;
    const account = { region: REGION, accountId: ACCOUNT_ID, apiUrl: url, sqsUrl };
    const model = readModel(await synthesize(), account);

    const client = new DynamoDBClient({ endpoint: dynamoDb.url, region: REGION, credentials: { ...CREDENTIALS } });
    teardown.add(() => client.destroy());
    await createTables(client, model.tables);
    const tables = tableNames(model);
    await seedPeople(DynamoDBDocumentClient.from(client), {
      organizations: tables.OrganizationsTable ?? '',
      memberships: tables.MembershipsTable ?? '',
    });

    const identity = await startIssuer({
      audience: model.api.authorizer?.audience[0] ?? '',
      users: DEMO_MEMBERS,
      ...(data.kept ? { keyFile: data.kept.keyFile } : {}),
      ...(data.previousIssuer === undefined ? {} : { previousIssuer: data.previousIssuer }),
    });
    teardown.add(identity.close);
    const userPool = await startUserPool(model.userPool, identity, data.kept?.users);
    teardown.add(userPool.close);
    const kms = await startKms({ port: 0, account, keyIds: model.signingKeys, keyFile: data.kept?.kmsKeys });
    teardown.add(kms.close);

    const functionLog = join(data.records, 'logs', 'functions.log');
    const log = openFunctionLog(functionLog, showLogs);
    teardown.add(log.close);
    const accessFile = join(data.records, 'logs', 'access.log');
    const accessLog = openAccessLog(accessFile);
    teardown.add(accessLog.close);
    const serviceUrls = await startServices({
      model,
      account,
      port,
      issuer: identity.issuer,
      dynamoDbUrl: dynamoDb.url,
      cognitoUrl: userPool.endpoint,
      kmsUrl: kms.endpoint,
      data,
      tickSeconds,
      log,
      accessLog,
      teardown,
    });

    const record: StackRecord = {
      pid: process.pid,
      url,
      issuer: identity.issuer,
      region: REGION,
      dynamoDbUrl: dynamoDb.url,
      sqsUrl,
      ...serviceUrls,
      cognitoUrl: userPool.endpoint,
      kmsUrl: kms.endpoint,
      userPoolClientId: userPool.clientId,
      ...CREDENTIALS,
      tables,
      buckets: bucketNames(model),
      queues: queueUrls(model, sqsUrl),
      functionLog,
      accessLog: accessFile,
    };
    await writeStackRecord(data.records, record);
    const token = (name: string): Promise<string> => fetchAccessToken(identity.issuer, name);
    const closes = options.callCloses ?? new Date(Date.now() + callLasts).toISOString();
    const call = await seedCall(apiClient(url, await token('officer')), closes);
    return { url, record, model, call, token, stop: teardown.run };
  } catch (error) {
    await teardown.run();
    throw error;
  }
};
