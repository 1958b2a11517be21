import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStackRecord } from '#infra/local/stack/stack-file.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'programs-'));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const launch = (program: string, environment: Record<string, string> = {}, ...parameters: string[]) => {
  const child = spawn(process.execPath, [`infra/local/${program}.ts`, ...parameters], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes) => {
    output.stdout += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    output.stderr += String(bytes);
  });
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  return { child, output, ended };
};

const oneLine = (pattern: string) => expect.stringMatching(new RegExp(`^${pattern}\\n$`));

test('start says in one line that its port is taken, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { code, stderr } = await launch('start', { PORT: String(port) }).ended;
  other.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: oneLine(`Port ${port} cannot be used .* choose another port\\.`),
  });
});

test('start says in one line that Java is missing, and what to do', async () => {
  const { code, stderr } = await launch('start', { PATH: dirname(process.execPath) }).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: oneLine('DynamoDB Local needs Java.* install Java 17 or newer.*'),
  });
});

test('start says in one line that it cannot write where the data are to be', async () => {
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  const { code, stderr } = await launch('start', { DATA_DIR: join(file, 'data') }).ended;
  expect({ code, stderr }).toEqual({ code: 1, stderr: oneLine('.* cannot be written: .*set DATA_DIR\\.') });
});

test.each([
  ['PORT', '70000'],
  ['CALL_CLOSES', 'tomorrow'],
  ['CALL_CLOSES', '2022-03-31T16:00:00Z'],
  ['TICK_SECONDS', '-1'],
  ['FRESH', 'yes'],
])('start refuses %s=%s in one line', async (name, value) => {
  const { code, stderr } = await launch('start', { [name]: value }).ended;
  expect({ code, stderr }).toEqual({ code: 1, stderr: oneLine(`.*${name}.*`) });
});

test('token knows the demo users without a password', async () => {
  const { code, stderr } = await launch('token', {}, 'nobody').ended;
  expect({ code, stderr }).toEqual({ code: 1, stderr: oneLine('Name one of the demo users: officer, secretary, .*') });
});

test('token says in one line that no stack runs', async () => {
  const { code, stderr } = await launch('token', {}, 'secretary').ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: oneLine('No stack has been started in .*: run npm start first\\.'),
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'start serves, token prints a token and nothing else, and %s ends all',
  async (signal) => {
    const { child, output, ended } = launch('start', { FRESH: '1' });
    await expect.poll(() => output.stdout, { timeout: 100_000 }).toMatch(/^ready http:\/\/localhost:\d+$/m);
    const token = await launch('token', {}, 'secretary').ended;
    expect(token).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/), stderr: '' });
    const dynamoDbUrl = readStackRecord(dataDir)?.dynamoDbUrl ?? '';
    expect((await fetch(dynamoDbUrl)).status).toBe(400);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(dynamoDbUrl)).rejects.toThrow();
  },
  120_000,
);
