import { expect, test } from 'vitest';
import { priceOf } from '#test/bench/price.ts';

test.each([
  ['a million API requests', { httpApiRequest: 1e6 }, 1],
  ['a million invocations', { lambdaRequest: 1e6 }, 0.2],
  ['400,000 GB-seconds on arm64', { lambdaGbSecond: 400_000 }, 5.33336],
  ['a million write units', { dynamoDbWru: 1e6 }, 0.625],
  ['a million read units', { dynamoDbRru: 1e6 }, 0.125],
  ['a thousand uploads', { s3Put: 1_000 }, 0.005],
  ['a thousand reads of objects', { s3Get: 1_000 }, 0.0004],
  ['a million events', { eventBridgeEvent: 1e6 }, 1],
  ['a GB of logs', { logGb: 1 }, 0.5],
  ['ten metrics that alarms watch', { alarmMetric: 10 }, 1],
])('prices %s as the list does', async (_what, used, dollars) => {
  const { total, list } = await priceOf(used);
  expect(total).toBeCloseTo(dollars, 9);
  expect(list).toMatch(/^us-east-1 20\d\d-\d\d-\d\d USD$/);
});

test('adds the parts up', async () => {
  const { total, parts } = await priceOf({ dynamoDbWru: 48, s3Put: 2 });
  expect(total).toBeCloseTo(48 * 0.625e-6 + 2 * 5e-6, 12);
  expect(parts).toEqual({ dynamoDbWru: expect.closeTo(3e-5, 9), s3Put: expect.closeTo(1e-5, 9) });
});

test('takes off what is free for ever, and no more than is used', async () => {
  const { total, afterFreeTiers } = await priceOf({ alarmMetric: 17, dashboard: 1, kmsKey: 1 });
  expect(total).toBeCloseTo(1.7 + 3 + 1, 9);
  expect(afterFreeTiers).toBeCloseTo(0.7 + 0 + 1, 9);
});
