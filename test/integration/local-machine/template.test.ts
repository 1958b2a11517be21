import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalModel } from '#infra/local/template/local-model.ts';
import { readAssembly } from '#infra/local/template/read-assembly.ts';
import { readMapping } from '#infra/local/template/read-mapping.ts';
import { readModel } from '#infra/local/template/read-model.ts';
import { resolveAssembly } from '#infra/local/template/resolve-assembly.ts';
import { findStage } from '#infra/stage.ts';
import { synthesizeStage } from '#infra/synthesize.ts';
import type { Operation } from '#shared/contract/operation.ts';
import { OPERATIONS } from '#shared/contract/operations.ts';
import { SIGNING_KEY } from '#test/support/kms.ts';
import { USER_POOL } from '#test/support/serve-user-pool.ts';

const ACCOUNT = {
  region: 'ap-east-1',
  accountId: '000000000000',
  apiUrl: 'http://localhost:4000',
  sqsUrl: 'http://127.0.0.1:4001',
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'template-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe("the app's own template", () => {
  let model: LocalModel;
  beforeAll(() => {
    const code = join(directory, 'code');
    mkdirSync(code);
    writeFileSync(join(code, 'handler.mjs'), 'export const handler = async () => null;');
    synthesizeStage(findStage('local'), () => Code.fromAsset(code), join(directory, 'assembly'));
    model = readModel(join(directory, 'assembly'), ACCOUNT);
    // The rules of cdk-nag take seconds on an idle machine, half a minute on one that is busy.
  }, 120_000);

  test('has a route for every operation, signed in where the contract says so', () => {
    const operations = Object.values(OPERATIONS).flatMap((each): Operation[] => Object.values(each));
    const expected = operations.map(({ method, path, access }) => [`${method} ${path}`, access === 'signedIn']);
    const served = model.api.routes.map(({ routeKey, authorized }) => [routeKey, authorized]);
    expect(served).toEqual(expect.arrayContaining(expected));
    expect(model.api).toMatchObject({ authorizer: { audience: ['UserPoolClient'] }, throttle: { rateLimit: 220 } });
  });

  test('gives each route a function that is there, with its bundle', () => {
    const names = model.functions.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(model.api.routes.map(({ functionName }) => functionName)));
    expect(new Set(model.functions.map(({ handler }) => handler))).toEqual(new Set(['handler.handler']));
  });

  test('tells functions the names of tables and buckets across stacks', () => {
    const submit = model.functions.find(({ name }) => name.startsWith('submitSubmission'));
    expect(submit).toMatchObject({
      timeoutSeconds: 20,
      memoryMegabytes: 1_024,
      environment: { SUBMISSIONS_TABLE: 'SubmissionsTable', ATTACHMENTS_BUCKET: 'attachmentsbucket' },
    });
    expect(model.tables.map(({ create }) => create.TableName)).toContain('SubmissionsTable');
    expect(model.buckets.map(({ name }) => name)).toContain('attachmentsbucket');
  });

  test('has the user pool of the template, with its password policy and its own attributes', () => {
    expect(model.userPool).toEqual(USER_POOL);
  });

  test('has the key that signs', () => {
    expect(model.signingKeys).toEqual([SIGNING_KEY]);
  });

  test('has the queue, with its dead letters', () => {
    expect(model.queues).toContainEqual({
      name: 'MessagesQueue',
      attributes: {
        VisibilityTimeout: '360',
        MessageRetentionPeriod: '345600',
        DelaySeconds: '0',
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: 'arn:aws:sqs:ap-east-1:000000000000:DeadLetters',
          maxReceiveCount: 10,
        }),
      },
    });
    expect(model.queues.map(({ name }) => name)).toContain('DeadLetters');
  });

  test('tries an upload again and a tick not, and names their dead letters', () => {
    const ofJob = (id: string) => model.invokeConfigs.find(({ functionName }) => functionName.startsWith(id));
    const deadLetters = 'DeadLetters';
    expect(ofJob('advanceCalls')).toMatchObject({ retries: 0, deadLetters });
    expect(ofJob('admitAttachment')).toMatchObject({ retries: 2, deadLetters });
  });

  test('streams the history', () => {
    const history = model.tables.find(({ logicalId }) => logicalId === 'HistoryTable');
    expect(history?.create.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
  });

  test('admits uploads by event and closes calls by schedule', () => {
    expect(model.rules).toContainEqual(
      expect.objectContaining({
        pattern: {
          source: ['aws.s3'],
          'detail-type': ['Object Created'],
          detail: { bucket: { name: ['attachmentsbucket'] } },
        },
        functionNames: [expect.stringMatching(/^admitAttachment/)],
      }),
    );
    expect(model.schedules).toContainEqual(
      expect.objectContaining({ periodSeconds: 60, functionName: expect.stringMatching(/^advanceCalls/) }),
    );
  });
});

const writeAssembly = (name: string, resources: Record<string, unknown>): string => {
  const assembly = join(directory, name);
  mkdirSync(assembly);
  const write = (file: string, content: unknown) => writeFileSync(join(assembly, file), JSON.stringify(content));
  const properties = { templateFile: 'one.template.json' };
  write('manifest.json', { artifacts: { one: { type: 'aws:cloudformation:stack', properties } } });
  write('one.template.json', { Resources: resources });
  return assembly;
};

describe('event source mappings', () => {
  const base = { FunctionName: 'work', FunctionResponseTypes: ['ReportBatchItemFailures'] };
  const read = (name: string, properties: Record<string, unknown>) => {
    const resources = { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { ...base, ...properties } } };
    const assembly = readAssembly(writeAssembly(name, resources));
    return resolveAssembly(assembly, ACCOUNT).map(readMapping);
  };

  test('of a queue are understood', () => {
    const properties = {
      EventSourceArn: 'arn:aws:sqs:ap-east-1:000000000000:MailQueue',
      BatchSize: 5,
      ScalingConfig: { MaximumConcurrency: 3 },
    };
    expect(read('of-a-queue', properties)).toEqual([
      {
        kind: 'queue',
        name: 'Mapping',
        functionName: 'work',
        queueName: 'MailQueue',
        batchSize: 5,
        reportsFailures: true,
        concurrency: 3,
      },
    ]);
  });

  test('of a stream are understood', () => {
    const properties = {
      EventSourceArn: 'arn:aws:dynamodb:ap-east-1:000000000000:table/HistoryTable/stream/latest',
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 50,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-east-1:000000000000:Dead' } },
    };
    expect(read('of-a-stream', properties)).toEqual([
      {
        kind: 'stream',
        name: 'Mapping',
        functionName: 'work',
        tableName: 'HistoryTable',
        batchSize: 50,
        reportsFailures: true,
        bisects: true,
        retries: 5,
        oldest: Number.POSITIVE_INFINITY,
        patterns: [{ eventName: ['INSERT'] }],
        deadLetters: 'Dead',
      },
    ]);
  });

  test('are refused for what would be handed over otherwise', () => {
    const properties = { EventSourceArn: 'arn:aws:sqs:ap-east-1:000000000000:MailQueue', BatchSize: 100 };
    expect(() => read('too-large', properties)).toThrow(/BatchSize/);
    const filtered = { ...properties, BatchSize: 1, FilterCriteria: { Filters: [] } };
    expect(() => read('filtered', filtered)).toThrow(/FilterCriteria/);
  });
});

test('refuses a resource that it cannot serve, by its name', () => {
  const assembly = writeAssembly('unknown', { Stream: { Type: 'AWS::Kinesis::Stream' } });
  expect(() => readModel(assembly, ACCOUNT)).toThrow('does not serve one/Stream (AWS::Kinesis::Stream)');
});

test('refuses a property that would change what is served, by its resource', () => {
  const stage = {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { StageName: 'v1', DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } },
  };
  const assembly = writeAssembly('stage', { Stage: stage });
  expect(() => readModel(assembly, ACCOUNT)).toThrow(/one\/Stage \(AWS::ApiGatewayV2::Stage\) is not understood/);
});

test('refuses an intrinsic function that it has no meaning for', () => {
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: { 'Fn::Cidr': [] } } };
  const assembly = writeAssembly('intrinsic', { Table: table });
  expect(() => readModel(assembly, ACCOUNT)).toThrow('Fn::Cidr has no meaning on this machine');
});
