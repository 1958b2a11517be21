import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { FormDefinition } from '#shared/domain/form/definition.ts';
import { checkSixty } from './check-sixty.ts';
import { startClocks } from './clocks.ts';
import { type Report, rounded } from './figure.ts';
import { median, medianInterval, ratioOfMedians } from './ratio.ts';
import { sixtyAnswers, sixtyFields } from './sixty-fields.ts';

const PROCESSES = 21;
const BATCHES = 101;
/** Before them, until the compiler has done what it does. */
const WARM_UP_BATCHES = 40;
const PER_BATCH = 500;

const run = promisify(execFile);

const Clocks = z.object({ wallMs: z.number(), cpuMs: z.number() });
const Unseen = z.object({ first: Clocks, next: Clocks });
type Unseen = z.output<typeof Unseen>;

const checkOnce = async (table: boolean): Promise<Unseen> => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'check-once.ts'), table ? 'table' : '']);
  return Unseen.parse(JSON.parse(stdout));
};

/** µs of the processor per call, over a batch. */
const timed = (work: (round: number) => void): number => {
  const stop = startClocks();
  for (let round = 0; round < PER_BATCH; round += 1) work(round);
  return (stop().cpuMs * 1_000) / PER_BATCH;
};

/** Each batch of checks in turn with one of JSON.parse, on many bodies: no instance checks the same one twice in a row. */
const measureWarm = (table: boolean): (readonly [check: number, parse: number])[] => {
  const form = FormDefinition.parse(sixtyFields({ table }));
  const texts = Array.from({ length: 64 }, (_, index) =>
    JSON.stringify({ ...sixtyAnswers({ table }), unitName: `某市某某学会${index}`, projectName: `项目${index}` }),
  );
  const bodies = texts.map((text): unknown => JSON.parse(text));
  const pairs: (readonly [number, number])[] = [];
  for (let batch = -WARM_UP_BATCHES; batch < BATCHES; batch += 1) {
    const check = timed((round) => checkSixty(form, bodies[round % bodies.length]));
    const parse = timed((round) => JSON.parse(texts[round % texts.length] ?? ''));
    if (batch >= 0) pairs.push([check, parse]);
  }
  return pairs;
};

/** What it takes to check complete answers to a form of 60 fields, by an instance that has never seen the form and by one that has. */
export const benchForms = async (report: Report): Promise<void> => {
  for (const table of [false, true]) {
    const form = table ? '60 fields, one of them a table of 10 rows by 5 columns' : '60 fields';
    const unseen: Unseen[] = [];
    for (let count = 0; count < PROCESSES; count += 1) unseen.push(await checkOnce(table));
    for (const [which, figure] of [
      ['first', 'form-first-of-an-instance'],
      ['next', 'form-cold'],
    ] as const) {
      const cpu = unseen.map((taken) => taken[which].cpuMs);
      const [low, high] = medianInterval(cpu);
      report({
        name: `${figure}${table ? '-table' : ''}`,
        value: { cpuMs: rounded(median(cpu)), wallMs: rounded(median(unseen.map((taken) => taken[which].wallMs))) },
        unit: 'ms of the processor; ms by the clock',
        n: PROCESSES,
        against: 'nothing: fresh processes with the code loaded, from the stored item to the first verdict',
        interval: [rounded(low), rounded(high)],
        ...(which === 'next' ? { aim: '≤ 5 ms' } : {}),
        detail: form,
      });
    }

    const warm = measureWarm(table);
    const { ratio, interval } = ratioOfMedians(warm);
    const checks = warm.map(([check]) => check);
    const bounds = medianInterval(checks);
    report({
      name: `form-warm${table ? '-table' : ''}`,
      value: { cpuUs: rounded(median(checks), 1), ratio: rounded(ratio) },
      unit: 'µs of the processor; ratio of medians',
      n: BATCHES,
      against: `JSON.parse of the same answers, batches of ${PER_BATCH} in turns`,
      interval: [rounded(interval[0]), rounded(interval[1])],
      aim: '≤ 10 µs',
      detail: { form, cpuUs95: bounds.map((bound) => rounded(bound, 1)) },
    });
  }
};
