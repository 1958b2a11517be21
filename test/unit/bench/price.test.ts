import { expect, test } from 'vitest';
import { priceOf } from '#test/bench/price.ts';

const nothing = {
  httpApiRequest: 0,
  lambdaRequest: 0,
  lambdaGbSecond: 0,
  dynamoDbWru: 0,
  dynamoDbRru: 0,
  s3Put: 0,
  s3Get: 0,
  eventBridgeEvent: 0,
};

test.each([
  ['a million API requests', { httpApiRequest: 1e6 }, 1],
  ['a million invocations', { lambdaRequest: 1e6 }, 0.2],
  ['400,000 GB-seconds on arm64', { lambdaGbSecond: 400_000 }, 5.33336],
  ['a million write units', { dynamoDbWru: 1e6 }, 0.625],
  ['a million read units', { dynamoDbRru: 1e6 }, 0.125],
  ['a thousand uploads', { s3Put: 1_000 }, 0.005],
  ['a thousand reads of objects', { s3Get: 1_000 }, 0.0004],
  ['a million events', { eventBridgeEvent: 1e6 }, 1],
])('prices %s as the list does', async (_what, used, dollars) => {
  const { total, list } = await priceOf({ ...nothing, ...used });
  expect(total).toBeCloseTo(dollars, 9);
  expect(list).toMatch(/^us-east-1 20\d\d-\d\d-\d\d USD$/);
});

test('adds the parts up', async () => {
  const { total, parts } = await priceOf({ ...nothing, dynamoDbWru: 48, s3Put: 2 });
  expect(total).toBeCloseTo(48 * 0.625e-6 + 2 * 5e-6, 12);
  expect(parts).toMatchObject({ dynamoDbWru: expect.closeTo(3e-5, 9), s3Get: 0 });
});
