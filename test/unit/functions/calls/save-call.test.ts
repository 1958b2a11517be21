import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { saveCall } from '#functions/calls/save-call/save-call.ts';
import { callHead, writtenCall } from '#test/support/calls.ts';
import { inMemoryCalls, inMemoryMemberships, OFFICER, send } from './in-memory-calls.ts';

const setUp = () => {
  const calls = inMemoryCalls();
  const memberships = inMemoryMemberships(
    OFFICER,
    { subject: 'officer-2', organizationId: 'other-kx', role: 'officer' },
    { subject: 'secretary-1', organizationId: 'changde-kx', role: 'applicant' },
  );
  const handler = saveCall({ calls: calls.repository, changes: calls.changes, memberships });
  const save = (body: unknown, parts: Parameters<typeof send>[1] = {}) =>
    send(handler, {
      pathParameters: { callId: 'changde-2022' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...parts,
    });
  return { calls, save };
};
const YAML = { headers: { 'content-type': 'application/yaml' } };

describe('PUT /calls/{callId}', () => {
  it('saves each definition as a version of its own', async () => {
    const { calls, save } = setUp();
    const first = await save(writtenCall());
    const second = await save(writtenCall({ title: '改' }));
    expect([first, second]).toMatchObject([
      { status: 200, headers: { etag: '"1"' }, body: { version: 1, published: false, revision: 1 } },
      { status: 200, headers: { etag: '"2"' }, body: { version: 2, published: false, revision: 2 } },
    ]);
    const titleOf = async (version: number) => {
      const digest = (await calls.repository.version('changde-2022', version))?.content.digest ?? '';
      return (await calls.repository.definition('changde-2022', digest)).title;
    };
    expect([await titleOf(1), await titleOf(2)]).toEqual(['关于申报2022年度项目的通知', '改']);
  });

  it('takes a notice as YAML and says what its bare deadlines mean', async () => {
    const { save } = setUp();
    const yaml = readFileSync(new URL('../../../../shared/calls/changde-2022/call.yaml', import.meta.url), 'utf8');
    const { status, body } = await save(yaml.replace('organiser: changde-kexie', 'organiser: changde-kx'), YAML);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      closesAt: '2022-03-31T16:00:00.000Z',
      closesText: '2022年3月31日24:00（Asia/Shanghai）',
      warnings: [
        { path: 'closes', code: 'DEADLINE_WITHOUT_HOUR' },
        { path: 'paper.closes', code: 'DEADLINE_WITHOUT_HOUR' },
      ],
    });
    expect(body.warnings[0].message).toContain('2022年3月31日24:00');
  });

  it('refuses YAML that cannot be read with 400, by line and column', async () => {
    const { status, body } = await setUp().save('title: [', YAML);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ code: 'SYNTAX', line: 1, column: 9 });
    expect(body.errors[0].message).toContain('第 1 行');
  });

  it('tells every fault of YAML by line and column too, and every warning', async () => {
    const { calls, save } = setUp();
    const yaml = stringify(writtenCall(), { aliasDuplicateObjects: false });
    const refused = await save(yaml.replace('title: 关于', 'titel: 关于'), YAML);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([
      { path: 'title', code: 'REQUIRED', line: 1, column: 1 },
      { path: 'titel', code: 'UNKNOWN', line: 1, column: 1 },
    ]);
    const saved = await save(yaml, YAML);
    expect(saved.body.warnings).toMatchObject([{ path: 'closes', line: 5, column: 1 }]);
    calls.heads.set('changde-2022', callHead({ organiser: 'changde-kx', revision: 1 }));
    const moved = await save(yaml.replace('2022-03-31', '2022-04-15'), YAML);
    expect(moved.body.errors).toMatchObject([{ path: 'closes', code: 'WINDOW_CHANGED', line: 5, column: 1 }]);
  });

  it('counts no lines of JSON, which programs write', async () => {
    const { status, body } = await setUp().save(writtenCall({ title: '' }));
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ path: 'title', code: 'TOO_SHORT', message: expect.any(String) }]);
  });

  it.each([
    ['duplicate keys', 'title: a\ntitle: b'],
    ['aliases', 'title: &a x\nnotice: *a'],
    ['__proto__', '__proto__:\n  a: 1'],
    ['a bomb', '['.repeat(50_000)],
  ])('refuses %s with 400', async (_, yaml) => {
    expect((await setUp().save(yaml, YAML)).status).toBe(400);
  });

  it('lists every fault by its path and stores nothing', async () => {
    const { calls, save } = setUp();
    const { status, body } = await save(writtenCall({ title: '', closes: 'soon', limitPerUnit: 0 }));
    expect(status).toBe(422);
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toEqual([
      'title TOO_SHORT',
      'closes NOT_A_DATE',
      'limitPerUnit TOO_SMALL',
    ]);
    expect(calls.heads.size).toBe(0);
  });

  it.each([
    ['an applicant', 'secretary-1'],
    ['an officer of somebody else', 'officer-2'],
    ['a stranger', 'nobody'],
  ])('is not there for %s', async (_, as) => {
    const { calls, save } = setUp();
    expect((await save(writtenCall(), { as })).status).toBe(404);
    calls.add();
    expect((await save(writtenCall(), { as })).status).toBe(404);
    expect(calls.heads.get('changde-2022')?.revision).toBe(2);
  });

  it('never hands a call to another organiser', async () => {
    const { calls, save } = setUp();
    calls.add();
    const { status, body } = await save(writtenCall({ organiser: 'other-kx' }));
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'organiser', code: 'ORGANISER_CHANGED' }]);
  });

  it.each([
    ['"1"', 412],
    ['W/"2"', 412],
    ['"2"', 200],
    ['"1", "2"', 200],
    ['*', 200],
  ])('answers If-Match %s on revision 2 with %i', async (ifMatch, status) => {
    const { calls, save } = setUp();
    calls.add();
    expect((await save(writtenCall(), { headers: { 'if-match': ifMatch } })).status).toBe(status);
  });

  it('refuses If-Match on a call that is not there', async () => {
    expect((await setUp().save(writtenCall(), { headers: { 'if-match': '*' } })).status).toBe(412);
  });

  it('keeps the window of the version in force and refuses to move it by saving', async () => {
    const { calls, save } = setUp();
    calls.add();
    const { status, body } = await save(writtenCall({ closes: '2022-04-15', timezone: 'Asia/Urumqi' }));
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { path: 'opens', code: 'WINDOW_CHANGED' },
      { path: 'closes', code: 'WINDOW_CHANGED' },
      { path: 'timezone', code: 'WINDOW_CHANGED' },
    ]);
    const saved = await save(writtenCall({ title: '改' }));
    expect(saved.body).toMatchObject({ version: 2, published: false });
    expect(calls.heads.get('changde-2022')).toMatchObject({ publishedVersion: 1, latestVersion: 2 });
  });

  it('moves the window of a call that is not published', async () => {
    const { calls, save } = setUp();
    calls.add({ publishedVersion: undefined });
    await save(writtenCall({ closes: '2022-04-15' }));
    expect(calls.heads.get('changde-2022')?.closesAt).toBe('2022-04-15T16:00:00.000Z');
  });

  it('tries once more where another save came first, and then says so', async () => {
    const { calls, save } = setUp();
    calls.add();
    const { head } = calls.repository;
    let reads = 0;
    calls.repository.head = async (callId) => {
      const read = await head(callId);
      reads += 1;
      if (read !== undefined && reads <= 2) calls.heads.set(callId, { ...read, revision: read.revision + 1 });
      return read;
    };
    expect((await save(writtenCall())).status).toBe(409);
    reads = 1;
    expect((await save(writtenCall())).status).toBe(200);
  });

  it('says which part no item can hold', async () => {
    const { save } = setUp();
    // Text that does not compress: 8 sections of 20 notes of 2,000 characters, some 570 KB packed.
    const noise = () =>
      Array.from(crypto.getRandomValues(new Uint16Array(2_000)), (number) =>
        String.fromCodePoint(0x4e00 + (number % 20_000)),
      ).join('');
    const statements = () => Array.from({ length: 20 }, () => ({ kind: 'note', text: noise() }));
    const sections = Array.from({ length: 8 }, () => ({ title: 't', statements: statements() }));
    const { status, body } = await save(writtenCall({ forms: { apply: { title: 't', sections } } }));
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'forms.apply', code: 'TOO_LARGE' }]);
  });
});
