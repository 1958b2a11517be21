import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { CLOSES_AT, type SubmissionWorld, submissionWorld, WHILE_OPEN } from '#test/support/submission-world.ts';
import { conclude, Disagreement, type Model } from './advance.ts';
import { commands } from './commands.ts';
import { type LimitsWorld, limitsWorld, type Run } from './limits-world.ts';
import type { State } from './model.ts';
import { FIRST_TERMS } from './small-call.ts';
import { WRONG } from './standins.ts';
import { receiptsOf } from './stored.ts';

const { LIMIT_RUNS, LIMIT_SEED } = process.env;
const RUNS = Number(LIMIT_RUNS ?? 12);

/** With this one each reply of `TO_BE_MET` comes in at least three of twelve runs; twelve drawn at random may miss one. */
const SEED_OF_FEW = 5;

/** A given seed is for finding the shortest sequence; any other run tells at once what it met. */
const DRAWN_FROM =
  LIMIT_SEED !== undefined
    ? { seed: Number(LIMIT_SEED) }
    : { endOnFailure: true, ...(LIMIT_RUNS === undefined ? { seed: SEED_OF_FEW } : {}) };
const MOST_COMMANDS = 40;

/** A run takes a second by itself, and many times that beside other suites. */
const MOST_MS_PER_RUN = 15_000;

/** With this one each of the wrong repositories is found within a few runs. */
const SEED_OF_WRONG = 1;

/** The drain after a deadline is two minutes. */
const CLOSED_FOR_GOOD = CLOSES_AT + 10 * 60_000;

/** What the close records of a call: every submission once, whoever joined it. */
const closed = async ({ world, callId }: Run): Promise<unknown> => {
  world.clock.now = CLOSED_FOR_GOOD;
  await world.jobs.advance();
  world.clock.now = WHILE_OPEN;
  const { recordedAt: _at, ...counts } = (await world.calls.head(callId))?.closing ?? {};
  return counts;
};

const expectedClosed = ({ kept }: State): unknown => {
  const submitted = kept.filter((one) => one.submitted !== undefined);
  return {
    submissions: submitted.length,
    units: new Set(submitted.map(({ lead }) => lead)).size,
    drafts: kept.length - submitted.length,
  };
};

/** A property of one world: whatever is sent, it and the model agree. `ended` hears of every run that came to its end. */
const agreement = ({ beginRun }: LimitsWorld, ended: (model: Model, run: Run) => Promise<void>) =>
  fc.asyncProperty(commands({ maxCommands: MOST_COMMANDS, size: 'max' }), async (drawn) => {
    const run = await beginRun();
    const model: Model = { state: { terms: FIRST_TERMS, kept: [], voided: [] }, steps: 0, met: new Set() };
    await fc.asyncModelRun(() => ({ model, real: run }), drawn);
    await conclude(model, run);
    await ended(model, run);
  });

/** Replies that have to come: agreement is worth something where limits are met. */
const TO_BE_MET = [
  'submit accepted',
  'submit LIMIT_REACHED',
  'submit LIMIT_REACHED of a partner',
  'submit VALIDATION_FAILED',
  'submit NOT_FOUND',
  'withdraw accepted',
  'withdraw NOT_SUBMITTED',
  'consent accepted',
  'publish accepted',
];

/** How many receipts there are, in all runs together. */
const storedReceipts = async (): Promise<number> => {
  let count = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await world.db.send(
      new ScanCommand({ TableName: world.tables.receipts, Select: 'COUNT', ExclusiveStartKey }),
    );
    count += page.Count ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return count;
};

let world: SubmissionWorld;
beforeAll(async () => {
  world = await submissionWorld();
});

describe('limits and tallies', () => {
  test(
    'agree with a model, whatever is sent by whom and at the same time',
    async () => {
      const met = new Set<string>();
      const before = await storedReceipts();
      let receipts = 0;
      await fc.assert(
        agreement(limitsWorld(world), async (model, run) => {
          expect(await closed(run)).toEqual(expectedClosed(model.state));
          for (const reply of model.met) met.add(reply);
          receipts += receiptsOf(model.state).length;
        }),
        { numRuns: RUNS, ...DRAWN_FROM },
      );
      expect(await storedReceipts()).toBe(before + receipts);
      expect([...met]).toEqual(expect.arrayContaining(TO_BE_MET));
    },
    RUNS * MOST_MS_PER_RUN,
  );
});

describe('the model run finds a repository that', () => {
  test.each(Object.entries(WRONG))(
    '%s',
    async (_name, { standin, shows }) => {
      const found = await fc.check(
        agreement(limitsWorld(world, standin), async () => {}),
        { numRuns: 100, seed: SEED_OF_WRONG, endOnFailure: true },
      );
      expect(found.errorInstance).toBeInstanceOf(Disagreement);
      expect(found.errorInstance).toHaveProperty('message', expect.stringMatching(shows));
    },
    100 * MOST_MS_PER_RUN,
  );
});
