import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { announced, consented, jointDraft, newDraft, readyDraft } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type Sent,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const Entry = z.object({
  revision: z.int(),
  at: z.string(),
  action: z.string(),
  role: z.string(),
  by: z.object({ organizationId: z.string(), subject: z.string().optional(), name: z.string().optional() }).optional(),
  details: z.record(z.string(), z.unknown()),
});
const History = z.object({
  items: z.array(Entry),
  nextCursor: z.string().optional(),
  late: z.object({ first: z.string(), last: z.string(), count: z.int() }).optional(),
});

let world: SubmissionWorld;
beforeEach(async () => {
  world = await submissionWorld({ joint: { allowed: true } });
});

const history = async (submissionId: string, sent: Sent = {}) => {
  const reply = await send(world.app.history, { params: { submissionId }, ...sent });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return History.parse(reply.body);
};

const actionsOf = ({ items }: z.output<typeof History>): string[] => items.map(({ action }) => action);

const oldestFirst = { query: { order: 'oldest' } };
const asOfficer = { subject: 'officer' };

describe('the history of a submission', () => {
  test('comes newest first or oldest first, page by page, and no cursor of the other order is taken', async () => {
    const { submissionId } = await readyDraft(world);
    await send(world.app.submit, { params: { submissionId } });
    const all = ['created', 'attachment-announced', 'attachment-admitted', 'submitted'];
    expect(actionsOf(await history(submissionId, oldestFirst))).toEqual(all);
    expect(actionsOf(await history(submissionId))).toEqual(all.toReversed());

    const met: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { order: 'oldest', limit: '1', ...(cursor === undefined ? {} : { cursor }) };
      const page = await history(submissionId, { query });
      // What comes after the last one is known by an empty page.
      expect(page.items.length).toBeLessThanOrEqual(1);
      met.push(...actionsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== undefined && met.length < 10);
    expect(met).toEqual(all);

    const { nextCursor = '' } = await history(submissionId, { query: { limit: '1' } });
    const other = { params: { submissionId }, query: { order: 'oldest', cursor: nextCursor } };
    expect((await send(world.app.history, other)).status).toBe(400);
  });

  test('names people to their own organisation and to officers, to others only whom they acted for', async () => {
    await Promise.all([
      world.memberships.put({ subject: 'secretary', organizationId: 'unit-1', role: 'applicant', name: '张仲景' }),
      world.memberships.put({ subject: 'secretary-2', organizationId: 'unit-2', role: 'applicant', name: '贾思勰' }),
    ]);
    const submissionId = await jointDraft(world, { partners: ['unit-2'] });
    await send(world.app.submit, { params: { submissionId } });
    const zhang = { organizationId: 'unit-1', subject: 'secretary', name: '张仲景' };
    const jia = { organizationId: 'unit-2', subject: 'secretary-2', name: '贾思勰' };
    const told = async (subject: string) => {
      const { items } = await history(submissionId, { subject });
      return new Set(items.map(({ by }) => JSON.stringify(by)));
    };
    const set = (...people: unknown[]) => new Set([...people, undefined].map((by) => JSON.stringify(by)));
    expect(await told('secretary')).toEqual(set(zhang, { organizationId: 'unit-2' }));
    expect(await told('secretary-2')).toEqual(set({ organizationId: 'unit-1' }, jia));
    expect(await told('officer')).toEqual(set(zhang, jia));
  });

  test('shows an officer all of what is submitted, and of a draft only what its head shows', async () => {
    const { submissionId } = await readyDraft(world);
    await send(world.app.namePartners, { params: { submissionId }, body: { partners: ['unit-2'] } });
    await consented(world, submissionId, 'unit-2');
    expect(actionsOf(await history(submissionId, asOfficer))).toEqual(['created']);
    await send(world.app.submit, { params: { submissionId } });
    expect(actionsOf(await history(submissionId, asOfficer))).toHaveLength(6);
    await send(world.app.withdraw, { params: { submissionId } });
    expect(actionsOf(await history(submissionId, asOfficer))).toEqual(['withdrawn', 'submitted', 'created']);
  });

  test('has pages of their own length for who sees a part of it: the cursor goes on all the same', async () => {
    const submissionId = await newDraft(world);
    await announced(world, submissionId);
    const first = await history(submissionId, { ...asOfficer, query: { limit: '1' } });
    expect(first.items).toEqual([]);
    const second = await history(submissionId, { ...asOfficer, query: { limit: '1', cursor: first.nextCursor ?? '' } });
    expect(actionsOf(second)).toEqual(['created']);
  });

  test('can be read when the draft is deleted, by those who could before', async () => {
    const submissionId = await newDraft(world);
    await send(world.app.remove, { params: { submissionId } });
    expect(actionsOf(await history(submissionId))).toEqual(['deleted', 'created']);
    expect(actionsOf(await history(submissionId, asOfficer))).toEqual(['deleted', 'created']);
    const stranger = { params: { submissionId }, subject: 'secretary-2' };
    expect((await send(world.app.history, stranger)).status).toBe(404);
  });

  test('is nobody else’s, and none is known of what never was', async () => {
    const submissionId = await newDraft(world);
    for (const subject of ['secretary-2', 'outsider', 'nobody'])
      expect((await send(world.app.history, { params: { submissionId }, subject })).status).toBe(404);
    expect((await send(world.app.history, { params: { submissionId: '0'.repeat(26) } })).status).toBe(404);
  });

  test('has refused late submits beside it: first, last and how many', async () => {
    const { submissionId } = await readyDraft(world);
    for (const receivedAt of [CLOSES_AT, CLOSES_AT + 1_000, CLOSES_AT + 2_000])
      expect((await send(world.app.submit, { params: { submissionId }, receivedAt })).status).toBe(409);
    const { items, late } = await history(submissionId);
    expect(late).toEqual({ first: '2022-03-31T16:00:00.000Z', last: '2022-03-31T16:00:02.000Z', count: 3 });
    expect(items.map(({ action }) => action)).not.toContain('submitted');
    expect((await history(submissionId, asOfficer)).late?.count).toBe(3);
  });
});

describe('the history of a call', () => {
  test('tells the officers of its organiser who changed it, and nobody else', async () => {
    await world.memberships.put({ subject: 'officer', organizationId: 'changde-kx', role: 'officer', name: '李冰' });
    const reply = await send(world.app.callHistory, { params: { callId: CALL_ID }, ...asOfficer, ...oldestFirst });
    expect(reply.status).toBe(200);
    expect(History.parse(reply.body).items.at(-1)).toMatchObject({
      action: 'saved',
      role: 'officer',
      by: { organizationId: 'changde-kx', subject: 'officer', name: '李冰' },
    });
    for (const subject of ['secretary', 'nobody'])
      expect((await send(world.app.callHistory, { params: { callId: CALL_ID }, subject })).status).toBe(404);
  });

  test('tells what happened by itself as such', async () => {
    world.clock.now = CLOSES_AT + 3_600_000;
    await world.jobs.advance();
    const reply = await send(world.app.callHistory, {
      params: { callId: CALL_ID },
      ...asOfficer,
      receivedAt: WHILE_OPEN,
    });
    const byItself = History.parse(reply.body).items.filter(({ role }) => role === 'system');
    expect(byItself.map(({ action }) => action)).toContain('closed');
    expect(byItself.every(({ by }) => by === undefined)).toBe(true);
  });
});
