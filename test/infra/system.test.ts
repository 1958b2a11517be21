import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FUNCTION_FOLDERS, operationsOf, RESOURCES } from '#infra/functions.ts';
import { JOBS, type Job } from '#infra/jobs.ts';
import { findStage } from '#infra/stage.ts';
import { MADE_BY } from '#shared/identity/user-directory.ts';
import { type Synthesized, synthesized } from './synthesized.ts';

// Each of these fails to synthesise on a finding of cdk-nag that nobody acknowledged.
const STAGES: Record<string, Synthesized> = {
  aws: synthesized(findStage('prod')),
  'aws with tracing': synthesized(findStage('dev')),
  'aws-cn': synthesized(findStage('prod-cn')),
  local: synthesized(findStage('local')),
};

const WithPool = z.object({ Environment: z.object({ Variables: z.object({ USER_POOL_ID: z.unknown() }) }) });

/** The functions that are told of a user pool, by id. */
const withPool = ({ ofType }: Pick<Synthesized, 'ofType'>): string[] =>
  ofType('AWS::Lambda::Function')
    .filter(({ properties }) => WithPool.safeParse(properties).success)
    .map(({ logicalId }) => logicalId.replace(/Function[0-9A-F]{8}$/, ''))
    .sort();

const Route = z.object({ RouteKey: z.string(), AuthorizationType: z.string(), AuthorizerId: z.unknown().optional() });
const Alarm = z.object({ AlarmDescription: z.string(), AlarmActions: z.array(z.unknown()).optional() });

describe.each(Object.entries(STAGES))('system in %s', (_partition, { stacks, ofType }) => {
  // Where nothing is scanned, nothing keeps what a scan has found.
  const isScanned = ofType('AWS::GuardDuty::MalwareProtectionPlan').length > 0;
  const functions = isScanned ? FUNCTION_FOLDERS.length : FUNCTION_FOLDERS.length - 1;
  const routes = ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => Route.parse(properties));

  it('keeps every stack under 350 resources', () => {
    for (const [name, { Resources }] of stacks) {
      expect(Object.keys(Resources).length, name).toBeLessThan(350);
    }
  });

  it('routes every operation of the contract, and the static answers, and nothing else', () => {
    const operations = RESOURCES.flatMap(operationsOf).map(({ operation }) => `${operation.method} ${operation.path}`);
    const pages = ['GET /openapi.json', 'GET /schemas/call', 'GET /docs', 'GET /docs/{asset}'];
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual([...operations, ...pages].sort());
  });

  it.each(RESOURCES.flatMap(operationsOf).map(({ id, operation }) => [id, operation] as const))(
    'asks for a token before %s exactly if its operation is for the signed in',
    (_id, { method, path, access }) => {
      const route = routes.find(({ RouteKey }) => RouteKey === `${method} ${path}`);
      expect(route?.AuthorizationType).toBe(access === 'signedIn' ? 'JWT' : 'NONE');
      expect(route?.AuthorizerId !== undefined).toBe(access === 'signedIn');
    },
  );

  it('has a function for each operation and job, and one for static answers', () => {
    expect(ofType('AWS::Lambda::Function')).toHaveLength(functions);
  });

  it('runs every function on arm64 Node 24, for 20 s behind the API and as long as jobs.ts says elsewhere, and reserves no concurrency', () => {
    const seconds = new Map<string, number>(
      Object.entries<Job>(JOBS).map(([id, { timeoutSeconds = 60 }]) => [id, timeoutSeconds]),
    );
    for (const { logicalId, properties } of ofType('AWS::Lambda::Function')) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'handler.handler' });
      expect(properties.Timeout).toBe(seconds.get(logicalId.replace(/Function[0-9A-F]{8}$/, '')) ?? 20);
      expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });

  it('logs JSON into groups of its own that forget', () => {
    for (const { properties } of ofType('AWS::Lambda::Function')) {
      expect(properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', LogGroup: expect.anything() });
    }
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functions + 1);
    for (const { properties } of groups) expect(properties.RetentionInDays).toEqual(expect.any(Number));
  });

  it('has at most ten alarms, and each says who is hurt', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm').map(({ properties }) => Alarm.parse(properties));
    expect(alarms.length).toBeGreaterThan(0);
    expect(alarms.length).toBeLessThanOrEqual(10);
    for (const { AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(/^Who is hurt: .{20,} Look first: .{10,}/);
    }
  });

  it('needs no custom resource', () => {
    expect(ofType('AWS::CloudFormation::CustomResource')).toEqual([]);
  });
});

describe('identity', () => {
  const { stacks, ofType } = STAGES.aws ?? synthesized(findStage('prod'));

  it('keeps the pinned user pool, in which nobody signs up', () => {
    expect(stacks.get('identity')?.Resources).toMatchObject({
      UserPool: {
        Type: 'AWS::Cognito::UserPool',
        DeletionPolicy: 'Retain',
        Properties: {
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
          DeletionProtection: 'ACTIVE',
          UsernameConfiguration: { CaseSensitive: false },
          Schema: [{ Name: MADE_BY.replace('custom:', ''), AttributeDataType: 'String', Mutable: true }],
        },
      },
      UserPoolClient: { Properties: { GenerateSecret: false, AllowedOAuthFlowsUserPoolClient: false } },
    });
  });

  it('lets nobody who signed in say who made their account', () => {
    expect(ofType('AWS::Cognito::UserPoolClient')).toMatchObject([{ properties: { WriteAttributes: ['locale'] } }]);
  });

  it('tells the functions that keep accounts which pool it is, and no others', () => {
    expect(withPool({ ofType })).toEqual([
      'createAccount',
      'disableAccount',
      'enableAccount',
      'listAccounts',
      'resetAccount',
    ]);
  });

  it('tells the functions of signed-in operations how an access token is known', () => {
    const withRule = ofType('AWS::Lambda::Function').filter(
      ({ properties }) =>
        z
          .object({ Environment: z.object({ Variables: z.object({ ACCESS_TOKEN_CLAIM: z.literal('token_use') }) }) })
          .safeParse(properties).success,
    );
    const signedIn = RESOURCES.flatMap(operationsOf).filter(({ operation }) => operation.access === 'signedIn');
    expect(withRule).toHaveLength(signedIn.length);
  });

  it('is somebody else’s in aws-cn: no user pool, and no X-Ray', () => {
    const china = STAGES['aws-cn'] ?? synthesized(findStage('prod-cn'));
    expect(china.stacks.has('identity')).toBe(false);
    expect(withPool(china)).toEqual([]);
    expect(JSON.stringify(china.ofType('AWS::IAM::Policy'))).not.toContain('cognito-idp:');
    expect(china.ofType('AWS::ApiGatewayV2::Authorizer')).toMatchObject([
      { properties: { JwtConfiguration: { Issuer: 'https://login.example.org/realms/shenbao' } } },
    ]);
    for (const { properties } of china.ofType('AWS::Lambda::Function')) {
      expect(properties).not.toHaveProperty('TracingConfig');
    }
  });
});
