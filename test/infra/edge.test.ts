import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseStage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';
import { EDGE, edgeStage } from './edge-stage.ts';
import { synthesized } from './synthesized.ts';

// Fails to synthesise on a finding of cdk-nag that nobody acknowledged.
const { stacks, ofType } = synthesized(edgeStage());
const firewallAlone = synthesized(parseStage('prod', { ...STAGES.prod, firewall: {} }));

const WithVariables = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

const Behaviour = z.looseObject({
  PathPattern: z.string().optional(),
  ViewerProtocolPolicy: z.string(),
  AllowedMethods: z.array(z.string()),
  CachePolicyId: z.unknown(),
  OriginRequestPolicyId: z.string(),
});
const Distribution = z.object({
  DistributionConfig: z.looseObject({
    DefaultCacheBehavior: Behaviour,
    CacheBehaviors: z.array(Behaviour),
    Origins: z.array(z.record(z.string(), z.unknown())),
  }),
});

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html and …-cache-policies.html
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const CORS_HEADERS = '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf';

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html#HTTPStatusCodes-cached-errors
const KEPT_ERRORS = [404, 405, 414, 500, 501, 502, 503, 504];

const distribution = () => {
  const [only, ...more] = ofType('AWS::CloudFront::Distribution');
  expect(more).toEqual([]);
  return { logicalId: only?.logicalId, ...Distribution.parse(only?.properties).DistributionConfig };
};

describe('CloudFront in front of the API', () => {
  it('answers at the stage’s own domain, by TLS 1.2 and newer, HTTP/2 and HTTP/3, behind the firewall', () => {
    expect(distribution()).toMatchObject({
      logicalId: 'Distribution',
      Aliases: ['api.shenbao.example.org'],
      HttpVersion: 'http2and3',
      PriceClass: 'PriceClass_200',
      WebACLId: EDGE.firewallArn,
      ViewerCertificate: { AcmCertificateArn: EDGE.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    expect(distribution()).not.toHaveProperty('Logging');
  });

  it('asks the API over TLS alone, with the first secret, and waits longer than the gateway does', () => {
    expect(distribution().Origins).toMatchObject([
      {
        CustomOriginConfig: {
          OriginProtocolPolicy: 'https-only',
          OriginSSLProtocols: ['TLSv1.2'],
          OriginReadTimeout: 35,
        },
        OriginCustomHeaders: [
          {
            HeaderName: 'x-shenbao-origin',
            HeaderValue: '{{resolve:secretsmanager:shenbao/prod/origin-b:SecretString}}',
          },
        ],
      },
    ]);
    expect(JSON.stringify(distribution().Origins)).toContain('.execute-api.ap-east-1.');
  });

  it('hands every method and header on, and keeps no reply, but those that are the same for everybody', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = distribution();
    expect(DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
    });
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/docs',
      '/docs/*',
      '/openapi.json',
      '/schemas/*',
      '/.well-known/jwks.json',
    ]);
    for (const behaviour of CacheBehaviors) {
      expect(behaviour).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        OriginRequestPolicyId: CORS_HEADERS,
      });
    }
    expect(ofType('AWS::CloudFront::CachePolicy')).toMatchObject([
      {
        properties: {
          CachePolicyConfig: {
            MinTTL: 0,
            DefaultTTL: 0,
            MaxTTL: 3_600,
            ParametersInCacheKeyAndForwardedToOrigin: {
              HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
              QueryStringsConfig: { QueryStringBehavior: 'none' },
              CookiesConfig: { CookieBehavior: 'none' },
            },
          },
        },
      },
    ]);
  });

  it('keeps none of the errors that it keeps by itself, even where nothing else is kept, so that nobody gets another one’s', () => {
    expect(distribution()).toHaveProperty(
      'CustomErrorResponses',
      KEPT_ERRORS.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  it('tells every function behind the API of both secrets, and no job', () => {
    const expected = EDGE.originSecrets.map((name) => `{{resolve:secretsmanager:${name}:SecretString}}`).join(',');
    for (const { stack, logicalId, properties } of ofType('AWS::Lambda::Function')) {
      const { Variables } = WithVariables.parse(properties).Environment;
      expect(Variables.ORIGIN_SECRETS, logicalId).toBe(stack === 'jobs' ? undefined : expected);
    }
  });

  it('keeps each template under the 60 dynamic references that CloudFormation takes', () => {
    for (const [name, template] of stacks) {
      expect(JSON.stringify(template).split('{{resolve:').length - 1, name).toBeLessThan(60);
    }
  });

  it('comes after its firewall: a stage may have that alone, without which nothing is asked for', () => {
    expect([...firewallAlone.stacks.keys()].filter((name) => ['edge', 'firewall'].includes(name))).toEqual([
      'firewall',
    ]);
    for (const { properties } of firewallAlone.ofType('AWS::Lambda::Function')) {
      expect(WithVariables.parse(properties).Environment.Variables).not.toHaveProperty('ORIGIN_SECRETS');
    }
  });
});

describe('settings of the edge', () => {
  it.each([
    [
      'a certificate elsewhere',
      { certificateArn: EDGE.certificateArn.replace('us-east-1', 'ap-east-1') },
      /edge\.certificateArn: .*us-east-1 alone/,
    ],
    [
      'a firewall elsewhere',
      { firewallArn: EDGE.firewallArn.replace('us-east-1', 'ap-east-1') },
      /edge\.firewallArn: .*in us-east-1/,
    ],
    [
      'a firewall of regional scope',
      { firewallArn: EDGE.firewallArn.replace('global', 'regional') },
      /edge\.firewallArn: .*scope CLOUDFRONT alone/,
    ],
    ['no secret', { originSecrets: [] }, /edge\.originSecrets: /],
    [
      'the same secret twice',
      { originSecrets: ['one', 'one'] },
      /edge\.originSecrets: the two secrets must be different/,
    ],
    [
      'a secret that leaves its reference',
      { originSecrets: ['x}}{{resolve:ssm:y'] },
      /edge\.originSecrets\.0: a name in Secrets Manager/,
    ],
    ['an address in place of a domain', { domain: 'https://api.example.org/' }, /edge\.domain: /],
  ])('refuse %s', (_, edge, sentence) => {
    expect(() => edgeStage({ edge })).toThrow(sentence);
  });

  it('refuse CloudFront and firewall in aws-cn, and say what to do instead', () => {
    const china = STAGES['prod-cn'];
    expect(() => parseStage('prod-cn', { ...china, edge: EDGE })).toThrow(
      /edge: AWS WAF guards no CloudFront in aws-cn/,
    );
    expect(() => parseStage('prod-cn', { ...china, firewall: {} })).toThrow(/firewall: .* leave edge and firewall out/);
  });
});
