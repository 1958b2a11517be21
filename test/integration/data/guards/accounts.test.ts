import { beforeAll, describe, expect, test } from 'vitest';
import { deliveriesRepository } from '#shared/data/deliveries-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { signedReceiptsRepository } from '#shared/data/signed-receipts-repository.ts';
import { transact } from '#shared/data/transact.ts';
import { type Webhook, webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { receiptOf } from '#test/unit/domain/seal/receipts.ts';
import { type GuardedTables, guardedTables } from './guarded-tables.ts';

const NOW = Date.UTC(2022, 2, 10);
const AT = new Date(NOW).toISOString();

let world: GuardedTables;
beforeAll(async () => {
  world = await guardedTables(['organizations', 'webhooks', 'deliveries', 'idempotency', 'receipts']);
});

describe('an organisation', () => {
  const organization = (revision: number) => ({
    ...{ organizationId: `unit-${generateId()}`, name: '常德市医学会', kinds: [], organiser: false },
    ...{ managedBy: 'changde-kx', flags: [], sanctions: [], overdue: [], revision },
  });
  const repository = () => organizationsRepository(world.db, world.tables.organizations);

  test('that changed meanwhile is not replaced', async () => {
    const stored = organization(3);
    await world.put('organizations', stored);
    expect(await world.withoutTrace(() => repository().replaceAtRevision({ ...stored, revision: 3 }, 2))).toBe('moved');
  });

  test('that is there meanwhile is not replaced by a new one', async () => {
    const stored = organization(3);
    await world.put('organizations', stored);
    expect(await world.withoutTrace(() => repository().replaceAtRevision({ ...stored, revision: 1 }, 0))).toBe('moved');
  });

  test('is imported where it is new, and where the same organiser keeps it', async () => {
    const { organizationId } = organization(0);
    const row = { line: 2, position: { line: 2, column: 1 }, organizationId, fields: { name: '常德市医学会' } };
    expect(await repository().importAll('changde-kx', [row])).toEqual([]);
    expect(await repository().importAll('changde-kx', [row])).toEqual([]);
    expect(await repository().find(organizationId)).toMatchObject({ revision: 2 });
  });

  test('is not imported where another organiser keeps it', async () => {
    const stored = organization(3);
    await world.put('organizations', stored);
    const row = {
      line: 2,
      position: { line: 2, column: 1 },
      organizationId: stored.organizationId,
      fields: { name: '改名' },
    };
    expect(await world.withoutTrace(() => repository().importAll('hunan-kx', [row]))).toEqual([row]);
  });
});

describe('a webhook', () => {
  const webhook = (revision: number): Webhook => ({
    ...{ organizationId: `kx-${generateId()}`, name: 'oa', url: 'https://oa.example.cn', events: [], state: 'active' },
    ...{ secret: 'whsec', revision, createdAt: AT, updatedAt: AT },
  });
  const repository = () => webhooksRepository(world.db, world.tables.webhooks);

  test('that changed meanwhile is not replaced', async () => {
    const stored = webhook(3);
    await world.put('webhooks', stored);
    expect(await world.withoutTrace(() => repository().saveAtRevision(stored, 2))).toBe('moved');
  });

  test('that is there meanwhile is not replaced by a new one', async () => {
    const stored = webhook(3);
    await world.put('webhooks', stored);
    expect(await world.withoutTrace(() => repository().saveAtRevision({ ...stored, revision: 1 }, 0))).toBe('moved');
  });

  test.each([false, true])(
    'that changed meanwhile keeps nothing of an attempt before (disabled by it: %s)',
    async (disable) => {
      const stored = webhook(3);
      await world.put('webhooks', stored);
      const attempt = { at: AT, eventId: 'event', outcome: 'timed-out' } as const;
      await world.withoutTrace(() => repository().noteAttempt({ ...stored, revision: 2 }, attempt, disable));
    },
  );
});

describe('a delivery', () => {
  const repository = () => deliveriesRepository(world.db, world.tables.deliveries);
  const STALE_MS = 60_000;
  const putDelivery = async (state: 'claimed' | 'sent', at: number): Promise<string> => {
    const delivery = generateId();
    await world.put('deliveries', { delivery, state, at: new Date(at).toISOString() });
    return delivery;
  };

  test('is claimed where nobody has it, and where whoever had it gave it up', async () => {
    expect(await repository().claim(generateId(), NOW, STALE_MS)).toBe('claimed');
    expect(await repository().claim(await putDelivery('claimed', NOW - STALE_MS - 1), NOW, STALE_MS)).toBe('claimed');
  });

  test('is not claimed while another is about it', async () => {
    const delivery = await putDelivery('claimed', NOW - STALE_MS);
    expect(await world.withoutTrace(() => repository().claim(delivery, NOW, STALE_MS))).toBe('held');
  });

  test('is not claimed once it was sent, however long ago', async () => {
    const delivery = await putDelivery('sent', NOW - STALE_MS - 1);
    expect(await world.withoutTrace(() => repository().claim(delivery, NOW, STALE_MS))).toBe('sent');
  });

  test('is given back neither once it was sent nor where another has it by now', async () => {
    const sent = await putDelivery('sent', NOW);
    const taken = await putDelivery('claimed', NOW + 1);
    expect(await world.withoutTrace(() => repository().release(sent, NOW))).toBe(false);
    expect(await world.withoutTrace(() => repository().release(taken, NOW))).toBe(false);
  });
});

describe("a client's key", () => {
  const key = () => ({ subject: 'secretary', operation: 'createSubmission', key: generateId() });
  const remember = (of: ReturnType<typeof key>, digest: string, now: number) =>
    transact(world.db, [
      idempotencyRepository(world.db, world.tables.idempotency).remembering(of, { digest, created: {} }, now),
    ]);
  const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

  test('stands for one request while it is kept', async () => {
    const of = key();
    expect(await remember(of, 'first', NOW)).toEqual([]);
    expect(await world.withoutTrace(() => remember(of, 'second', NOW + WEEK_MS - 1_000))).toMatchObject([
      { position: 0 },
    ]);
  });

  test('can be used again once it has expired', async () => {
    const of = key();
    expect(await remember(of, 'first', NOW)).toEqual([]);
    expect(await remember(of, 'second', NOW + WEEK_MS)).toEqual([]);
  });
});

test('a signature makes no receipt of one that is not there', async () => {
  const receipt = receiptOf(1, { receiptNo: generateId() });
  const signed = signedReceiptsRepository(world.db, world.tables.receipts);
  await world.withoutTrace(() =>
    expect(signed.keepFirst({ receipt, text: '{}' }, 'header.payload.signature')).rejects.toThrow(
      'conditional request failed',
    ),
  );
});
