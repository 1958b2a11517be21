import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FirewallStack } from '#infra/stacks/firewall.ts';
import { edgeStage } from './edge-stage.ts';
import { propertiesOf } from './properties-of.ts';

const Rule = z.looseObject({
  Name: z.string(),
  Priority: z.int(),
  Action: z.unknown().optional(),
  OverrideAction: z.unknown().optional(),
  Statement: z.record(z.string(), z.record(z.string(), z.unknown())),
});
const Firewall = z.looseObject({
  Rules: z.array(Rule),
  CustomResponseBodies: z.unknown(),
  DataProtectionConfig: z.unknown(),
});

const templateOf = (settings: object): Template => {
  const stage = edgeStage({ firewall: settings });
  if (stage.firewall === undefined) throw new Error('the stage has no firewall');
  return Template.fromStack(new FirewallStack(new App(), 'firewall', stage, stage.firewall));
};
const firewallOf = (settings: object) => {
  const { Firewall: properties } = propertiesOf(templateOf(settings), 'AWS::WAFv2::WebACL');
  return Firewall.parse(properties);
};
const rulesOf = (firewall: object) => new Map(firewallOf(firewall).Rules.map((rule) => [rule.Name, rule]));

describe('firewall', () => {
  it('tells its ARN, which the settings of the edge name', () => {
    expect(templateOf({}).toJSON().Outputs).toMatchObject({
      FirewallArn: { Value: { 'Fn::GetAtt': ['Firewall', 'Arn'] } },
    });
  });

  it('is one for CloudFront, which lets pass what no rule blocks', () => {
    expect(firewallOf({})).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
  });

  it('refuses an address beyond 10,000 requests in five minutes as the gateway refuses what is too much', () => {
    expect(rulesOf({}).get('PerAddress')).toMatchObject({
      Priority: 0,
      Action: { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'TooMany' } } },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 10_000, EvaluationWindowSec: 300 } },
    });
    expect(firewallOf({}).CustomResponseBodies).toEqual({
      TooMany: { ContentType: 'APPLICATION_JSON', Content: '{"message":"Too Many Requests"}' },
    });
    expect(rulesOf({ requestsPerAddress: 500 }).get('PerAddress')?.Statement.RateBasedStatement?.Limit).toBe(500);
  });

  it('blocks by the rules of AWS, but counts alone what large bodies and free text would meet', () => {
    const rules = rulesOf({});
    expect([...rules.keys()]).toEqual(['PerAddress', 'IpReputation', 'KnownBadInputs', 'Common']);
    for (const name of ['IpReputation', 'KnownBadInputs', 'Common']) {
      expect(rules.get(name)).toMatchObject({ OverrideAction: { None: {} } });
    }
    const counted = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY'];
    expect(rules.get('Common')?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides).toEqual(
      expect.arrayContaining(counted.map((Name) => ({ Name, ActionToUse: { Count: {} } }))),
    );
  });

  it('only counts what they would block where the stage says so; the limit holds', () => {
    const rules = rulesOf({ managedRules: 'count' });
    for (const name of ['IpReputation', 'KnownBadInputs', 'Common']) {
      expect(rules.get(name)).toMatchObject({ OverrideAction: { Count: {} } });
    }
    expect(rules.get('PerAddress')).toHaveProperty('Action.Block');
  });

  it('shows in samples neither tokens nor queries nor bodies', () => {
    expect(firewallOf({}).DataProtectionConfig).toEqual({
      DataProtections: [
        { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization'] } },
        { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
        { Action: 'SUBSTITUTION', Field: { FieldType: 'BODY' } },
      ],
    });
  });
});
