import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { EDGE_REGION, type FirewallSettings } from '../edge.ts';
import type { Stage } from '../stage.ts';

const FIVE_MINUTES_SECONDS = 300;

/**
 * Rules that count and never block. Answers are free text and JSON that nothing here runs or renders as it is, and a body may have 10 MB, of which WAF sees 16 KB: a submit
 * refused in the last minute for the words in it would be the greater harm. A program of a unit may come without User-Agent.
 */
const COUNTED_ONLY = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'EC2MetaDataSSRF_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'NoUserAgent_HEADER',
];

/** AWS's own groups, 925 of the 1,500 capacity units that the price of a web ACL includes. https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const MANAGED = [
  { name: 'IpReputation', group: 'AWSManagedRulesAmazonIpReputationList', countedOnly: [] },
  { name: 'KnownBadInputs', group: 'AWSManagedRulesKnownBadInputsRuleSet', countedOnly: [] },
  { name: 'Common', group: 'AWSManagedRulesCommonRuleSet', countedOnly: COUNTED_ONLY },
];

const metricOf = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

const managedRules = ({ managedRules: action }: FirewallSettings): CfnWebACL.RuleProperty[] =>
  MANAGED.map(({ name, group, countedOnly }, index) => ({
    name,
    // After the limit, so that a flood is stopped by what costs least to look at.
    priority: index + 1,
    overrideAction: action === 'block' ? { none: {} } : { count: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        ruleActionOverrides: countedOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: metricOf(name),
  }));

/** As the gateway refuses what is too much, so that clients meet one body of a 429. */
const TOO_MANY = { contentType: 'APPLICATION_JSON', content: '{"message":"Too Many Requests"}' };

const addressLimit = ({ requestsPerAddress }: FirewallSettings): CfnWebACL.RuleProperty => ({
  name: 'PerAddress',
  priority: 0,
  action: {
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: 'TooMany',
        responseHeaders: [{ name: 'retry-after', value: '60' }],
      },
    },
  },
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      limit: requestsPerAddress,
      evaluationWindowSec: FIVE_MINUTES_SECONDS,
    },
  },
  visibilityConfig: metricOf('PerAddress'),
});

/** What samples of requests show people of the console: neither tokens nor answers. */
const HIDDEN = [
  { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization'] },
  { fieldType: 'QUERY_STRING' },
  { fieldType: 'BODY' },
];

/**
 * The web ACL of a stage, in a stack of its own: CloudFront takes it from us-east-1 alone, and the edge names it by its ARN, so that no resource has to carry it across
 * regions. It writes no log, which would hold addresses; its metrics say how many, and samples of the last three hours what they looked like.
 */
export class FirewallStack extends Stack {
  constructor(scope: Construct, id: string, { name }: Pick<Stage, 'name'>, settings: FirewallSettings) {
    super(scope, id, { env: { region: EDGE_REGION }, description: 'Shenbao: the firewall of the edge' });
    const firewall = new CfnWebACL(this, 'Firewall', {
      name: `shenbao-${name}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      customResponseBodies: { TooMany: TOO_MANY },
      dataProtectionConfig: { dataProtections: HIDDEN.map((field) => ({ field, action: 'SUBSTITUTION' })) },
      rules: [addressLimit(settings), ...managedRules(settings)],
      visibilityConfig: metricOf(`shenbao-${name}`),
    });
    firewall.overrideLogicalId('Firewall');
    new CfnOutput(this, 'FirewallArn', { value: firewall.attrArn });
  }
}
