import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getOrganization } from '#functions/organizations/get-organization/get-organization.ts';
import { importOrganizations } from '#functions/organizations/import-organizations/import-organizations.ts';
import { listMembers } from '#functions/organizations/list-members/list-members.ts';
import { listOrganizations } from '#functions/organizations/list-organizations/list-organizations.ts';
import { removeMember } from '#functions/organizations/remove-member/remove-member.ts';
import { saveMember } from '#functions/organizations/save-member/save-member.ts';
import { saveOrganization } from '#functions/organizations/save-organization/save-organization.ts';
import { MEDIA_TYPES } from '#shared/contract/operation.ts';
import { type MembershipsRepository, membershipsRepository } from '#shared/data/memberships-repository.ts';
import { type OrganizationsRepository, organizationsRepository } from '#shared/data/organizations-repository.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { type FreshTables, freshTables } from '#test/support/dynamodb.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { cell, row, text, textWorkbook, workbook } from '#test/support/workbook.ts';

let stores: FreshTables;
let organizations: OrganizationsRepository;
let memberships: MembershipsRepository;
let handlers: Record<'get' | 'save' | 'list' | 'roster' | 'members' | 'saveMember' | 'removeMember', HttpHandler>;

const USCC = '51430700MJJ0000019';
const RECORD = {
  name: '常德市化学学会',
  kinds: ['市级学会'],
  uscc: USCC,
  rating: { grade: '3A', validUntil: '2025-12-31' },
  flags: ['hasPartyBranch'],
  sanctions: [{ reason: '弄虚作假', from: '2020-01-01', until: '2022-12-31' }],
  overdue: [],
};

const as =
  (sub: string) =>
  async (handler: HttpHandler, parts: Parameters<typeof httpEvent>[0] & { json?: unknown } = {}) => {
    const { json, ...event } = parts;
    const sent = httpEvent({
      claims: { sub, token_use: 'access' },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...event,
    });
    const { statusCode: status, headers = {}, body } = await handler(sent, lambdaContext());
    return { status, etag: headers.etag, body: body === undefined ? undefined : JSON.parse(body) };
  };
const officer = as('officer');
const unit = (organizationId: string) => ({ pathParameters: { organizationId } });
const csv = (body: string | Uint8Array, managedBy?: string) => ({
  headers: { 'content-type': 'text/csv' },
  body,
  ...(managedBy === undefined ? {} : { query: { managedBy } }),
});

beforeAll(async () => {
  stores = await freshTables(['organizations', 'memberships']);
  organizations = organizationsRepository(stores.db, stores.tables.organizations);
  memberships = membershipsRepository(stores.db, stores.tables.memberships);
  const ports = { organizations, memberships };
  handlers = {
    get: getOrganization(ports),
    save: saveOrganization(ports),
    list: listOrganizations(ports),
    roster: importOrganizations(ports),
    members: listMembers(ports),
    saveMember: saveMember(ports),
    removeMember: removeMember(ports),
  };
  await Promise.all([
    organizations.put({ organizationId: 'city-kx', name: '市科协', kinds: [], organiser: true }),
    organizations.put({ organizationId: 'other-kx', name: '另一科协', kinds: [], organiser: true }),
    organizations.put({ organizationId: 'third-kx', name: '第三科协', kinds: [], organiser: true }),
    memberships.put({ subject: 'officer', organizationId: 'city-kx', role: 'officer' }),
    memberships.put({ subject: 'other-officer', organizationId: 'other-kx', role: 'officer' }),
    memberships.put({ subject: 'both', organizationId: 'other-kx', role: 'officer' }),
    memberships.put({ subject: 'both', organizationId: 'third-kx', role: 'officer' }),
    memberships.put({ subject: 'secretary', organizationId: 'u-own', role: 'applicant' }),
  ]);
});

describe('the record of a unit', () => {
  it('is made, read and replaced as a whole, with an ETag that moves', async () => {
    const made = await officer(handlers.save, { ...unit('u-1'), json: RECORD });
    expect(made).toMatchObject({ status: 200, etag: '"1"' });
    expect(made.body).toEqual({
      ...RECORD,
      organizationId: 'u-1',
      managedBy: 'city-kx',
      organiser: false,
      revision: 1,
    });
    expect((await officer(handlers.get, unit('u-1'))).body).toEqual(made.body);
    const replaced = await officer(handlers.save, { ...unit('u-1'), json: { name: '改名学会', managedBy: 'city-kx' } });
    expect(replaced.body).toEqual({
      ...{ name: '改名学会', kinds: [], flags: [], sanctions: [], overdue: [] },
      ...{ organizationId: 'u-1', managedBy: 'city-kx', organiser: false, revision: 2 },
    });
  });

  it('is whole for its own members, and not there for anybody else', async () => {
    const { body } = await officer(handlers.save, { ...unit('u-own'), json: RECORD });
    expect((await as('secretary')(handlers.get, unit('u-own'))).body).toEqual(body);
    for (const who of ['other-officer', 'stranger']) {
      expect((await as(who)(handlers.get, unit('u-own'))).status).toBe(404);
    }
    for (const who of ['other-officer', 'stranger', 'secretary']) {
      expect((await as(who)(handlers.save, { ...unit('u-own'), json: { name: '冒名' } })).status).toBe(404);
    }
    expect((await officer(handlers.get, unit('u-own'))).body).toEqual(body);
  });

  it('is refused with everything wrong in it, and left as it was', async () => {
    const refused = await officer(handlers.save, {
      ...unit('u-faulty'),
      json: { name: '', uscc: '51430700MJJ0000018', foundedOn: '去年', managedBy: 'other-kx' },
    });
    // Naming an organiser that is not one's own is told before anything in the record.
    expect(refused.status).toBe(404);
    const faulty = await officer(handlers.save, {
      ...unit('u-faulty'),
      json: { name: '', uscc: '51430700MJJ0000018', foundedOn: '去年' },
    });
    expect(faulty.status).toBe(422);
    expect(faulty.body.errors).toMatchObject([
      { path: 'name', code: 'TOO_SHORT' },
      { path: 'uscc', code: 'FORMAT' },
      { path: 'foundedOn', code: 'NOT_A_DATE' },
    ]);
    expect(await organizations.find('u-faulty')).toBeUndefined();
    const strange = await officer(handlers.save, { ...unit('u-faulty'), json: { name: 'x', organiser: true } });
    expect(strange).toMatchObject({ status: 400, body: { errors: [{ path: 'organiser', code: 'UNKNOWN' }] } });
  });

  it.each([
    ['"1"', 412],
    ['"2"', 200],
    ['*', 200],
  ])('answers If-Match %s on revision 2 with %i', async (ifMatch, status) => {
    const id = `u-match-${status}${ifMatch === '*' ? '-any' : ''}`;
    await officer(handlers.save, { ...unit(id), json: RECORD });
    await officer(handlers.save, { ...unit(id), json: RECORD });
    const headers = { 'content-type': 'application/json', 'if-match': ifMatch };
    expect((await officer(handlers.save, { ...unit(id), json: RECORD, headers })).status).toBe(status);
    const fresh = await officer(handlers.save, { ...unit(`${id}-new`), json: RECORD, headers });
    expect(fresh.status).toBe(412);
  });

  it('is changed by one of two that saw the same revision', async () => {
    await officer(handlers.save, { ...unit('u-race'), json: RECORD });
    const headers = { 'content-type': 'application/json', 'if-match': '"1"' };
    const both = await Promise.all(
      ['甲', '乙'].map((name) => officer(handlers.save, { ...unit('u-race'), json: { name }, headers })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('takes both of two saves that saw nothing, one after the other', async () => {
    await officer(handlers.save, { ...unit('u-both-saves'), json: RECORD });
    const both = await Promise.all(
      ['甲', '乙'].map((name) => officer(handlers.save, { ...unit('u-both-saves'), json: { name } })),
    );
    expect(both.map(({ status, etag }) => `${status} ${etag}`).sort()).toEqual(['200 "2"', '200 "3"']);
  });

  it('is read and taken over as it was written before records knew more than names', async () => {
    const item = { organizationId: 'u-old', name: '老学会', kinds: ['市级学会'], organiser: false };
    await stores.db.send(new PutCommand({ TableName: stores.tables.organizations, Item: item }));
    expect(await organizations.find('u-old')).toEqual({ ...item, flags: [], sanctions: [], overdue: [], revision: 0 });
    // Nobody keeps it until whoever runs the system says who.
    expect((await officer(handlers.save, { ...unit('u-old'), json: RECORD })).status).toBe(404);
    await organizations.put({ ...item, managedBy: 'city-kx' });
    expect((await officer(handlers.save, { ...unit('u-old'), json: RECORD })).body).toMatchObject({ revision: 2 });
  });

  it('of an organiser is kept by its own officers, who cannot give or lose the right to publish', async () => {
    const saved = await officer(handlers.save, { ...unit('city-kx'), json: { name: '常德市科协' } });
    expect(saved.body).toMatchObject({ name: '常德市科协', organiser: true });
    expect(saved.body).not.toHaveProperty('managedBy');
  });

  it('needs the organiser named by an officer of two, and stays with it', async () => {
    const both = as('both');
    const unnamed = await both(handlers.save, { ...unit('u-both'), json: RECORD });
    expect(unnamed).toMatchObject({ status: 422, body: { errors: [{ path: 'managedBy', code: 'REQUIRED' }] } });
    const named = await both(handlers.save, { ...unit('u-both'), json: { ...RECORD, managedBy: 'third-kx' } });
    expect(named.body).toMatchObject({ managedBy: 'third-kx' });
    const moved = await both(handlers.save, { ...unit('u-both'), json: { ...RECORD, managedBy: 'other-kx' } });
    expect(moved).toMatchObject({ status: 422, body: { errors: [{ path: 'managedBy', code: 'MANAGER_CHANGED' }] } });
  });

  it('keeps what the system’s own tools do not name', async () => {
    await officer(handlers.save, { ...unit('u-kept'), json: RECORD });
    await organizations.put({ organizationId: 'u-kept', name: '新名', kinds: ['高校科协'], organiser: false });
    expect(await organizations.find('u-kept')).toMatchObject({
      ...{ ...RECORD, name: '新名', kinds: ['高校科协'] },
      ...{ managedBy: 'city-kx', revision: 2 },
    });
  });
});

describe('a roster', () => {
  const header = '编号,名称,单位类型,统一社会信用代码';

  it('makes and updates units at once, touching only the columns it has, and again with the same result', async () => {
    await officer(handlers.save, { ...unit('r-1'), json: RECORD });
    const bom = `\ufeff${header}\r\nr-1,化学学会,高校科协,\r\nr-2,物理学会,市级学会、学会服务站,51430700MJJ000002C\r\n`;
    for (const _ of [1, 2]) {
      const { status, body } = await officer(handlers.roster, csv(bom));
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          managedBy: 'city-kx',
          organizations: [
            { line: 2, organizationId: 'r-1', name: '化学学会' },
            { line: 3, organizationId: 'r-2', name: '物理学会' },
          ],
        },
      });
      const { uscc, ...rest } = RECORD;
      expect(await organizations.find('r-1')).toMatchObject({ ...rest, name: '化学学会', kinds: ['高校科协'] });
      expect(await organizations.find('r-1')).not.toHaveProperty('uscc', uscc);
      expect(await organizations.find('r-2')).toMatchObject({
        ...{ name: '物理学会', kinds: ['市级学会', '学会服务站'], uscc: '51430700MJJ000002C' },
        ...{ organiser: false, managedBy: 'city-kx', flags: [], sanctions: [] },
      });
    }
    expect(await organizations.find('r-2')).toMatchObject({ revision: 2 });
  });

  it('with one bad line writes nothing', async () => {
    const { status, body } = await officer(handlers.roster, csv(`${header}\nh-1,好学会,,\nh-2,坏学会,,123\n`));
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        path: 'lines[3].uscc',
        code: 'FORMAT',
        message: '第 3 行“统一社会信用代码”：格式不对，应为统一社会信用代码（18 位）。',
        ...{ line: 3, column: 10 },
      },
    ]);
    expect(await organizations.find('h-1')).toBeUndefined();
  });

  it('that meets a unit of another organiser writes nothing, and says at which lines', async () => {
    await as('other-officer')(handlers.save, { ...unit('theirs'), json: RECORD });
    const { status, body } = await officer(handlers.roster, csv('编号,名称\nt-1,好学会\ntheirs,冒名\ncity-kx,自己\n'));
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { path: 'lines[3].organizationId', code: 'ID_TAKEN' },
      { path: 'lines[4].organizationId', code: 'ID_TAKEN' },
    ]);
    expect(await organizations.find('t-1')).toBeUndefined();
    expect(await organizations.find('theirs')).toMatchObject({ name: RECORD.name, managedBy: 'other-kx', revision: 1 });
  });

  it('of 100 full rows is one transaction', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => `big-${index},学会${index},市级学会,`).join('\n');
    expect((await officer(handlers.roster, csv(`${header}\n${rows}`))).status).toBe(200);
    expect(await organizations.find('big-99')).toMatchObject({ name: '学会99', revision: 1 });
  });

  const xlsx = (body: Uint8Array) => ({ headers: { 'content-type': MEDIA_TYPES.xlsx }, body });

  it('in XLSX is read by the same rules, with numbers and days as a person would type them', async () => {
    const titles = ['编号', '名称', '成立日期', '邮编', '负责人手机'];
    const rows = [
      row(1, ...titles.map((title, index) => text(`${'ABCDE'[index]}1`, title))),
      row(3, text('A3', 'x-1'), text('B3', '化学学会'), cell('C3', '<v>31199</v>', { s: '1' })),
      row(4, text('A4', 'x-2'), text('B4', '物理学会'), cell('D4', '<v>4.15E+5</v>'), cell('E4', '<v>13800000000</v>')),
    ];
    const bytes = workbook({ sheets: [{ name: '名册', rows: rows.join('') }], styles: [0, 14] });
    const { status, body } = await officer(handlers.roster, xlsx(bytes));
    expect({ status, organizations: body.organizations }).toEqual({
      status: 200,
      organizations: [
        { line: 3, organizationId: 'x-1', name: '化学学会' },
        { line: 4, organizationId: 'x-2', name: '物理学会' },
      ],
    });
    expect(await organizations.find('x-1')).toMatchObject({ foundedOn: '1985-06-01' });
    expect(await organizations.find('x-2')).toMatchObject({ postcode: '415000', headMobile: '13800000000' });
  });

  it('in XLSX has every bad row told by its number and title, and with one writes nothing', async () => {
    const rows = [
      row(1, text('A1', '编号'), text('B1', '名称'), text('C1', '统一社会信用代码'), text('D1', '负责人手机')),
      row(2, text('A2', 'y-1'), text('B2', '好学会')),
      row(4, text('A4', 'y-2'), cell('B4', '<f>1/0</f><v>#DIV/0!</v>', { t: 'e' }), text('C4', '51430700MJJ0000018')),
      row(5, text('A5', 'y-3'), text('B5', '坏学会'), cell('C5', '<v>9.1430700183886102E+17</v>')),
      row(6, cell('C6', '<v>9.1430700183886102E+17</v>'), text('B6', '无编号学会')),
      row(7, text('A7', 'y-5'), text('B7', '合并学会'), text('D7', '0736-7712345')),
      row(8, text('A8', 'y-6'), text('E8', '多出一格')),
    ];
    const bytes = workbook({ sheets: [{ name: 'Sheet1', rows: rows.join(''), merges: ['B7:C7'] }] });
    const { status, body } = await officer(handlers.roster, xlsx(bytes));
    expect(status).toBe(422);
    expect(
      body.errors.map(({ path, code, line, column }: Record<string, unknown>) => [path, code, line, column]),
    ).toEqual([
      ['lines[4].name', 'CELL_ERROR', 4, 2],
      ['lines[4].uscc', 'FORMAT', 4, 3],
      ['lines[5].uscc', 'NUMBER_CUT', 5, 3],
      ['lines[6].uscc', 'NUMBER_CUT', 6, 3],
      ['lines[7].name', 'MERGED_CELLS', 7, 2],
      ['lines[7].uscc', 'MERGED_CELLS', 7, 3],
      ['lines[7].headMobile', 'FORMAT', 7, 4],
      ['lines[8]', 'COLUMN_COUNT', 8, 1],
    ]);
    expect(body.errors[2].message).toBe(
      '第 5 行“统一社会信用代码”：数字超过 15 位，末尾几位已被表格软件改为 0。请把这一列设为“文本”格式，再重新填写。',
    );
    expect(await organizations.find('y-1')).toBeUndefined();
  });

  it('takes 100 units from either format, and says how to send more', async () => {
    const units = Array.from({ length: 101 }, (_, index) => [`z-${index}`, `学会${index}`]);
    const hundred = textWorkbook([['编号', '名称'], ...units.slice(0, 100)]);
    expect((await officer(handlers.roster, xlsx(hundred))).status).toBe(200);
    const more = await officer(handlers.roster, xlsx(textWorkbook([['编号', '名称'], ...units])));
    expect(more).toMatchObject({ status: 422, body: { errors: [{ path: '', code: 'TOO_MANY_ROWS' }] } });
    expect(more.body.errors[0].message).toContain('最多导入 100 个单位');
  });

  it('sent as what it is not is refused with what to do about it', async () => {
    const workbookBytes = textWorkbook([['编号', '名称']]);
    const asCsv = await officer(handlers.roster, csv(workbookBytes));
    expect(asCsv).toMatchObject({ status: 400, body: { errors: [{ path: '', code: 'XLSX_AS_CSV' }] } });
    expect(asCsv.body.errors[0].message).toContain(MEDIA_TYPES.xlsx);
    // The gateway hands over text/csv as a string, whatever it was.
    const decoded = await officer(handlers.roster, csv(new TextDecoder().decode(workbookBytes)));
    expect(decoded).toMatchObject({ status: 400, body: { errors: [{ code: 'XLSX_AS_CSV' }] } });
    const asXlsx = await officer(handlers.roster, xlsx(new TextEncoder().encode('编号,名称\n')));
    expect(asXlsx).toMatchObject({ status: 400, body: { errors: [{ path: '', code: 'NOT_XLSX' }] } });
    expect(asXlsx.body.errors[0].message).toContain('text/csv');
  });

  it('in XLSX is taken up to 1 MB', async () => {
    const large = await officer(handlers.roster, xlsx(new Uint8Array(1024 * 1024 + 1)));
    expect(large).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  it.each([
    ['in GBK', new Uint8Array([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6])],
    ['that was decoded on the way', '\ufffd\ufffd,\ufffd\nu,x'],
  ])('%s is refused with what to do about it', async (_, body) => {
    const refused = await officer(handlers.roster, csv(body));
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: '', code: 'NOT_UTF8' }] } });
    expect(refused.body.errors[0].message).toContain('CSV UTF-8');
  });

  it('is nothing for who is no officer, and is sent as CSV or XLSX alone', async () => {
    for (const who of ['secretary', 'stranger']) {
      expect((await as(who)(handlers.roster, csv('编号,名称\nx-1,x\n'))).status).toBe(404);
    }
    expect((await officer(handlers.roster, { json: [] })).status).toBe(415);
    expect((await officer(handlers.roster, csv('编号,名称\nx-1,x\n', 'other-kx'))).status).toBe(404);
  });
});

describe('the list of units', () => {
  it('has those of the officer’s organisers alone, page by page, and by kind', async () => {
    const two = as('two-officer');
    for (const organizationId of ['list-a', 'list-b', 'list-c']) {
      await organizations.put({ organizationId, name: organizationId, kinds: [], organiser: true });
    }
    await memberships.put({ subject: 'two-officer', organizationId: 'list-a', role: 'officer' });
    await memberships.put({ subject: 'two-officer', organizationId: 'list-b', role: 'officer' });
    for (const [index, managedBy] of ['list-a', 'list-a', 'list-a', 'list-b', 'list-b', 'list-c'].entries()) {
      const kinds = [index % 2 === 0 ? '市级学会' : '高校科协'];
      await organizations.put({
        organizationId: `l-${index}`,
        name: `单位${index}`,
        kinds,
        organiser: false,
        managedBy,
      });
    }
    const pages = async (query: Record<string, string>) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await two(handlers.list, { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } });
        expect(body.items.length).toBeLessThanOrEqual(Number(query.limit));
        found.push(...body.items.map(({ organizationId }: { organizationId: string }) => organizationId));
        cursor = body.nextCursor;
      } while (cursor !== undefined);
      return found;
    };
    const all = ['l-0', 'l-1', 'l-2', 'l-3', 'l-4'];
    for (const limit of ['1', '2', '3', '100']) expect(await pages({ limit })).toEqual(all);
    expect(await pages({ limit: '2', kind: '市级学会' })).toEqual(['l-0', 'l-2', 'l-4']);
    expect(await pages({ limit: '2', kind: '企业科协' })).toEqual([]);
  });

  it('is nothing for who is no officer, and no cursor leads into another one’s', async () => {
    expect((await as('secretary')(handlers.list)).status).toBe(404);
    const { body } = await officer(handlers.list, { query: { limit: '1' } });
    const { nextCursor: cursor } = body;
    expect((await as('other-officer')(handlers.list, { query: { cursor } })).status).toBe(404);
    expect((await officer(handlers.list, { query: { cursor, kind: '市级学会' } })).status).toBe(400);
  });
});

describe('members', () => {
  const member = (organizationId: string, subject: string) => ({ pathParameters: { organizationId, subject } });
  const applicant = { json: { role: 'applicant' } };

  beforeEach(async () => {
    await organizations.put({
      ...{ organizationId: 'm-1', name: '化学学会', kinds: [], organiser: false, managedBy: 'city-kx' },
    });
  });

  it('are added, listed page by page, and removed at once', async () => {
    for (const subject of ['b', 'a', 'auth0|c']) {
      const added = await officer(handlers.saveMember, { ...member('m-1', subject), ...applicant });
      expect(added).toMatchObject({ status: 200, body: { organizationId: 'm-1', subject, role: 'applicant' } });
    }
    const first = await officer(handlers.members, { ...unit('m-1'), query: { limit: '2' } });
    expect(first.body.items.map(({ subject }: { subject: string }) => subject)).toEqual(['a', 'auth0|c']);
    const second = await officer(handlers.members, { ...unit('m-1'), query: { cursor: first.body.nextCursor } });
    expect(second.body).toEqual({ items: [{ organizationId: 'm-1', subject: 'b', role: 'applicant' }] });

    expect(await memberships.find('a', 'm-1', 'applicant')).toBeDefined();
    expect((await officer(handlers.removeMember, member('m-1', 'a'))).status).toBe(204);
    expect(await memberships.find('a', 'm-1', 'applicant')).toBeUndefined();
    expect((await officer(handlers.removeMember, member('m-1', 'a'))).status).toBe(404);
  });

  it('have the role given last and no other', async () => {
    await officer(handlers.saveMember, { ...member('city-kx', 'colleague'), ...applicant });
    await officer(handlers.saveMember, { ...member('city-kx', 'colleague'), json: { role: 'officer' } });
    expect(await memberships.ofSubject('colleague')).toEqual([
      { subject: 'colleague', organizationId: 'city-kx', role: 'officer' },
    ]);
  });

  it('are known by name, mail and mobile, as far as the officer says', async () => {
    const details = { name: '李四', email: 'lisi@example.com', mobile: '13800000000' };
    const known = { organizationId: 'm-1', subject: 'known', role: 'applicant', ...details };
    const added = await officer(handlers.saveMember, {
      ...member('m-1', 'known'),
      json: { role: 'applicant', ...details },
    });
    expect(added.body).toEqual(known);
    expect(await memberships.ofSubject('known')).toEqual([known]);
    const listed = await officer(handlers.members, unit('m-1'));
    expect(listed.body.items).toContainEqual(known);
    const wrong = await officer(handlers.saveMember, {
      ...member('m-1', 'known'),
      json: { role: 'officer', name: ' ', email: 'x', mobile: '0736-7712345' },
    });
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual(['role', 'name', 'email', 'mobile']);
    expect(await memberships.find('known', 'm-1', 'applicant')).toEqual(known);
    await officer(handlers.saveMember, { ...member('m-1', 'known'), ...applicant });
    expect(await memberships.ofSubject('known')).toEqual([
      { organizationId: 'm-1', subject: 'known', role: 'applicant' },
    ]);
    await officer(handlers.removeMember, member('m-1', 'known'));
  });

  it('of a unit are never officers', async () => {
    const refused = await officer(handlers.saveMember, { ...member('m-1', 'x'), json: { role: 'officer' } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'role', code: 'NOT_AN_OPTION' }] } });
  });

  it('are nobody else’s business, not even their own', async () => {
    await memberships.put({ subject: 'insider', organizationId: 'm-1', role: 'applicant' });
    for (const who of ['insider', 'other-officer', 'stranger']) {
      expect((await as(who)(handlers.members, unit('m-1'))).status).toBe(404);
      expect((await as(who)(handlers.saveMember, { ...member('m-1', who), ...applicant })).status).toBe(404);
      expect((await as(who)(handlers.removeMember, member('m-1', 'insider'))).status).toBe(404);
    }
    expect(await memberships.find('insider', 'm-1', 'applicant')).toBeDefined();
  });

  it('of what is no organiser any more keep nothing', async () => {
    await organizations.put({ organizationId: 'was-kx', name: '原科协', kinds: [], organiser: true });
    await memberships.put({ subject: 'was-officer', organizationId: 'was-kx', role: 'officer' });
    const was = as('was-officer');
    expect((await was(handlers.save, { ...unit('was-unit'), json: RECORD })).status).toBe(200);
    await organizations.put({ organizationId: 'was-kx', name: '原科协', kinds: [], organiser: false });
    expect((await was(handlers.save, { ...unit('was-unit'), json: RECORD })).status).toBe(404);
  });
});
