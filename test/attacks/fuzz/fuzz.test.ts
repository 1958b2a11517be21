import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedHttpEvent } from '#test/contract/recorded-events.ts';
import { rememberTables, type TableContents } from '#test/support/table-contents.ts';
import { startWorld } from '#test/support/world.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { IS_LONG, RUNS, SEED } from '../runs.ts';
import { ATTACKED, type AttackedOperation, loadWholeSystem, type WholeSystem } from '../whole-system.ts';
import { type BrokenText, brokenCsv, brokenJson, brokenYaml } from './broken-texts.ts';
import { expectationFaults, Result, replyFaults } from './reply-faults.ts';
import { brokenParameters, eventOf, type Fuzzed, requestsTo, tamperedRequests, withText } from './requests.ts';

/** Of each kind and operation, in the short form. */
const REQUESTS = 10 * RUNS;
const BROKEN_PARAMETERS = 4 * RUNS;
const TAMPERED = 4 * RUNS;

let world: Stores;
let system: WholeSystem;
let contents: TableContents;
/** How often each status came. */
const statuses = new Map<number, number>();
/** Operations of which a request that was made up was granted. */
const granted = new Set<string>();

beforeAll(async () => {
  world = await startWorld();
  system = await loadWholeSystem(world);
  contents = await rememberTables(world);
}, 120_000);

afterAll(async () => {
  system.remove();
  await world.stop();
  if (IS_LONG)
    console.info('replies by status', Object.fromEntries([...statuses].sort(([one], [other]) => one - other)));
});

/** Makes the tables what they were: what requests before changed or used up is there again. */
const restore = (): Promise<string[]> => contents.restore();

/** Sends an event. @returns what is wrong with the reply */
const faultsOf = async (
  { id, operation }: AttackedOperation,
  event: unknown,
  expects: Fuzzed['expects'],
): Promise<string[]> => {
  const result = await system.invoke(id, event);
  const answered = Result.parse(result);
  statuses.set(answered.statusCode, (statuses.get(answered.statusCode) ?? 0) + 1);
  if (expects === 'understood' && answered.statusCode < 400) granted.add(id);
  return [...replyFaults(operation, result), ...expectationFaults(answered, expects)];
};

const textsFor = ({ operation, folder }: AttackedOperation): BrokenText[] => {
  if (operation.body === undefined) return [];
  const { body = '{}', isBase64Encoded } = recordedHttpEvent(folder);
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const formats = operation.bodyFormats ?? ['json'];
  return [
    ...(formats.includes('json') ? brokenJson(formats.includes('yaml') ? '{"title":"x"}' : text) : []),
    ...(formats.includes('yaml') ? brokenYaml(text) : []),
    ...(formats.includes('csv') ? brokenCsv(text) : []),
  ];
};

describe.each(ATTACKED)('$id', (attacked) => {
  const check = (requests: fc.Arbitrary<Fuzzed>, numRuns: number) =>
    fc.assert(
      fc.asyncProperty(requests, async (request) => {
        expect(await faultsOf(attacked, eventOf(attacked, request), request.expects)).toEqual([]);
      }),
      { seed: SEED, numRuns, endOnFailure: true },
    );

  it('grants its recorded event', async () => {
    await restore();
    expect(await faultsOf(attacked, recordedHttpEvent(attacked.folder), 'granted')).toEqual([]);
  });

  it('answers right and wrong bodies as documented', { timeout: 60_000 * RUNS }, async () => {
    await restore();
    await check(requestsTo(attacked), REQUESTS);
  });

  it('answers tampered paths and cursors as documented', { timeout: 60_000 * RUNS }, async () => {
    await check(tamperedRequests(attacked), TAMPERED);
  });

  const broken = brokenParameters(attacked);
  if (broken !== undefined) {
    it('refuses a query or a header that is not as documented', { timeout: 60_000 * RUNS }, async () => {
      await check(broken, BROKEN_PARAMETERS);
    });
  }

  const texts = textsFor(attacked);
  if (texts.length > 0) {
    it('refuses bodies that cannot be read', { timeout: 60_000 }, async () => {
      const found: Record<string, string[]> = {};
      for (const text of texts) {
        const faults = await faultsOf(attacked, withText(attacked, text), text.ends);
        if (faults.length > 0) found[text.what] = faults;
      }
      expect(found).toEqual({});
    });
  }
});

it('has granted requests that were made up to most operations, so that they met more than refusals', () => {
  // Of the rest bodies made up at random meet some rule: an organisation, a category, an annex that there is not.
  expect(granted.size).toBeGreaterThan(ATTACKED.length / 2);
});
