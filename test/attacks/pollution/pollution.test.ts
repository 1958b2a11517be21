import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleAnswers, exampleCall } from '#infra/local/seed/example-call.ts';
import type { OperationId } from '#shared/contract/operations.ts';
import { recordedHttpEvent, withClaims } from '#test/contract/recorded-events.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { startWorld } from '#test/support/world.ts';
import { CALLS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { Result } from '../fuzz/reply-faults.ts';
import { IS_LONG, RUNS } from '../runs.ts';
import { ATTACKED, loadWholeSystem, type WholeSystem } from '../whole-system.ts';
import { pollutedRequests, pollutedTexts } from './polluted-requests.ts';
import { MARK, pollutionStored, prototypesNow } from './stored.ts';

/** Of each operation, in the short form. */
const BODIES = 10 * RUNS;

let world: Stores;
let system: WholeSystem;

beforeAll(async () => {
  world = await startWorld();
  system = await loadWholeSystem(world);
}, 120_000);

afterAll(async () => {
  system.remove();
  await world.stop();
});

it('stores nothing that nobody asked for, and pollutes no prototype', { timeout: 120_000 * RUNS }, async () => {
  const before = prototypesNow();
  const statuses = new Map<number, number>();
  for (const attacked of ATTACKED) {
    for (const event of pollutedRequests(attacked, BODIES)) {
      const { statusCode } = Result.parse(await system.invoke(attacked.id, event));
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
  }
  if (IS_LONG) console.info('replies by status', Object.fromEntries(statuses));
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
  expect(prototypesNow()).toEqual(before);
  expect(Reflect.get({}, MARK)).toBeUndefined();
  expect(await pollutionStored(world)).toEqual([]);
});

/** The example call with a form, a material and a category named as what every object has by itself; no field may be. */
const renamed = (text: string): string =>
  text
    .replaceAll(/\bapplicationForm\b/g, 'isPrototypeOf')
    .replaceAll(/\bpartyBuilding\b/g, 'propertyIsEnumerable')
    .replace('code: "1"', 'code: constructor');

describe('names that every object has by itself', () => {
  const ask = async (id: OperationId, path: Record<string, string>, body?: string, type = 'application/json') => {
    const attacked = ATTACKED.find((one) => one.id === id);
    if (attacked === undefined) throw new Error(`There is no ${id}.`);
    const recorded = recordedHttpEvent(attacked.folder);
    const result = Result.parse(
      await system.invoke(id, {
        ...(attacked.operation.access === 'anyone' ? recorded : withClaims(recorded, {})),
        pathParameters: path,
        queryStringParameters: {},
        headers: { 'content-type': type, ...(id === 'saveAnswers' ? { 'if-match': '*' } : {}) },
        body,
        isBase64Encoded: false,
      }),
    );
    expect(`${id} ${result.statusCode} ${result.statusCode < 300 ? '' : result.body}`).toMatch(/ 20[0-4] $/);
    return JSON.parse(result.body ?? '{}');
  };

  it('are names of categories, forms and materials like any other', { timeout: 60_000 }, async () => {
    // Its annexes are there.
    const callId = CALLS.mistaken;
    await ask('saveCall', { callId }, renamed(exampleCall('2099-03-31')), 'application/yaml');
    await ask('publishCall', { callId }, '{}');
    await ask('getForm', { callId, code: 'constructor' });
    await ask('getEligibility', { callId });
    const answers = exampleAnswers('party-building');
    const started = await ask('createSubmission', { callId }, JSON.stringify({ category: 'constructor' }));
    const { submissionId } = started;
    await ask('saveAnswers', { submissionId }, JSON.stringify(answers));
    const file = { filename: '申报书.pdf', contentType: 'application/pdf', size: 9, sha256: '0'.repeat(64) };
    await ask('createAttachment', { submissionId }, JSON.stringify({ material: 'isPrototypeOf', ...file }));
    await ask('validateSubmission', { submissionId });
    await ask('getProgress', { callId });
    expect((await ask('getSubmission', { submissionId })).answers).toEqual(answers);
  });
});

describe('what looks for pollution', () => {
  it('finds a function that stores whatever it gets', async () => {
    const { db, tables } = await freshTables(['receipts']);
    const stores = async (text: string): Promise<void> => {
      await db.send(new PutCommand({ TableName: tables.receipts, Item: { receiptNo: 'r', ...JSON.parse(text) } }));
    };
    // DynamoDB takes no attribute without a name, and the SDK loses `__proto__`.
    const storable = pollutedTexts({ name: 'x' }).filter((text) => text.includes(MARK) && !/"":|_proto__/.test(text));
    for (const text of storable) {
      await stores(text);
      const found = await pollutionStored({ db, tables: { receipts: tables.receipts } });
      expect(`${text}: ${found.length > 0}`).toBe(`${text}: true`);
    }
  });

  it('finds a function that merges what it gets', () => {
    const merge = (into: object, from: object): void => {
      for (const [key, value] of Object.entries(from)) {
        const inner: unknown = Reflect.get(into, key);
        if (typeof value === 'object' && value !== null && typeof inner === 'object' && inner !== null)
          merge(inner, value);
        else Reflect.set(into, key, value);
      }
    };
    const before = prototypesNow();
    merge({}, JSON.parse(`{"__proto__":{"${MARK}":1}}`));
    const after = prototypesNow();
    Reflect.deleteProperty(Object.prototype, MARK);
    expect(after).not.toEqual(before);
    expect(prototypesNow()).toEqual(before);
  });
});
