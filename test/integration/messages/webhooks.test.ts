import { afterEach, expect, it } from 'vitest';
import { callWebhook } from '#functions/jobs/deliver-messages/call-webhook.ts';
import { deleteWebhook } from '#functions/webhooks/delete-webhook/delete-webhook.ts';
import { listWebhooks } from '#functions/webhooks/list-webhooks/list-webhooks.ts';
import { renewWebhookSecret } from '#functions/webhooks/renew-webhook-secret/renew-webhook-secret.ts';
import { saveWebhook } from '#functions/webhooks/save-webhook/save-webhook.ts';
import { testWebhook } from '#functions/webhooks/test-webhook/test-webhook.ts';
import { deliveriesRepository } from '#shared/data/deliveries-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { postTo } from '#shared/messages/webhook/post.ts';
import { newSecret } from '#shared/messages/webhook/signature.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { freshTables } from '#test/support/dynamodb.ts';
import { memoryQueue } from '#test/support/memory-queue.ts';
import { type Sent, send } from '#test/support/submission-world.ts';
import { isAuthentic, type Reaction, startReceiver } from '#test/support/webhook-receiver.ts';

const START = Date.UTC(2022, 2, 10);
const reach = { loopback: true };
const receivers: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

const receiver = async (react?: () => Reaction) => {
  const started = await startReceiver(react);
  receivers.push(started);
  return started;
};

const world = async () => {
  const { db, tables } = await freshTables(['webhooks', 'deliveries', 'memberships']);
  const clock = { now: START };
  const now = () => clock.now;
  const memberships = membershipsRepository(db, tables.memberships);
  await memberships.put({ subject: 'officer', organizationId: 'changde-kx', role: 'officer' });
  const webhooks = webhooksRepository(db, tables.webhooks);
  const queue = memoryQueue({ now, maxReceives: 10, visibilitySeconds: 360 });
  const job = callWebhook({
    webhooks,
    deliveries: deliveriesRepository(db, tables.deliveries),
    queue,
    post: postTo(reach, undefined, 500),
    now,
  });
  const app = {
    list: listWebhooks({ webhooks, memberships }),
    save: saveWebhook({ webhooks, memberships, newSecret, reach }),
    remove: deleteWebhook({ webhooks, memberships }),
    test: testWebhook({ webhooks, memberships, queue, newPingId: generateId }),
    renew: renewWebhookSecret({ webhooks, memberships, newSecret }),
  };
  const as = (name: string | undefined, rest: Partial<Sent> = {}): Sent => ({
    subject: 'officer',
    params: { organizationId: 'changde-kx', ...(name === undefined ? {} : { name }) },
    receivedAt: clock.now,
    ...rest,
  });
  const saved = async (url: string): Promise<string> => {
    const { body } = await send(app.save, as('registry', { body: { url } }));
    return String(body.secret);
  };
  /** What the clock said at each attempt, until nothing is left to try, ms after the beginning. */
  const drained = async (): Promise<number[]> => {
    const attempts: number[] = [];
    for (let turn = 0; turn < 3_000 && queue.size() > 0; turn += 1) {
      if (await queue.deliver(job)) attempts.push(clock.now - START);
      clock.now += turn < 100 ? 1_000 : 30_000;
    }
    return attempts;
  };
  return { app, as, saved, queue, clock, drained };
};

it('signs what it sends so that a receiver of its own making takes it, and nothing that was changed', async () => {
  const { app, as, saved, drained, clock } = await world();
  const { url, delivered } = await receiver();
  const secret = await saved(url);
  const { body } = await send(app.test, as('registry'));
  await drained();
  const [message] = delivered;
  if (message === undefined) throw new Error('Nothing came');
  expect(delivered).toHaveLength(1);
  expect(message.headers['webhook-id']).toBe(body.eventId);
  expect(JSON.parse(message.body)).toMatchObject({ id: body.eventId, type: 'webhook.ping', organiser: 'changde-kx' });
  expect(isAuthentic(message, secret, START)).toBe(true);
  expect(isAuthentic({ ...message, body: `${message.body} ` }, secret, START)).toBe(false);
  expect(isAuthentic(message, newSecret(), START)).toBe(false);
  expect(isAuthentic(message, secret, START + 600_000)).toBe(false);
  expect(clock.now).toBeGreaterThan(START);
});

it('signs with the secret before as well for a day, and shows a secret once', async () => {
  const { app, as, saved, drained, clock } = await world();
  const { url, delivered } = await receiver();
  const old = await saved(url);
  const renewed = await send(app.renew, as('registry'));
  const secret = String(renewed.body.secret);
  expect(JSON.stringify(await send(app.list, as(undefined)))).not.toContain('whsec_');
  expect((await send(app.save, as('registry', { body: { url } }))).body.secret).toBeUndefined();

  await send(app.test, as('registry'));
  await drained();
  clock.now = START + 86_400_000;
  await send(app.test, as('registry'));
  await drained();
  const [first, second] = delivered;
  if (first === undefined || second === undefined) throw new Error('Something did not come');
  expect([old, secret].map((each) => isAuthentic(first, each, START))).toEqual([true, true]);
  expect([old, secret].map((each) => isAuthentic(second, each, START + 86_400_000))).toEqual([false, true]);
});

it('tries later and later for some hours, then leaves it to the dead letters, where a replay finds it', async () => {
  const { app, as, saved, drained, queue } = await world();
  let status = 503;
  const { url, delivered } = await receiver(() => ({ status }));
  await saved(url);
  await send(app.test, as('registry'));
  const attempts = await drained();
  expect(delivered).toHaveLength(10);
  const pauses = attempts.slice(1).map((at, place) => at - (attempts[place] ?? 0));
  expect(pauses.slice(0, 9)).toEqual([...pauses.slice(0, 9)].sort((one, other) => one - other));
  expect(attempts[9]).toBeGreaterThan(6 * 3_600_000);
  expect(queue.deadLetters).toHaveLength(1);

  status = 200;
  queue.inject(queue.deadLetters[0] ?? '');
  await drained();
  expect(delivered).toHaveLength(11);
  const { body } = await send(app.list, as(undefined));
  expect(body.items).toMatchObject([{ state: 'active', lastAttempt: { outcome: 'delivered', status: 200 } }]);
});

it('ends with 410, and begins again when the webhook is saved', async () => {
  const { app, as, saved, drained, queue } = await world();
  const { url, delivered } = await receiver(() => ({ status: 410 }));
  await saved(url);
  await send(app.test, as('registry'));
  await drained();
  await send(app.test, as('registry'));
  await drained();
  expect(delivered).toHaveLength(1);
  expect(queue.deadLetters).toEqual([]);
  expect((await send(app.list, as(undefined))).body.items).toMatchObject([{ state: 'disabled' }]);
  await saved(url);
  expect((await send(app.list, as(undefined))).body.items).toMatchObject([{ state: 'active' }]);
});

it('follows no redirect and waits no longer than it should', async () => {
  const elsewhere = await receiver();
  const moved = await receiver(() => ({ status: 302, location: elsewhere.url }));
  const silent = await receiver(() => 'never');
  const post = postTo(reach, undefined, 300);
  const posting = { headers: {}, body: '{}' };
  expect(await post({ ...posting, url: moved.url })).toEqual({ kind: 'answered', status: 302 });
  expect(await post({ ...posting, url: silent.url })).toEqual({ kind: 'timed-out' });
  expect(elsewhere.delivered).toEqual([]);
});

it('sends nothing to a name that leads to what is not public, whatever it led to before', async () => {
  const { port, delivered } = await receiver();
  const looked: string[] = [];
  const post = postTo({ loopback: false }, async (host) => {
    looked.push(host);
    return host === 'mixed.example'
      ? [
          { address: '93.184.215.14', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]
      : [
          {
            address: host === 'six.example' ? '::ffff:127.0.0.1' : '127.0.0.1',
            family: host === 'six.example' ? 6 : 4,
          },
        ];
  });
  for (const host of ['rebound.example', 'mixed.example', 'six.example']) {
    const url = `http://${host}:${port}/`;
    expect(await post({ url, headers: {}, body: '{}' })).toEqual({ kind: 'forbidden-address' });
  }
  for (const host of ['127.0.0.1', '[::1]', '0x7f.1', '[::ffff:127.0.0.1]']) {
    const url = `http://${host}:${port}/`;
    expect(await post({ url, headers: {}, body: '{}' })).toEqual({ kind: 'forbidden-address' });
  }
  expect(looked).toEqual(['rebound.example', 'mixed.example', 'six.example']);
  expect(delivered).toEqual([]);
});

it('is for officers of the organiser, at most ten, at addresses that are public', async () => {
  const { app, as } = await world();
  const body = { url: 'https://registry.example/events' };
  for (const handler of [app.save, app.remove, app.test, app.renew]) {
    expect((await send(handler, as('registry', { subject: 'stranger', body }))).status).toBe(404);
  }
  expect((await send(app.list, as(undefined, { subject: 'stranger' }))).status).toBe(404);
  expect((await send(app.remove, as('registry'))).status).toBe(404);
  for (let made = 0; made < 10; made += 1) {
    expect((await send(app.save, as(`w-${made}`, { body }))).status).toBe(200);
  }
  expect((await send(app.save, as('w-11', { body }))).body.errors).toMatchObject([{ code: 'TOO_MANY' }]);
  expect((await send(app.save, as('w-1', { body: { url: 'http://registry.example/' } }))).body.errors).toMatchObject([
    { path: 'url', code: 'FORMAT' },
  ]);
  expect((await send(app.remove, as('w-1'))).status).toBe(204);
});
