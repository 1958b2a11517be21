import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'events-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

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

test('delivers again what a function failed at', async () => {
  const events: unknown[] = [];
  const delivery = createDelivery(
    async (_name, event) => {
      events.push(event);
      if (events.length === 1) throw new Error('at first');
    },
    join(directory, 'never.jsonl'),
  );
  await delivery.deliver('admit', { n: 1 });
  expect(events).toEqual([{ n: 1 }, { n: 1 }]);
  expect(existsSync(join(directory, 'never.jsonl'))).toBe(false);
});

test('keeps what fails three times as a dead letter with its reason', async () => {
  const file = join(directory, 'dead', 'letters.jsonl');
  let attempts = 0;
  const delivery = createDelivery(async () => {
    attempts += 1;
    throw new Error('always');
  }, file);
  await delivery.deliver('admit', { n: 1 });
  expect(attempts).toBe(3);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ functionName: 'admit', reason: 'always', event: { n: 1 } });
});

test('stops without waiting for another attempt', async () => {
  const delivery = createDelivery(
    async () => {
      throw new Error('always');
    },
    join(directory, 'stopped.jsonl'),
  );
  const delivering = delivery.deliver('admit', {});
  await delivery.stop();
  await expect(delivering).resolves.toBeUndefined();
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
