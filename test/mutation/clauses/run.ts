/**
 * `npm run test:clauses`: drops each clause of each condition expression that the functions send, one at a time, and runs the tests that send it: one of them has
 * to fail. CLAUSES_ONLY=TEXT takes only conditions whose table or text contains it, CLAUSES_TESTS="PATH PATH" only these test files.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type LocalDynamoDb, startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';
import { synthesizeTables } from '#test/support/table-schemas.ts';
import { dropEach } from './clauses.ts';
import type { Services } from './services.ts';

const CONFIG = join(import.meta.dirname, 'vitest.config.ts');
const VITEST = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs');
const only = process.env.CLAUSES_ONLY ?? '';
const tests = (process.env.CLAUSES_TESTS ?? '').split(/\s+/).filter((path) => path !== '');

const FileResult = z.object({
  ...{ name: z.string(), startTime: z.number(), endTime: z.number(), status: z.string() },
  assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
});
const Report = z.object({ success: z.boolean(), testResults: z.array(FileResult) });

const folder = mkdtempSync(join(tmpdir(), 'shenbao-clauses-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs share a DynamoDB Local, which keeps their tables in memory: after the first one, of all tests, and after so many the next ones get another. */
const RUNS_OF_A_DATABASE = 20;
const tableSchemas = await synthesizeTables();
let runs = 0;
let database: LocalDynamoDb | undefined;

/** What the tests run on, as an environment has it. */
const services = async (): Promise<Record<string, string>> => {
  if (runs % RUNS_OF_A_DATABASE === 1) {
    await database?.stop();
    database = undefined;
  }
  runs += 1;
  database ??= await startDynamoDb();
  const told: Services = { dynamoDbUrl: database.url, tableSchemas };
  return { CLAUSES_SERVICES: JSON.stringify(told) };
};

/** Runs test files to the first that fails. @returns the report; undefined where there was none to be read */
const runTests = async (files: readonly string[], env: Record<string, string>, bail: boolean) => {
  const outputFile = join(folder, 'report.json');
  rmSync(outputFile, { force: true });
  const args = [
    'run',
    '--config',
    CONFIG,
    '--reporter=json',
    `--outputFile=${outputFile}`,
    ...(bail ? ['--bail=1'] : []),
  ];
  const environment = { ...process.env, ...(await services()), ...env };
  spawnSync(process.execPath, [VITEST, ...args, ...files], { env: environment, stdio: 'ignore' });
  return existsSync(outputFile) ? Report.parse(JSON.parse(readFileSync(outputFile, 'utf8'))) : undefined;
};

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const seenFile = join(folder, 'seen.ndjson');
const whole = await runTests(tests, { CLAUSES_SEEN: seenFile }, false);
if (whole === undefined || !whole.success) {
  const failed = whole?.testResults.filter(({ status }) => status !== 'passed').map(({ name }) => name) ?? [];
  say(`The tests fail as they are: ${failed.join(', ') || 'there was no report'}.`);
  await database?.stop();
  process.exit(1);
}
const took = new Map(whole.testResults.map(({ name, startTime, endTime }) => [name, endTime - startTime]));

const Seen = z.object({ file: z.string(), of: z.string(), expression: z.string() });
const senders = new Map<string, { of: string; expression: string; files: Set<string> }>();
for (const line of readFileSync(seenFile, 'utf8').trimEnd().split('\n')) {
  const { file, of, expression } = Seen.parse(JSON.parse(line));
  const key = `${of} ${expression}`;
  const sender = senders.get(key) ?? { of, expression, files: new Set<string>() };
  senders.set(key, sender);
  sender.files.add(file);
}

/** The tests that send a condition, the quick ones first: the first that fails ends the run. */
const quickestFirst = (files: Iterable<string>): string[] =>
  [...files].sort((one, other) => (took.get(one) ?? 0) - (took.get(other) ?? 0));

/** File and title of the first test that failed; the file alone where what comes before its tests did. A file cut off by the failure of another counts as failed too. */
const firstFailure = (results: readonly z.output<typeof FileResult>[]): string | undefined => {
  const failures = results.flatMap(({ name, status, assertionResults }) => {
    const file = name.slice(name.indexOf('test/'));
    const test = assertionResults.find((one) => one.status === 'failed')?.fullName;
    return status === 'failed' ? [{ test, told: test === undefined ? file : `${file}: ${test}` }] : [];
  });
  return (failures.find(({ test }) => test !== undefined) ?? failures[0])?.told;
};

let conditions = 0;
let clauses = 0;
const unnoticed: string[] = [];
for (const [key, { of, expression, files }] of [...senders].sort(([one], [other]) => one.localeCompare(other))) {
  if (!key.includes(only)) continue;
  conditions += 1;
  for (const { clause, without } of dropEach(expression)) {
    clauses += 1;
    const report = await runTests(
      quickestFirst(files),
      { CLAUSES_DROP: JSON.stringify({ of, expression, without }) },
      true,
    );
    const failed = firstFailure(report?.testResults ?? []);
    const told = failed === undefined ? 'NOT NOTICED' : `noticed by ${failed}`;
    if (failed === undefined) unnoticed.push(`${of}: ${clause}`);
    say(`${of} | ${expression} | without ${clause} | ${told}`);
  }
}
say(`${conditions} conditions, ${clauses} clauses, ${clauses - unnoticed.length} noticed, ${unnoticed.length} not`);
for (const line of unnoticed) say(`not noticed: ${line}`);
await database?.stop();
process.exitCode = unnoticed.length === 0 ? 0 : 1;
