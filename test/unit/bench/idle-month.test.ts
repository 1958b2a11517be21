import { expect, test } from 'vitest';
import { idleUse, type Resource } from '#test/bench/idle-month.ts';

const resource = (type: string, properties: Record<string, unknown> = {}): Resource => ({ type, properties });
const alarmOn = (...parts: object[]) => resource('AWS::CloudWatch::Alarm', { Metrics: parts });
const metric = { MetricStat: {} };

test('counts an alarm by the metrics that it watches, an expression not among them', () => {
  expect(idleUse([alarmOn(metric, metric, { Expression: 'a + b' })], 1_024)).toMatchObject({ alarmMetric: 2 });
  expect(idleUse([resource('AWS::CloudWatch::Alarm')], 1_024)).toMatchObject({ alarmMetric: 1 });
});

test('counts what has a price of its own by the month', () => {
  const one = idleUse([resource('AWS::KMS::Key'), resource('AWS::WAFv2::WebACL', { Rules: [{}, {}] })], 1_024);
  expect(one).toMatchObject({ kmsKey: 1, webAcl: 1, webAclRule: 2, dashboard: 0, schedulerInvocation: 0 });
});

test('counts ticks by their rate, each with an invocation', () => {
  const rate = (expression: string) => resource('AWS::Scheduler::Schedule', { ScheduleExpression: expression });
  const used = idleUse([rate('rate(1 minute)'), rate('rate(12 hours)'), rate('rate(1 day)')], 1_024);
  expect(used).toMatchObject({ schedulerInvocation: 43_200 + 60 + 30, lambdaRequest: 43_290 });
  expect(() => idleUse([rate('cron(0 0 * * ? *)')], 1_024)).toThrow('No rate');
});

test('counts the polls of queues, and none of streams', () => {
  const mapping = (attribute: string) =>
    resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Id', attribute] } });
  expect(idleUse([mapping('Arn'), mapping('StreamArn')], 1_024)).toMatchObject({ sqsRequest: 648_000 });
});

test('takes nothing for free of which it does not know that it is', () => {
  const free = [resource('AWS::Lambda::Function'), resource('AWS::IAM::Role')];
  expect(idleUse(free, 1_024)).toMatchObject({ kmsKey: 0, lambdaRequest: 0 });
  expect(() => idleUse([...free, resource('AWS::EC2::NatGateway')], 1_024)).toThrow('AWS::EC2::NatGateway');
  const table = (BillingMode: string) => resource('AWS::DynamoDB::GlobalTable', { BillingMode });
  expect(idleUse([table('PAY_PER_REQUEST')], 1_024)).toMatchObject({ kmsKey: 0 });
  expect(() => idleUse([table('PROVISIONED')], 1_024)).toThrow('AWS::DynamoDB::GlobalTable');
});
