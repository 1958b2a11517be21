import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type FlowUsage, measureFlow } from '#test/bench/measure-flow.ts';
import { type Stores, startStores } from '#test/support/world-stores.ts';

let stores: Stores;
let usage: FlowUsage;

beforeAll(async () => {
  stores = await startStores();
  const observer = new DynamoDBClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  usage = await measureFlow(stores, observer);
  observer.destroy();
});
afterAll(() => stores.stop());

test('a submit under a limit costs at most 10 write units, in one write round trip and two read ones', () => {
  const { warmSubmit } = usage;
  expect(warmSubmit.wru).toBeLessThanOrEqual(10);
  expect(warmSubmit).toMatchObject({ roundTrips: 3, readRoundTrips: 2, writeRoundTrips: 1 });
});

test('a submit reads no items of deadlines in a call that granted none, and no membership but the one that lets it', () => {
  const read = usage.warmSubmit.charges.filter(({ command }) => command === 'BatchGetItemCommand');
  expect(read.map(({ of, rru }) => [of, rru])).toEqual([
    ['calls/head', 1],
    ['memberships', 1],
    ['memberships', 1],
    ['organizations', 1],
  ]);
});

test("a submit writes the unit's own head and tally, the receipt and the history, and no index", () => {
  const written = usage.warmSubmit.charges.filter(({ wru }) => wru > 0).map(({ of }) => of);
  expect(written).toEqual(['submissions/head', 'tallies', 'receipts', 'history']);
});

test('a head, a tally, a receipt and an entry of the history stay within the kilobyte that a write unit pays for', () => {
  for (const { bytes, wru } of usage.warmSubmit.charges)
    if (wru > 0) {
      expect(bytes).toBeGreaterThan(100);
      expect(bytes).toBeLessThanOrEqual(1_024);
    }
});

test('the first submit of an instance reads its category and form besides, and writes nothing more', () => {
  const { coldSubmit, warmSubmit } = usage;
  expect(coldSubmit).toMatchObject({ wru: warmSubmit.wru, readRoundTrips: 4, writeRoundTrips: 1 });
  const readOnce = coldSubmit.charges.filter(({ of }) => of === 'calls/category' || of === 'calls/form');
  expect(readOnce).toMatchObject([
    { of: 'calls/category', rru: 1 },
    { of: 'calls/form', rru: 1 },
  ]);
});

test('all from the draft to the receipt takes nine invocations, and at most 52 write units and 30 read units', () => {
  const { steps } = usage;
  const sum = (unit: 'wru' | 'rru'): number => steps.reduce((total, { dynamoDb }) => total + dynamoDb[unit], 0);
  expect(steps.map(({ functionId }) => functionId)).toEqual([
    'createSubmission',
    ...['saveAnswers', 'saveAnswers', 'saveAnswers'],
    ...['createAttachment', 'admitAttachment', 'createAttachment', 'admitAttachment'],
    'submitSubmission',
  ]);
  // No less than a tenth of that: a meter that sees nothing would do with any bound.
  expect(sum('wru')).toBeGreaterThan(5);
  expect(sum('wru')).toBeLessThanOrEqual(52);
  expect(sum('rru')).toBeGreaterThan(3);
  expect(sum('rru')).toBeLessThanOrEqual(30);
});

test('proving a file takes one look at it and its first bytes', () => {
  const proven = usage.steps.filter(({ functionId }) => functionId === 'admitAttachment').map(({ s3 }) => s3);
  expect(proven).toEqual(Array.from({ length: 2 }, () => ({ HeadObjectCommand: 1, GetObjectCommand: 1 })));
});

test('no step scans, and only files that are still awaited are in an index of their own', () => {
  const indexes = usage.steps.flatMap(({ functionId, dynamoDb }) =>
    dynamoDb.charges.filter(({ of }) => of.includes(':')).map(({ of }) => [functionId, of]),
  );
  expect(indexes).toEqual([
    ['createSubmission', 'submissions:byUnit'],
    ['createAttachment', 'submissions:collectable'],
    ['admitAttachment', 'submissions:collectable'],
    ['createAttachment', 'submissions:collectable'],
    ['admitAttachment', 'submissions:collectable'],
  ]);
});
