import { describe, expect, it } from 'vitest';
import { parseCsv } from '#shared/domain/csv/parse-csv.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { readRoster, takenFaults } from '#shared/domain/organization/roster.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';
import { faultsToErrors } from '#shared/http/problem-reply.ts';

const read = (text: string) => readRoster(parseCsv(text));
const faultsOf = (text: string) => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'VALIDATION_FAILED') return error.faults;
    throw error;
  }
  return [];
};
const codesOf = (text: string) => faultsOf(text).map(({ path, code }) => `${path} ${code}`);

describe('readRoster', () => {
  it('reads Chinese and English headers in any order, several kinds and flags in a cell', () => {
    const text =
      'uscc,名称,单位类型,评估等级,rating.validUntil,成立日期,标记\n' +
      '51430700MJJ0000019, 化学学会 ,市级学会、学会服务站;学会联合体,3A,2025-12-31,1985-06-01,建有党组织；canIssueInvoices；ourOwn\n';
    expect(read(text)).toEqual([
      {
        line: 2,
        position: { line: 2, column: 1 },
        organizationId: '51430700mjj0000019',
        fields: {
          name: '化学学会',
          kinds: ['市级学会', '学会服务站', '学会联合体'],
          uscc: '51430700MJJ0000019',
          rating: { grade: '3A', validUntil: '2025-12-31' },
          foundedOn: '1985-06-01',
          flags: ['hasPartyBranch', 'canIssueInvoices', 'ourOwn'],
        },
      },
    ]);
  });

  it('reads where a unit is found and who heads it, and checks how each is written', () => {
    const header = '编号,名称,地址,邮编,电话,传真,电子邮箱,负责人,负责人手机\n';
    const [row] = read(`${header}u-1,化学学会,武陵区人民路1号,415000,0736-7712345,,a@b.cn,张三,13800000000\n`);
    expect(row?.fields).toStrictEqual({
      ...{ name: '化学学会', address: '武陵区人民路1号', postcode: '415000', phone: '0736-7712345', fax: undefined },
      ...{ email: 'a@b.cn', head: '张三', headMobile: '13800000000' },
    });
    const faults = codesOf(`${header}u-1,x,,4150,7,8,a,,0736-7712345\n`);
    expect(faults).toEqual(
      ['postcode', 'phone', 'fax', 'email', 'headMobile'].map((column) => `lines[2].${column} FORMAT`),
    );
  });

  it('tells a blank cell, which clears, from a column that is not there', () => {
    const [row] = read('编号,名称,成立日期,评估等级,等级有效期至,单位类型\nu-1,化学学会,,,,\n');
    expect(row?.fields).toStrictEqual({ name: '化学学会', foundedOn: undefined, rating: undefined, kinds: [] });
  });

  it('lists every fault of every line, by line and column', () => {
    expect(
      codesOf(
        [
          '编号,名称,统一社会信用代码,评估等级,等级有效期至,成立日期,单位类型',
          'u-1,化学学会,,,,,',
          'U 2,,51430700MJJ0000018,6A,,31/12/1999,市级学会、市级学会',
          ',无编号学会,,,,,',
          'u-3,少一列',
          'u-1,同一编号,51430700MJJ0000019,,,,',
          ',同一代码,51430700MJJ0000019,,,,',
        ].join('\r\n'),
      ),
    ).toEqual([
      'lines[3].organizationId FORMAT',
      'lines[3].name REQUIRED',
      'lines[3].kinds[1] DUPLICATE',
      'lines[3].uscc FORMAT',
      'lines[3].rating.grade NOT_AN_OPTION',
      'lines[3].rating.validUntil REQUIRED',
      'lines[3].foundedOn NOT_A_DATE',
      'lines[4].organizationId REQUIRED',
      'lines[5] COLUMN_COUNT',
      'lines[6].organizationId DUPLICATE',
      'lines[7].uscc DUPLICATE',
    ]);
  });

  it('tells a fault by line and the title of the column, in both languages', () => {
    const faults = faultsOf('编号,单位名称,成立日期\nu-1,化学学会,去年\n');
    expect(faultsToErrors(faults, 'zh')).toEqual([
      {
        path: 'lines[2].foundedOn',
        code: 'NOT_A_DATE',
        message: '第 2 行“成立日期”：应为日期，如 2022-03-31。',
        ...{ line: 2, column: 10 },
      },
    ]);
    expect(faultsToErrors(faults, 'en')[0]?.message).toBe('line 2, "成立日期": Expected a date such as 2022-03-31.');
    expect(faultsToErrors(faultsOf('编号,名称\nu-1\n'), 'zh')[0]?.message).toBe(
      '第 2 行：这一行有 1 列，表头有 2 列。',
    );
  });

  it.each([
    ['编号,名称,备注\nu-1,x,1\n', ['lines[1][2] UNKNOWN_COLUMN']],
    ['编号,名称,name\nu-1,x,x\n', ['lines[1].name DUPLICATE']],
    ['编号\nu-1\n', ['lines[1].name REQUIRED']],
    ['名称\nx\n', ['lines[1].organizationId REQUIRED']],
    ['编号,名称,评估等级\nu-1,x,3A\n', ['lines[1].rating.validUntil REQUIRED']],
    ['', [' REQUIRED']],
    ['编号,名称\n', [' TOO_FEW']],
  ])('refuses the header or file %j', (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  it.each([
    ['', '没有内容。'],
    ['编号,名称\n', '名册里没有单位：表头下面一行也没有。'],
    [
      '编号,名称,评估等级,等级有效期至\nu-1,x,AAA,2030-12-31\n',
      '第 2 行“评估等级”：不在可选项之内，可以写：1A、2A、3A、4A、5A。',
    ],
  ])('says what is amiss with the file %j', (text, sentence) => {
    expect(faultsToErrors(faultsOf(text), 'zh').map(({ message }) => message)).toEqual([sentence]);
  });

  it('tells which columns there are where a title stands above the header', () => {
    const [error] = faultsToErrors(faultsOf('市级学会名册\n编号,名称\nu-1,x\n'), 'zh');
    expect(error?.message).toContain(
      '第 1 行“市级学会名册”：名册没有这一列。第一个非空行应是表头，可用的列：编号、名称、',
    );
  });

  it('takes 100 rows and refuses 101', () => {
    const rows = (count: number) =>
      `编号,名称\n${Array.from({ length: count }, (_, index) => `u-${index},学会${index}\n`).join('')}`;
    expect(read(rows(100))).toHaveLength(100);
    expect(codesOf(rows(101))).toEqual([' TOO_MANY_ROWS']);
  });

  it.each([
    ['编号,名称,备注\nu-1,x,1\n', { path: 'lines[1][2]', code: 'UNKNOWN_COLUMN', label: '备注', row: 1, column: 7 }],
    ['编号,名称,name\nu-1,x,x\n', { path: 'lines[1].name', code: 'DUPLICATE', label: 'name', row: 1, column: 7 }],
    ['编号\nu-1\n', { path: 'lines[1].name', code: 'REQUIRED', label: '名称', row: 1, column: 1 }],
    ['名称\nx\n', { path: 'lines[1].organizationId', code: 'REQUIRED', label: '编号', row: 1, column: 1 }],
    [
      '编号,名称,评估等级\nu-1,x,3A\n',
      { path: 'lines[1].rating.validUntil', code: 'REQUIRED', label: '等级有效期至', row: 1, column: 1 },
    ],
    [
      '编号,名称,等级有效期至\nu-1,x,2030-12-31\n',
      { path: 'lines[1].rating.grade', code: 'REQUIRED', label: '评估等级', row: 1, column: 1 },
    ],
  ])('tells of the header of %j where and of which title', (text, { path, code, label, row, column }) => {
    expect(faultsOf(text)).toMatchObject([{ path, code, params: { row, label }, position: { line: 1, column } }]);
  });

  it('tells what the bounds of a roster are, and that an empty file is one', () => {
    expect(faultsOf('')).toStrictEqual([{ path: '', code: 'REQUIRED', params: { of: 'empty' } }]);
    expect(faultsOf('编号,名称\n')).toStrictEqual([{ path: '', code: 'TOO_FEW', params: { of: 'roster', limit: 1 } }]);
    const many = Array.from({ length: 101 }, (_, index) => `u-${index},x\n`).join('');
    expect(faultsOf(`编号,名称\n${many}`)).toStrictEqual([{ path: '', code: 'TOO_MANY_ROWS', params: { limit: 100 } }]);
    expect(faultsOf('编号,名称\nu-1\n')).toStrictEqual([
      {
        path: 'lines[2]',
        code: 'COLUMN_COUNT',
        params: { row: 2, count: 1, limit: 2 },
        position: { line: 2, column: 1 },
      },
    ]);
  });

  it('tells of a row with which column, by its place and its title in the file', () => {
    expect(faultsOf('编号,单位名称\nU 1,x\nu-1,\nu-1,y\n')).toStrictEqual([
      {
        ...{ path: 'lines[2].organizationId', code: 'FORMAT', position: { line: 2, column: 1 } },
        params: { format: 'organization-id', row: 2, label: '编号' },
      },
      {
        ...{ path: 'lines[3].name', code: 'REQUIRED', position: { line: 3, column: 5 } },
        params: { row: 3, label: '单位名称' },
      },
      {
        ...{ path: 'lines[4].organizationId', code: 'DUPLICATE', position: { line: 4, column: 1 } },
        params: { row: 4, label: '编号' },
      },
    ]);
  });

  it('cuts a title that is too long to give back', () => {
    expect(faultsOf(`编号,名称,${'长'.repeat(50)}\nu-1,x,y\n`)[0]?.params?.label).toBe('长'.repeat(40));
  });

  it('takes a unit without an id of its own by its code, in small letters', () => {
    const [row] = read('编号,名称,统一社会信用代码\n,x,51430700MJJ0000019\n');
    expect(row?.organizationId).toBe('51430700mjj0000019');
    expect(codesOf('编号,名称,统一社会信用代码\n,x,\n')).toEqual(['lines[2].organizationId REQUIRED']);
  });

  it('tells which ids are taken', () => {
    expect(takenFaults(read('名称,编号\nx,u-1\n'))).toStrictEqual([
      {
        ...{ path: 'lines[2].organizationId', code: 'ID_TAKEN', position: { line: 2, column: 3 } },
        params: { row: 2, label: '编号' },
      },
    ]);
  });

  it('tells of a cell that the file itself has wrong by that alone', () => {
    const positions = [1, 2, 3].map((column) => ({ line: 1, column }));
    const header = { line: 1, cells: ['编号', '名称', '成立日期'], positions };
    const below = { line: 2, cells: ['u-1', 'x', ''], positions: positions.map((each) => ({ ...each, line: 2 })) };
    const faultsIn = (index: number, rows: readonly SheetRow[]) => {
      try {
        readRoster(rows);
      } catch (error) {
        if (error instanceof DomainError) return error.faults.map(({ path, code }) => `${path} ${code}`);
        throw error;
      }
      return [`none at ${index}`];
    };
    const faults = (index: number) => new Map([[index, 'MERGED_CELLS' as const]]);
    for (const [index, name] of ['organizationId', 'name', 'foundedOn'].entries()) {
      const cells = below.cells.map((cell, place) => (place === index ? '' : cell));
      expect(faultsIn(index, [header, { ...below, cells, faults: faults(index) }])).toEqual([
        `lines[2].${name} MERGED_CELLS`,
      ]);
    }
    expect(faultsIn(2, [{ ...header, faults: faults(2) }, below])).toEqual(['lines[1][2] MERGED_CELLS']);
  });
});
