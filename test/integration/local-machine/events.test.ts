import { expect, test } from 'vitest';
import { createDelivery } from '#infra/local/events/delivery.ts';
import { matchesPattern } from '#infra/local/events/match-pattern.ts';
import { objectCreatedEvent } from '#infra/local/events/object-created-event.ts';
import { runSchedules } from '#infra/local/events/run-schedules.ts';

const ACCOUNT = {
  region: 'ap-east-1',
  accountId: '000000000000',
  apiUrl: 'http://localhost:4000',
  sqsUrl: 'http://127.0.0.1:4001',
};

const CREATED = objectCreatedEvent(
  {
    bucket: 'attachments',
    key: 'a/b',
    size: 3,
    eTag: 'e',
    versionId: 'v',
    eventTime: '2022-03-31T15:59:59.999Z',
    sequencer: '01',
    reason: 'PostObject',
  },
  ACCOUNT,
);

test('tells of a new object as S3 tells EventBridge', () => {
  expect(CREATED).toMatchObject({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2022-03-31T15:59:59Z',
    resources: ['arn:aws:s3:::attachments'],
    detail: {
      bucket: { name: 'attachments' },
      object: { key: 'a/b', size: 3, etag: 'e', 'version-id': 'v', sequencer: '01' },
      reason: 'PostObject',
    },
  });
});

test.each([
  [true, { source: ['aws.s3'], 'detail-type': ['Object Created'] }],
  [true, { detail: { bucket: { name: ['other', 'attachments'] }, object: { key: [{ prefix: 'a/' }] } } }],
  [true, { detail: { object: { key: [{ suffix: '/b' }] } } }],
  [false, { source: ['aws.s3'], 'detail-type': ['Object Deleted'] }],
  [false, { detail: { object: { key: [{ prefix: 'b/' }] } } }],
  [false, { detail: { unknown: { name: ['attachments'] } } }],
])('answers %s for the pattern %j', (expected, pattern) => {
  expect(matchesPattern(pattern, CREATED)).toBe(expected);
});

const admit = { name: 'admit', arn: 'arn:aws:lambda:ap-east-1:000000000000:function:admit' };

/** Delivers to a function that fails as often as `failures`; tells its attempts, and what its dead letters are told. */
const deliveryTo = (failures: number, retries = 2) => {
  const attempts: unknown[] = [];
  const letters: [string, object][] = [];
  const delivery = createDelivery({
    model: { functions: [admit], invokeConfigs: [{ functionName: 'admit', retries, deadLetters: 'Dead' }] },
    invoke: async (_name, event) => {
      attempts.push(event);
      if (attempts.length <= failures) throw new Error('the reason');
    },
    tell: async (...letter) => {
      letters.push(letter);
    },
  });
  return { delivery, attempts, letters };
};

test('delivers again what a function failed at', async () => {
  const { delivery, attempts, letters } = deliveryTo(1);
  await delivery.deliver('admit', { n: 1 });
  expect(attempts).toEqual([{ n: 1 }, { n: 1 }]);
  expect(letters).toEqual([]);
});

test('tells the dead letters what failed as often as it may be tried, with its event and its reason', async () => {
  const { delivery, attempts, letters } = deliveryTo(3);
  await delivery.deliver('admit', { n: 1 });
  expect(attempts).toHaveLength(3);
  expect(letters).toEqual([
    [
      'Dead',
      expect.objectContaining({
        requestContext: expect.objectContaining({
          functionArn: `${admit.arn}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        }),
        requestPayload: { n: 1 },
        responsePayload: { errorMessage: 'the reason' },
      }),
    ],
  ]);
});

test('tries once what the template says is not tried again', async () => {
  const { delivery, attempts, letters } = deliveryTo(1, 0);
  await delivery.deliver('admit', {});
  expect(attempts).toHaveLength(1);
  expect(letters).toHaveLength(1);
});

test('stops without waiting for another attempt', async () => {
  const { delivery, attempts } = deliveryTo(3);
  const delivering = delivery.deliver('admit', {});
  await delivery.stop();
  await expect(delivering).resolves.toBeUndefined();
  expect(attempts).toHaveLength(1);
});

test('fires a schedule at its period scaled to the tick, until it is stopped', async () => {
  const fired: [string, unknown][] = [];
  const delivery = {
    deliver: async (name: string, event: unknown) => {
      fired.push([name, event]);
    },
    stop: async () => undefined,
  };
  const minute = { name: 'advance', periodSeconds: 60, functionName: 'advance' };
  const hour = { name: 'collect', periodSeconds: 3_600, functionName: 'collect' };
  const stop = runSchedules([minute, hour], delivery, ACCOUNT, 0.02);
  await expect.poll(() => fired.length).toBeGreaterThanOrEqual(3);
  stop();
  const count = fired.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(fired.length).toBe(count);
  expect(fired[0]).toEqual(['advance', expect.objectContaining({ source: 'aws.scheduler', detail: '{}' })]);
  expect(fired.some(([name]) => name === 'collect')).toBe(false);
});
