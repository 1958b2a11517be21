import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type FunctionLog, openFunctionLog } from '#infra/local/functions/function-log.ts';
import { type Functions, startFunctions } from '#infra/local/functions/start-functions.ts';

const BUNDLE = `
let count = 0;
export const handler = async (event, context) => {
  count += 1;
  switch (event.ask) {
    case 'count': return count;
    case 'nothing': return undefined;
    case 'environment': return process.env;
    case 'context': return { ...context, left: context.getRemainingTimeInMillis() };
    case 'log': console.log('a line'); return null;
    case 'throw': throw new TypeError('the reason');
    case 'write': {
      const { writeFile, readdir } = await import('node:fs/promises');
      const { tmpdir } = await import('node:os');
      await writeFile(tmpdir() + '/' + event.name, Buffer.alloc(event.bytes));
      if (event.ms) await new Promise((resolve) => setTimeout(resolve, event.ms));
      return { directory: tmpdir(), files: await readdir(tmpdir()) };
    }
    case 'exit': process.exit(3);
    case 'sleep': await new Promise((resolve) => setTimeout(resolve, event.ms)); return count;
    default: return event;
  }
};
`;

const SERVICES = {
  dynamoDbUrl: 'http://127.0.0.1:1',
  s3Url: 'http://127.0.0.1:2',
  cognitoUrl: 'http://127.0.0.1:3',
  kmsUrl: 'http://127.0.0.1:4',
  sqsUrl: 'http://127.0.0.1:5',
  sesUrl: 'http://127.0.0.1:6',
  region: 'cn-north-1',
  accessKeyId: 'local',
  secretAccessKey: 'local',
};

let directory: string;
let log: FunctionLog;
let functions: Functions;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'functions-'));
  writeFileSync(join(directory, 'index.mjs'), BUNDLE);
  writeFileSync(join(directory, 'broken.mjs'), 'throw new Error("cannot load");');
  log = openFunctionLog(join(directory, 'logs', 'functions.log'), false);
  const define = (name: string, handler = 'index.handler') => ({
    name,
    arn: `arn:aws-cn:lambda:cn-north-1:000000000000:function:${name}`,
    directory,
    handler,
    timeoutSeconds: name === 'writes' ? 10 : 1,
    memoryMegabytes: 256,
    scratchMegabytes: 1,
    environment: { CALLS_TABLE: 'Calls' },
  });
  const names = ['echo', 'counts', 'parallel', 'logs', 'exits', 'sleeps', 'writes'];
  functions = startFunctions([...names.map((name) => define(name)), define('broken', 'broken.handler')], SERVICES, log);
});

afterAll(async () => {
  await functions.stop();
  await log.close();
  rmSync(directory, { recursive: true });
});

test('answers what the handler returns, as JSON would carry it', async () => {
  await expect(functions.invoke('echo', { a: [1, '二'] })).resolves.toEqual({ a: [1, '二'] });
  await expect(functions.invoke('echo', { ask: 'nothing' })).resolves.toBeNull();
});

test('gives a function its own environment and nothing of this process', async () => {
  process.env.SHENBAO_LEAK = 'leaks';
  const environment = await functions.invoke('echo', { ask: 'environment' });
  delete process.env.SHENBAO_LEAK;
  expect(environment).toMatchObject({
    CALLS_TABLE: 'Calls',
    AWS_REGION: 'cn-north-1',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:5',
    AWS_ENDPOINT_URL_SESV2: 'http://127.0.0.1:6',
    AWS_LAMBDA_FUNCTION_NAME: 'echo',
  });
  expect(environment).not.toHaveProperty('SHENBAO_LEAK');
});

test('tells the function who it is and how much time it has', async () => {
  const context = await functions.invoke('echo', { ask: 'context' });
  expect(context).toMatchObject({
    functionName: 'echo',
    memoryLimitInMB: '256',
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    left: expect.closeTo(1_000, -2),
  });
});

test('keeps an instance for the next event, and handles one event at a time in each', async () => {
  await functions.invoke('counts', { ask: 'count' });
  await expect(functions.invoke('counts', { ask: 'count' })).resolves.toBe(2);
  const counts = await Promise.all(
    Array.from({ length: 3 }, () => functions.invoke('parallel', { ask: 'sleep', ms: 700 })),
  );
  expect(counts).toEqual([1, 1, 1]);
});

test('serves more events at once than it has instances', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => functions.invoke('parallel', { n })));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => ({ n })));
});

test("reports a handler's error with its type, and goes on with the same instance", async () => {
  await functions.invoke('echo', {});
  await expect(functions.invoke('echo', { ask: 'throw' })).rejects.toMatchObject({
    reported: { errorType: 'TypeError', errorMessage: 'the reason' },
  });
  await expect(functions.invoke('echo', {})).resolves.toEqual({});
});

test('ends a function that runs out of time, and starts afresh', async () => {
  await expect(functions.invoke('sleeps', { ask: 'sleep', ms: 5_000 })).rejects.toMatchObject({
    reported: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
    },
  });
  await expect(functions.invoke('sleeps', { ask: 'count' })).resolves.toBe(1);
});

test('reports a function that ends its own process, and starts afresh', async () => {
  await expect(functions.invoke('exits', { ask: 'exit' })).rejects.toMatchObject({
    reported: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
  });
  await expect(functions.invoke('exits', { ask: 'count' })).resolves.toBe(1);
});

test('reports a bundle that cannot be loaded, for every event that waits', async () => {
  const outcomes = await Promise.allSettled([functions.invoke('broken', {}), functions.invoke('broken', {})]);
  expect(outcomes).toMatchObject([
    { status: 'rejected', reason: { reported: { errorMessage: 'cannot load' } } },
    { status: 'rejected', reason: { reported: { errorMessage: 'cannot load' } } },
  ]);
  await expect
    .poll(() => readFileSync(join(directory, 'logs', 'functions.log'), 'utf8'))
    .toMatch(/^broken \{.*cannot load/m);
});

test('gives an instance a /tmp of its own, as long as it lives', async () => {
  const Written = z.object({ directory: z.string(), files: z.array(z.string()) });
  const one = Written.parse(await functions.invoke('writes', { ask: 'write', name: 'a', bytes: 1 }));
  await expect(functions.invoke('writes', { ask: 'write', name: 'b', bytes: 1 })).resolves.toEqual({
    directory: one.directory,
    files: ['a', 'b'],
  });
  expect(Written.parse(await functions.invoke('echo', { ask: 'write', name: 'a', bytes: 1 })).directory).not.toBe(
    one.directory,
  );
});

test('ends a function that puts more into /tmp than it has, and clears it', async () => {
  const tooMuch = { ask: 'write', name: 'large', bytes: 2 * 1_048_576, ms: 8_000 };
  await expect(functions.invoke('writes', tooMuch)).rejects.toMatchObject({
    reported: { errorMessage: 'ENOSPC: more than 1 MB in /tmp' },
  });
  await expect(functions.invoke('writes', { ask: 'write', name: 'c', bytes: 1 })).resolves.toMatchObject({
    files: ['c'],
  });
});

test("keeps every function's output under its name", async () => {
  await functions.invoke('logs', { ask: 'log' });
  await expect
    .poll(() => readFileSync(join(directory, 'logs', 'functions.log'), 'utf8').split('\n'))
    .toContain('logs a line');
});
