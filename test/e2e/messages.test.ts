import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type Stack, startStack } from '#infra/local/start-stack.ts';
import { type Delivered, isAuthentic, startReceiver } from '#test/support/webhook-receiver.ts';

let stack: Stack;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  stack = await startStack();
  receiver = await startReceiver();
}, 120_000);

afterAll(async () => {
  await Promise.all([stack.stop(), receiver.close()]);
});

const ask = async (name: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const reply = await fetch(`${stack.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${await stack.token(name)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(reply.ok, `${method} ${path}: ${reply.status}`).toBe(true);
  return z.record(z.string(), z.unknown()).parse(await reply.json());
};

/** The messages of one type, as soon as there is one. */
const arrived = async (type: string): Promise<Delivered> => {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = receiver.delivered.find(({ body }) => JSON.parse(body).type === type);
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`No ${type} came`);
};

it('tells a webhook, signed, of a test and of what a unit does, by stream, queue and function', async () => {
  const path = '/organizations/changde-kexie/webhooks/registry';
  const { secret } = await ask('officer', 'PUT', path, { url: receiver.url });
  const { eventId } = await ask('officer', 'POST', `${path}/test`);
  const ping = await arrived('webhook.ping');
  expect(ping.headers['webhook-id']).toBe(eventId);
  expect(isAuthentic(ping, String(secret), Date.now())).toBe(true);

  const { submissionId } = await ask('secretary', 'POST', '/calls/changde-2022/submissions', { category: '1' });
  const created = await arrived('submission.created');
  expect(isAuthentic(created, String(secret), Date.now())).toBe(true);
  expect(JSON.parse(created.body)).toMatchObject({
    organiser: 'changde-kexie',
    data: { submissionId, callId: 'changde-2022', category: '1', unitId: 'changde-huaxue' },
  });
}, 60_000);
