import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInByPassword } from '#infra/local/identity/sign-in-by-password.ts';
import { type Stack, startStack } from '#infra/local/start-stack.ts';
import { createAccount } from '#shared/contract/accounts.ts';
import { createSubmission, listSubmissions } from '#shared/contract/submissions.ts';
import { client } from '#test/support/client.ts';

let dataDir: string;
let stack: Stack;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stack-'));
  stack = await startStack({ dataDir });
}, 120_000);

afterAll(async () => {
  await stack.stop();
  rmSync(dataDir, { recursive: true });
});

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

test('refuses a data directory that another stack uses, naming it', async () => {
  await expect(startStack({ dataDir })).rejects.toThrow(`${dataDir} is used by the stack at ${stack.url}`);
});

test('is down within five seconds, and nothing of it answers', async () => {
  const { url, record } = stack;
  const began = performance.now();
  await stack.stop();
  expect(performance.now() - began).toBeLessThan(5_000);
  const services = [
    url,
    record.issuer,
    record.dynamoDbUrl,
    record.s3Url,
    record.cognitoUrl,
    record.kmsUrl,
    record.sqsUrl,
    record.sesUrl,
  ];
  expect(await Promise.all(services.map(answers))).toEqual(services.map(() => false));
  stack = await startStack({ dataDir });
});

test('says where its queues are, and keeps what lies in them between starts', async () => {
  const Body = `kept ${Date.now()}`;
  const clientOf = ({ record: { sqsUrl, region, ...credentials } }: Stack) =>
    new SQSClient({ endpoint: sqsUrl, region, credentials });
  const { MessagesQueue, DeadLetters } = stack.record.queues;
  expect(MessagesQueue).toBe(`${stack.record.sqsUrl}/000000000000/MessagesQueue`);
  const before = clientOf(stack);
  await before.send(new SendMessageCommand({ QueueUrl: DeadLetters, MessageBody: Body }));
  before.destroy();
  await stack.stop();
  stack = await startStack({ dataDir });
  const after = clientOf(stack);
  const { DeadLetters: QueueUrl } = stack.record.queues;
  const { Messages } = await after.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages).toMatchObject([{ Body }]);
  const { Attributes } = await after.send(
    new GetQueueAttributesCommand({ QueueUrl: stack.record.queues.MessagesQueue, AttributeNames: ['RedrivePolicy'] }),
  );
  expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toMatchObject({ maxReceiveCount: 10 });
  after.destroy();
});

test('keeps calls, drafts, tokens and accounts between starts', async () => {
  const token = await stack.token('secretary');
  const call = await client(stack.url).send('GET', '/calls/changde-2022');
  const path = '/calls/changde-2022/submissions';
  const created = { json: { category: '1' } };
  const { body } = await client(stack.url, token).read(createSubmission.reply, 201, 'POST', path, created);
  const { body: made } = await client(stack.url, await stack.token('officer')).read(
    createAccount.reply,
    201,
    'POST',
    '/organizations/changde-huaxue/accounts',
    { json: { username: 'huaxue-zhang' } },
  );
  await stack.stop();
  stack = await startStack({ dataDir, callCloses: '2999-01-01T00:00:00Z' });
  expect(stack.call.isNew).toBe(false);
  expect((await client(stack.url).send('GET', '/calls/changde-2022')).text).toBe(call.text);
  const kept = await client(stack.url, token).read(listSubmissions.reply, 200, 'GET', '/submissions');
  expect(kept.body.items.map(({ submissionId }) => submissionId)).toContain(body.submissionId);
  const signIn = { name: made.username, password: made.initialPassword, newPassword: 'Of-their-own-5' };
  expect(await signInByPassword(stack.record, signIn)).toMatch(/^ey/);
}, 60_000);
