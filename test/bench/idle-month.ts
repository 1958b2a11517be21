import * as z from 'zod';
import { findStage } from '#infra/stage.ts';
import { synthesized } from '#test/infra/synthesized.ts';
import { type Report, rounded } from './figure.ts';
import { invocationLogBytes } from './log-bytes.ts';
import { type Consumption, priceOf } from './price.ts';

const DAYS = 30;
const MONTH_MINUTES = DAYS * 24 * 60;
const GB = 1_024 ** 3;

/**
 * Reckoned. Lambda asks a queue by five requests at a time, each of which waits 20 s for a message:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const QUEUE_REQUESTS = (5 * MONTH_MINUTES * 60) / 20;

/** Reckoned for a tick with nothing to do: a query of an index, 40 ms, and one line of the log of 250 bytes. */
const TICK = { ms: 40, rru: 0.5, logBytes: 250 };

/** A resource of a template, whichever the stack. */
export interface Resource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What `idleUse` counts. */
const PRICED = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Logs::MetricFilter',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
]);

/** What is paid by use alone, or by what it stores, which is not counted here; or by nothing. */
const FREE_WHILE_IDLE = new Set([
  ...['Api', 'Authorizer', 'Integration', 'Route', 'Stage'].map((kind) => `AWS::ApiGatewayV2::${kind}`),
  ...['UserPool', 'UserPoolClient'].map((kind) => `AWS::Cognito::${kind}`),
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
  ...['Policy', 'Role'].map((kind) => `AWS::IAM::${kind}`),
  'AWS::KMS::Alias',
  ...['EventInvokeConfig', 'Function', 'Permission'].map((kind) => `AWS::Lambda::${kind}`),
  'AWS::Logs::LogGroup',
  ...['Bucket', 'BucketPolicy'].map((kind) => `AWS::S3::${kind}`),
  ...['Queue', 'QueuePolicy'].map((kind) => `AWS::SQS::${kind}`),
]);

/** A table whose capacity is bought beforehand is paid while it waits. */
const isFree = ({ type, properties }: Resource): boolean =>
  FREE_WHILE_IDLE.has(type) && (type !== 'AWS::DynamoDB::GlobalTable' || properties.BillingMode === 'PAY_PER_REQUEST');

const Alarm = z.object({ Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional() });
const Schedule = z.object({ ScheduleExpression: z.string() });
const Mapping = z.object({ EventSourceArn: z.unknown() });
const WebAcl = z.object({ Rules: z.array(z.unknown()).default([]) });

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 24 * 60 };

/** How often a schedule ticks in a month. @throws Error for what is no rate */
const ticksOf = (expression: string): number => {
  const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (every === undefined || unit === undefined) throw new Error(`No rate: ${expression}`);
  return MONTH_MINUTES / (Number(every) * (MINUTES[unit] ?? 0));
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * What a month without any request uses, counted from the resources of the templates. `memoryMb` is of the functions that tick.
 * @throws Error for a type of which it is not known what it costs
 */
export const idleUse = (resources: readonly Resource[], memoryMb: number): Consumption => {
  const unknown = resources.filter((one) => !PRICED.has(one.type) && !isFree(one)).map(({ type }) => type);
  if (unknown.length > 0)
    throw new Error(`Neither priced nor known to be free while idle: ${[...new Set(unknown)].join(', ')}`);
  const propertiesOf = (type: string) => resources.flatMap((one) => (one.type === type ? [one.properties] : []));
  // An alarm on an expression is paid by each metric that it is made of.
  const metrics = propertiesOf('AWS::CloudWatch::Alarm').map((properties) => {
    const { Metrics } = Alarm.parse(properties);
    return Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  });
  const ticks = sum(
    propertiesOf('AWS::Scheduler::Schedule').map((one) => ticksOf(Schedule.parse(one).ScheduleExpression)),
  );
  // A stream's polls are free.
  const queues = propertiesOf('AWS::Lambda::EventSourceMapping').filter(
    (one) => !JSON.stringify(Mapping.parse(one).EventSourceArn).includes('StreamArn'),
  ).length;
  const acls = propertiesOf('AWS::WAFv2::WebACL').map((one) => WebAcl.parse(one).Rules.length);
  return {
    alarmMetric: sum(metrics),
    dashboard: propertiesOf('AWS::CloudWatch::Dashboard').length,
    kmsKey: propertiesOf('AWS::KMS::Key').length,
    schedulerInvocation: ticks,
    lambdaRequest: ticks,
    lambdaGbSecond: (ticks * TICK.ms * memoryMb) / 1_024 / 1_000,
    dynamoDbRru: ticks * TICK.rru,
    logGb: (ticks * (TICK.logBytes + invocationLogBytes(1))) / GB,
    sqsRequest: queues * QUEUE_REQUESTS,
    customMetric: propertiesOf('AWS::Logs::MetricFilter').length,
    webAcl: acls.length,
    webAclRule: sum(acls),
    secret: propertiesOf('AWS::SecretsManager::Secret').length,
  };
};

/** What a stage costs in a month in which nobody uses it. */
export const benchIdleMonth = async (report: Report): Promise<void> => {
  const stage = findStage('prod');
  const { stacks } = synthesized(stage);
  const resources = [...stacks.values()].flatMap(({ Resources }) =>
    Object.values(Resources).map(({ Type, Properties }) => ({ type: Type, properties: Properties })),
  );
  const each = idleUse(resources, stage.memorySize);
  const { total, afterFreeTiers, parts, list } = await priceOf(each);
  // An account's first three cost nothing: https://aws.amazon.com/cloudwatch/pricing/
  const withoutDashboard = total - (parts.dashboard ?? 0);
  report({
    name: 'price-per-idle-month',
    value: {
      all: rounded(total, 2),
      withoutDashboard: rounded(withoutDashboard, 2),
      afterFreeTiers: rounded(afterFreeTiers, 2),
    },
    unit: list,
    n: 1,
    against: `resources of the templates of stage prod; reckoned: ${QUEUE_REQUESTS} requests a queue, and a tick of ${TICK.ms} ms`,
    aim: '≤ 2 without the dashboard',
    detail: { each, parts: Object.fromEntries(Object.entries(parts).map(([unit, part]) => [unit, rounded(part, 4)])) },
  });
};
