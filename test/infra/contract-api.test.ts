import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseStage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';
import { synthesized } from './synthesized.ts';

const { ofType } = synthesized(
  parseStage('prod', {
    ...STAGES.prod,
    corsOrigins: ['https://one.example.org', 'https://two.example.org'],
    throttle: { rate: 7, burst: 9 },
  }),
);

const Stage = z.object({ AccessLogSettings: z.object({ Format: z.string() }) });

describe('HTTP API', () => {
  it('answers browsers from the origins of the settings, and shows them what they need to read', () => {
    expect(ofType('AWS::ApiGatewayV2::Api')).toMatchObject([
      {
        properties: {
          ProtocolType: 'HTTP',
          CorsConfiguration: {
            AllowOrigins: ['https://one.example.org', 'https://two.example.org'],
            AllowMethods: ['GET', 'PUT', 'POST', 'DELETE'],
            AllowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'accept-language'],
            ExposeHeaders: expect.arrayContaining(['etag', 'location', 'retry-after']),
          },
        },
      },
    ]);
  });

  it('throttles as the settings say, on the one stage without a path of its own', () => {
    expect(ofType('AWS::ApiGatewayV2::Stage')).toMatchObject([
      {
        properties: {
          StageName: '$default',
          AutoDeploy: true,
          DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 },
        },
      },
    ]);
  });

  it('logs ids, status and times alone: no address, path, header or claim', () => {
    const [stage] = ofType('AWS::ApiGatewayV2::Stage').map(({ properties }) => Stage.parse(properties));
    const format = z.record(z.string(), z.string()).parse(JSON.parse(stage?.AccessLogSettings.Format ?? ''));
    expect(Object.values(format).sort()).toEqual([
      '$context.authorizer.error',
      '$context.error.responseType',
      '$context.integrationErrorMessage',
      '$context.requestId',
      '$context.requestTimeEpoch',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  it('checks tokens of the user pool for its one client', () => {
    expect(ofType('AWS::ApiGatewayV2::Authorizer')).toMatchObject([
      {
        properties: {
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: {
            Audience: [{ 'Fn::ImportValue': expect.stringContaining('UserPoolClient') }],
            Issuer: { 'Fn::ImportValue': expect.stringContaining('UserPool') },
          },
        },
      },
    ]);
  });

  it('may call each function by the path of its own route alone', () => {
    const permissions = ofType('AWS::Lambda::Permission').filter(
      ({ properties }) => properties.Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(ofType('AWS::ApiGatewayV2::Route').length);
    for (const { properties } of permissions) expect(JSON.stringify(properties.SourceArn)).not.toMatch(/\/\*\/\*"/);
  });
});
