import { describe, expect, it } from 'vitest';
import { publishCall } from '#functions/calls/publish-call/publish-call.ts';
import { unpublishCall } from '#functions/calls/unpublish-call/unpublish-call.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { writtenLeaf } from '#test/support/calls.ts';
import { inMemoryCalls, inMemoryMemberships, OFFICER, send } from './in-memory-calls.ts';

const ANNEX = {
  key: 'guide',
  title: '申报指南',
  filename: '附件1.pdf',
  contentType: 'application/pdf',
  size: 10,
  sha256: 'a'.repeat(64),
};
const memberships = inMemoryMemberships(OFFICER, { ...OFFICER, subject: 'officer-2', organizationId: 'other-kx' });
const params = { pathParameters: { callId: 'changde-2022' } };
const BEFORE_OPENING = Date.UTC(2022, 1, 20);
const unpublished: Partial<CallHead> = { publishedVersion: undefined, publishedAt: undefined, revision: 1 };

const publishing = () => {
  const calls = inMemoryCalls();
  const annexes = new Set<string>();
  const inUse: string[][] = [];
  const handler = publishCall({
    calls: calls.repository,
    changes: calls.changes,
    memberships,
    annexes: { holds: async (_, { sha256 }) => annexes.has(sha256) },
    categoriesInUse: async (_, codes) => codes.filter((code) => inUse[0]?.includes(code) && inUse.length > 0),
  });
  const publish = (parts: Parameters<typeof send>[1] = {}) =>
    send(handler, { ...params, receivedAt: BEFORE_OPENING, ...parts });
  return { calls, annexes, inUse, publish };
};

describe('POST /calls/{callId}/publish', () => {
  it('puts the newest version in force, once', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    const first = await publish();
    expect(first).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { version: 1, published: true, revision: 2, warnings: [] },
    });
    expect(calls.heads.get('changde-2022')).toMatchObject({
      publishedVersion: 1,
      publishedAt: '2022-02-20T00:00:00.000Z',
      closesAt: '2022-03-31T16:00:00.000Z',
    });
    expect(await publish()).toEqual(first);
  });

  it('puts the version in force that is named', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    calls.add({ ...unpublished, latestVersion: 2, revision: 2 }, { title: '改' });
    expect((await publish({ body: '{"version":1}' })).body).toMatchObject({ version: 1, published: true });
    expect((await publish({ body: '{"version":3}' })).status).toBe(404);
  });

  it('tells a version of the wrong type from one that is missing', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    const { status, body } = await publish({ body: '{"version":"1"}' });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path: 'version', code: 'WRONG_TYPE' }]);
  });

  it('is not there for an officer of somebody else', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    expect((await publish({ as: 'officer-2' })).status).toBe(404);
    expect((await publish({ pathParameters: { callId: 'unknown' } })).status).toBe(404);
  });

  it('refuses a publication that overtook what the caller saw', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    expect((await publish({ headers: { 'if-match': '"7"' } })).status).toBe(412);
    expect((await publish({ headers: { 'if-match': '"1"' } })).status).toBe(200);
  });

  it('answers a repeated request as before, whose If-Match is from before the first', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    const first = await publish({ headers: { 'if-match': '"1"' } });
    expect(await publish({ headers: { 'if-match': '"1"' } })).toEqual(first);
  });

  it('asks for annexes that were not uploaded', async () => {
    const { calls, annexes, publish } = publishing();
    calls.add(unpublished, { annexes: [ANNEX] });
    const { status, body } = await publish();
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'annexes[0].sha256', code: 'ANNEX_MISSING' }]);
    annexes.add(ANNEX.sha256);
    expect((await publish()).status).toBe(200);
  });

  it.each([
    [-1, 200],
    [0, 409],
  ])('publishes a call %i ms from its deadline with %i', async (offset, status) => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    const reply = await publish({ receivedAt: Date.parse('2022-03-31T16:00:00.000Z') + offset });
    expect(reply.status).toBe(status);
    expect(calls.heads.get('changde-2022')?.publishedVersion).toBe(status === 200 ? 1 : undefined);
  });

  describe('of a call whose deadline was moved since', () => {
    const moved = {
      closesAt: '2022-04-10T16:00:00.000Z',
      closesAtLocal: '2022-04-11T00:00:00.000+08:00',
      closesText: '2022年4月10日24:00（Asia/Shanghai）',
    };
    const AFTER_FIRST_DEADLINE = Date.UTC(2022, 3, 5);
    const withNext = (closes: string) => {
      const { calls, publish } = publishing();
      const head = calls.add();
      calls.add({ latestVersion: 2, revision: 3 }, { closes });
      calls.heads.set('changde-2022', { ...head, ...moved, latestVersion: 2, revision: 3 });
      return { calls, publish };
    };

    it.each([
      ['the day it was published with', '2022-03-31'],
      ['the day it was moved to', '2022-04-10'],
    ])('puts a corrected version in force that says %s, and leaves the deadline moved', async (_, closes) => {
      const { calls, publish } = withNext(closes);
      const { status, body } = await publish({ receivedAt: AFTER_FIRST_DEADLINE });
      expect(status, JSON.stringify(body)).toBe(200);
      expect(body).toMatchObject({ version: 2, published: true, ...moved });
      expect(calls.heads.get('changde-2022')).toMatchObject({ publishedVersion: 2, ...moved });
    });

    it('refuses one that says another day', async () => {
      const { publish } = withNext('2022-04-11');
      expect((await publish()).body.errors).toMatchObject([{ path: 'closes', code: 'WINDOW_CHANGED' }]);
    });

    it('puts one in force as long as anybody may still submit', async () => {
      const { calls, publish } = withNext('2022-03-31');
      const head = calls.heads.get('changde-2022');
      if (head === undefined) throw new Error('no call');
      calls.heads.set('changde-2022', { ...head, lastClosesAt: '2022-04-12T16:00:00.000Z' });
      const at = Date.parse('2022-04-12T16:00:00.000Z');
      expect((await publish({ receivedAt: at })).body.code).toBe('CALL_CLOSED');
      expect((await publish({ receivedAt: at - 1 })).status).toBe(200);
    });
  });

  it('does not move the window by another version', async () => {
    const { calls, publish } = publishing();
    calls.add(unpublished);
    calls.add({ ...unpublished, latestVersion: 2, revision: 2 }, { closes: '2022-04-15' });
    await publish({ body: '{"version":1}' });
    const { status, body } = await publish();
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'closes', code: 'WINDOW_CHANGED' }]);
  });

  const withoutFirst = {
    categories: [{ code: '2-1', title: '重点学会建设', ...writtenLeaf }],
  };

  it('takes a category away that nobody uses', async () => {
    const { calls, publish } = publishing();
    calls.add();
    calls.add({ latestVersion: 2, revision: 3, publishedVersion: 1 }, withoutFirst);
    expect((await publish()).body).toMatchObject({ version: 2, published: true });
  });

  it('takes no category away that has drafts or submissions', async () => {
    const { calls, inUse, publish } = publishing();
    calls.add();
    calls.add({ latestVersion: 2, revision: 3, publishedVersion: 1 }, withoutFirst);
    inUse.push(['1', '2-1']);
    const { status, body } = await publish();
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'categories', code: 'CATEGORY_IN_USE' }]);
    expect(body.errors[0].message).toContain('1');
    expect(calls.heads.get('changde-2022')).toMatchObject({ publishedVersion: 1, revision: 3 });
  });

  it('puts the version before back where a draft was begun meanwhile', async () => {
    const { calls, inUse, publish } = publishing();
    calls.add();
    calls.add({ latestVersion: 2, revision: 3, publishedVersion: 1 }, withoutFirst);
    const { replaceHeadAtRevision } = calls.changes;
    calls.changes.replaceHeadAtRevision = async (...change) => {
      inUse.push(['1']);
      return replaceHeadAtRevision(...change);
    };
    expect((await publish()).status).toBe(422);
    expect(calls.heads.get('changde-2022')).toMatchObject({ publishedVersion: 1, latestVersion: 2, revision: 5 });
  });
});

describe('POST /calls/{callId}/unpublish', () => {
  const unpublishing = (...anyOfCall: boolean[]) => {
    const calls = inMemoryCalls();
    const handler = unpublishCall({
      calls: calls.repository,
      changes: calls.changes,
      memberships,
      tallies: { anyOfCall: async () => anyOfCall.shift() ?? false },
    });
    return { calls, unpublish: (parts: Parameters<typeof send>[1] = {}) => send(handler, { ...params, ...parts }) };
  };

  it('takes a publication back while nobody has a draft', async () => {
    const { calls, unpublish } = unpublishing();
    calls.add();
    expect(await unpublish()).toMatchObject({ status: 200, headers: { etag: '"3"' }, body: { published: false } });
    expect(calls.heads.get('changde-2022')?.publishedVersion).toBeUndefined();
    expect((await unpublish()).body.code).toBe('NOT_PUBLISHED');
  });

  it('gives the call the window of its newest version again', async () => {
    const { calls, unpublish } = unpublishing();
    calls.add({ latestVersion: 2, publishedVersion: 1 }, { closes: '2022-04-15' });
    calls.heads.set('changde-2022', { ...calls.add({ latestVersion: 1 }), latestVersion: 2 });
    await unpublish();
    expect(calls.heads.get('changde-2022')?.closesAt).toBe('2022-04-15T16:00:00.000Z');
  });

  it('refuses while anybody has a draft, and changes nothing', async () => {
    const { calls, unpublish } = unpublishing(true);
    const before = calls.add();
    expect(await unpublish()).toMatchObject({ status: 409, body: { code: 'HAS_DRAFTS' } });
    expect(calls.heads.get('changde-2022')).toEqual(before);
  });

  it('puts the publication back where a draft was begun meanwhile, and keeps what was saved meanwhile', async () => {
    const { calls, unpublish } = unpublishing(false, true);
    calls.add();
    const { replaceHeadAtRevision } = calls.changes;
    let writes = 0;
    calls.changes.replaceHeadAtRevision = async (...change) => {
      writes += 1;
      const taken = calls.heads.get('changde-2022');
      if (writes === 2 && taken !== undefined) {
        calls.heads.set('changde-2022', { ...taken, revision: taken.revision + 1, latestVersion: 2 });
      }
      return replaceHeadAtRevision(...change);
    };
    expect(await unpublish()).toMatchObject({ status: 409, body: { code: 'HAS_DRAFTS' } });
    expect(calls.heads.get('changde-2022')).toMatchObject({ publishedVersion: 1, latestVersion: 2, revision: 5 });
  });

  it('is not there for others', async () => {
    const { calls, unpublish } = unpublishing();
    calls.add();
    expect((await unpublish({ as: 'officer-2' })).status).toBe(404);
  });
});
