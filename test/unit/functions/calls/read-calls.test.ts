import { describe, expect, it } from 'vitest';
import { getAccount } from '#functions/account/get-account/get-account.ts';
import { createAnnexUpload } from '#functions/calls/create-annex-upload/create-annex-upload.ts';
import { getAnnex } from '#functions/calls/get-annex/get-annex.ts';
import { getCall } from '#functions/calls/get-call/get-call.ts';
import { getCallVersion } from '#functions/calls/get-call-version/get-call-version.ts';
import { getForm } from '#functions/calls/get-form/get-form.ts';
import { listCalls } from '#functions/calls/list-calls/list-calls.ts';
import { writtenLeaf } from '#test/support/calls.ts';
import { organization } from '#test/support/organizations.ts';
import { inMemoryCalls, inMemoryMemberships, OFFICER, send } from './in-memory-calls.ts';

const OPEN = Date.UTC(2022, 2, 10);
const CLOSES = Date.parse('2022-03-31T16:00:00.000Z');
const params = (pathParameters: Record<string, string> = {}) => ({
  pathParameters: { callId: 'changde-2022', ...pathParameters },
});
const ANNEX = {
  key: 'guide',
  title: '申报指南',
  filename: '附件1 申报指南.pdf',
  contentType: 'application/pdf',
  size: 10,
  sha256: 'a'.repeat(64),
};

describe('GET /calls/{callId}', () => {
  it('shows the version in force with all a unit needs to know', async () => {
    const calls = inMemoryCalls();
    calls.add({}, { annexes: [ANNEX] });
    const { status, headers, body } = await send(getCall({ calls: calls.repository }), {
      ...params(),
      receivedAt: OPEN,
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ etag: '"2"', 'cache-control': 'public, max-age=30' });
    expect(body).toMatchObject({
      callId: 'changde-2022',
      version: 1,
      status: 'open',
      closesText: '2022年3月31日24:00（Asia/Shanghai）',
      annexes: [{ key: 'guide', href: '/calls/changde-2022/annexes/guide' }],
      categories: [
        { code: '1', form: 'apply', materials: [{ key: 'application', maxSize: 20 * 1024 * 1024, maxCount: 1 }] },
        { code: '2', applicants: [], categories: [{ code: '2-1' }] },
      ],
    });
    expect(body).not.toHaveProperty('forms');
  });

  it.each([
    [CLOSES - 1, 'open'],
    [CLOSES, 'closed'],
  ])('says at %i that it is %s', async (receivedAt, status) => {
    const calls = inMemoryCalls();
    calls.add();
    const reply = await send(getCall({ calls: calls.repository }), { ...params(), receivedAt });
    expect(reply.body.status).toBe(status);
  });

  it('lets no cache keep an answer across the deadline', async () => {
    const calls = inMemoryCalls();
    calls.add();
    const reply = await send(getCall({ calls: calls.repository }), { ...params(), receivedAt: CLOSES - 4_500 });
    expect(reply.headers['cache-control']).toBe('public, max-age=4');
  });

  it.each([
    ['unknown', {}],
    ['not published', { publishedVersion: undefined }],
  ])('does not show one that is %s', async (which, head) => {
    const calls = inMemoryCalls();
    calls.add(head);
    const callId = which === 'unknown' ? 'unknown' : 'changde-2022';
    expect((await send(getCall({ calls: calls.repository }), params({ callId }))).status).toBe(404);
  });
});

describe('GET /calls', () => {
  const listing = () => {
    const calls = inMemoryCalls();
    const add = (callId: string, opens: string, closes: string, published = true) =>
      calls.add({ callId, ...(published ? {} : { publishedVersion: undefined }) }, { opens, closes });
    add('scheduled', '2022-05-01', '2022-06-01');
    add('open-a', '2022-03-01', '2022-04-30');
    add('open-b', '2022-03-01', '2022-03-31');
    add('closed', '2022-01-01', '2022-02-01');
    add('unpublished', '2022-03-01', '2022-04-30', false);
    const list = (query: Record<string, string> = {}, receivedAt = OPEN) =>
      send(listCalls({ calls: calls.repository }), { query, receivedAt });
    return { calls, list };
  };
  const idsOf = ({ body }: Awaited<ReturnType<typeof send>>) =>
    body.items.map(({ callId }: { callId: string }) => callId);

  it('lists what is published, latest deadline first', async () => {
    expect(idsOf(await listing().list())).toEqual(['scheduled', 'open-a', 'open-b', 'closed']);
  });

  it.each([
    ['scheduled', ['scheduled']],
    ['open', ['open-a', 'open-b']],
    ['closed', ['closed']],
    ['sealed', []],
  ])('lists the %s ones', async (status, ids) => {
    expect(idsOf(await listing().list({ status }))).toEqual(ids);
  });

  it('goes on where the page before ended', async () => {
    const { list } = listing();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const reply = await list({ limit: '1', ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...idsOf(reply));
      cursor = reply.body.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['scheduled', 'open-a', 'open-b', 'closed']);
  });

  it('ends a page early rather than exceed what a reply can hold', async () => {
    const calls = inMemoryCalls();
    for (let index = 10; index < 60; index += 1) {
      const basis = Array.from({ length: 20 }, () => '据'.repeat(300));
      const categories = Array.from({ length: 2 }, (_, code) => ({
        ...writtenLeaf,
        title: '学会党的建设',
        code: `c${code}`,
        deliverables: Array.from({ length: 50 }, () => '应'.repeat(1_000)),
      }));
      calls.add({ callId: `call-${index}` }, { basis, categories });
    }
    const handler = listCalls({ calls: calls.repository });
    const first = await send(handler, { query: { limit: '100' }, receivedAt: OPEN });
    expect(JSON.stringify(first.body).length).toBeLessThan(6 * 1024 * 1024);
    expect(first.body.items.length).toBeLessThan(50);
    const second = await send(handler, {
      query: { limit: '100', cursor: first.body.nextCursor },
      receivedAt: OPEN,
    });
    expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBeGreaterThan(first.body.items.length);
    expect(idsOf(second)).not.toContain(idsOf(first).at(-1));
  });

  it('ends where the deadline a page ended at has passed meanwhile', async () => {
    const { list } = listing();
    const { body } = await list({ status: 'open', limit: '1' });
    const later = await list({ status: 'open', limit: '1', cursor: body.nextCursor }, Date.UTC(2022, 5, 1));
    expect(later.body).toEqual({ items: [] });
  });

  it.each(['x', 'W10', Buffer.from('["calls:open",{}]').toString('base64url')])(
    'refuses the cursor %s that it never gave out',
    async (cursor) => {
      const { status, body } = await listing().list({ cursor });
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([{ path: 'cursor' }]);
    },
  );

  it('refuses a cursor of the same list under another filter', async () => {
    const { list } = listing();
    const { body } = await list({ status: 'open', limit: '1' });
    expect((await list({ status: 'closed', cursor: body.nextCursor })).status).toBe(400);
  });
});

describe('GET /calls/{callId}/versions/{version}', () => {
  const reading = () => {
    const calls = inMemoryCalls();
    calls.add({ publishedVersion: undefined });
    const handler = getCallVersion({ calls: calls.repository, memberships: inMemoryMemberships(OFFICER) });
    return {
      calls,
      read: (version: string, as?: string) => send(handler, { ...params({ version }), ...(as && { as }) }),
    };
  };

  it('shows an officer an unpublished version, definition and forms', async () => {
    const { status, body } = await reading().read('1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      published: false,
      call: { version: 1, status: 'open' },
      definition: { opens: '2022-03-01', forms: { apply: { title: '项目申报书' } } },
    });
  });

  it.each([
    ['1', 'nobody'],
    ['2', 'officer-1'],
    ['0', 'officer-1'],
    ['one', 'officer-1'],
  ])('does not show version %s to %s', async (version, as) => {
    expect((await reading().read(version, as)).status).toBe(404);
  });
});

describe('GET /calls/{callId}/categories/{code}/form', () => {
  const reading = (head = {}) => {
    const calls = inMemoryCalls();
    calls.add(head);
    return (code: string) => send(getForm({ calls: calls.repository }), { ...params({ code }), receivedAt: OPEN });
  };

  it('gives a category its form as a schema and how to lay it out', async () => {
    const { status, body } = await reading()('2-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      category: '2-1',
      version: 1,
      title: '项目申报书',
      schema: { type: 'object', required: ['name'] },
      presentation: { sections: [{ title: '一、项目' }] },
    });
  });

  it.each([
    ['a group', '2', {}],
    ['an unknown code', '9', {}],
    ['a call not published', '1', { publishedVersion: undefined }],
  ])('has none for %s', async (_, code, head) => {
    expect((await reading(head)(code)).status).toBe(404);
  });
});

describe('annexes', () => {
  it('lets an officer upload by content, before the call is saved', async () => {
    const asked: unknown[] = [];
    const calls = inMemoryCalls();
    const handler = createAnnexUpload({
      calls: calls.repository,
      memberships: inMemoryMemberships(OFFICER, { ...OFFICER, organizationId: 'other-kx' }),
      uploads: {
        presign: async (method, target) => {
          asked.push([method, target]);
          return { method: 'POST', url: 'https://s3', fields: {}, expiresAt: '2022-03-10T00:15:00.000Z' };
        },
      },
    });
    const { key: _, title: __, ...declared } = ANNEX;
    const post = (organiser: string) =>
      send(handler, { ...params(), body: JSON.stringify({ organiser, ...declared }) });
    expect(await post('changde-kx')).toMatchObject({ status: 201, body: { sha256: ANNEX.sha256 } });
    expect(asked).toEqual([
      [
        'POST',
        {
          key: `annexes/changde-2022/${ANNEX.sha256}`,
          contentType: 'application/pdf',
          size: 10,
          sha256: ANNEX.sha256,
        },
      ],
    ]);
    expect((await post('nobody')).status).toBe(404);
    calls.add();
    expect((await post('other-kx')).status).toBe(404);
    expect((await post('changde-kx')).status).toBe(201);
  });

  it('redirects to a download under the original name', async () => {
    const calls = inMemoryCalls();
    calls.add({}, { annexes: [ANNEX] });
    const handler = getAnnex({
      calls: calls.repository,
      downloads: {
        presign: async ({ key, filename }) => ({ url: `https://s3/${key}?${filename}`, expiresAt: '' }),
      },
    });
    expect(await send(handler, params({ key: 'guide' }))).toMatchObject({
      status: 302,
      headers: {
        location: `https://s3/annexes/changde-2022/${ANNEX.sha256}?${ANNEX.filename}`,
        'cache-control': 'no-store',
      },
    });
    expect((await send(handler, params({ key: 'other' }))).status).toBe(404);
  });
});

describe('GET /account', () => {
  it('names the organisations of the bearer, and what each knows of it', async () => {
    const handler = getAccount({
      memberships: inMemoryMemberships(
        { ...OFFICER, mobile: '13800000000' },
        { ...OFFICER, organizationId: 'gone', role: 'applicant' },
      ),
      organizations: {
        findAll: async (ids) =>
          ids
            .filter((organizationId) => organizationId !== 'gone')
            .map((organizationId) => organization({ organizationId, name: '常德市科协', organiser: true })),
      },
    });
    expect((await send(handler)).body).toEqual({
      memberships: [
        {
          ...{ organizationId: 'changde-kx', name: '常德市科协', kinds: [], role: 'officer' },
          user: { mobile: '13800000000' },
        },
      ],
    });
    expect((await send(handler, { as: 'nobody' })).body).toEqual({ memberships: [] });
  });
});
