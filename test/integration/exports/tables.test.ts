import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportWorld } from '#test/support/export-world.ts';
import { manyReceiptNo, manySubmissionId, manyUnitId } from '#test/support/many-submissions.ts';
import { send } from '#test/support/submission-world.ts';
import { everyField, exportedCall } from './exported-call.ts';

let world: ExportWorld;

beforeAll(async () => {
  world = await exportedCall(9, { perUnit: 3, isDraft: (place) => place === 8 });
});
afterAll(async () => {
  await world.stop();
});

const workbookOf = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  return book;
};

/** A sheet as rows of values. */
const valuesOf = (book: ExcelJS.Workbook, name: string): unknown[][] => {
  const rows: unknown[][] = [];
  book.getWorksheet(name)?.eachRow((row) => {
    rows.push((Array.isArray(row.values) ? row.values : []).slice(1));
  });
  return rows;
};

const HEADINGS = [
  ...['回执编号', '申报单位', '单位编号', '类别', '提交时间（Asia/Shanghai）', '通知版本', '附件数', '申报编号'],
  ...[
    '项目名称',
    '联系电话',
    '项目简介',
    '开始日期',
    '参加人数（人）',
    '申请经费（万元）',
    '项目类型',
    '所属领域',
    '是否新设',
  ],
];

describe('a workbook', () => {
  it('has a sheet for each category, with the headings of its form, and for each table, tied by receipt number', async () => {
    const reply = await world.exported({ format: 'xlsx' });
    expect(reply.body).toMatchObject({ state: 'done', progress: { done: 8, of: 8 }, partCount: 1 });
    const { bytes, saved } = await world.fetchPart(reply);
    expect(decodeURIComponent(saved)).toContain('关于申报2022年度项目的通知_申报数据_20220310-0800.xlsx');
    const book = await workbookOf(bytes);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      ...['说明', '1 学会党的建设', '1 参加人员', '2-1 重点学会建设', '2-1 参加人员'],
    ]);
    const [headings, ...rows] = valuesOf(book, '1 学会党的建设');
    expect(headings).toEqual(HEADINGS);
    expect(rows).toHaveLength(4);
    expect(rows).toContainEqual([
      ...[manyReceiptNo(4), '第1学会', manyUnitId(1), '1 学会党的建设', '2022-03-10 08:00:00.040', 1, 0],
      ...[manySubmissionId(4), '=HYPERLINK("http://example.org","项目4")', '0736-07171234567890', '第一行\n第二行'],
      ...['2022-05-01', 12, 3.5, '重点项目', '农业；医学', '是'],
    ]);
    const team = valuesOf(book, '1 参加人员');
    expect(team[0]).toEqual(['回执编号', '申报单位', '行号', '姓名', '劳务费（元）']);
    expect(team).toContainEqual([manyReceiptNo(4), '第1学会', 2, '乙', 0.5]);
    expect(team).toHaveLength(1 + 4 * 2);
  });

  it('shows of drafts who has begun and how far they are, and not one answer', async () => {
    const { bytes } = await world.fetchPart(await world.exported({ format: 'xlsx', status: 'draft' }));
    const book = await workbookOf(bytes);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['说明', '1 学会党的建设']);
    const [headings, ...rows] = valuesOf(book, '1 学会党的建设');
    expect(headings).toContain('已填项数');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(manySubmissionId(8));
    expect(
      Buffer.from(
        JSON.stringify(Object.values(unzipSync(bytes)).map((part) => Buffer.from(part).toString('utf8'))),
      ).toString(),
    ).not.toContain('HYPERLINK');
  });

  it('holds one category where one is asked for', async () => {
    const { bytes } = await world.fetchPart(await world.exported({ format: 'xlsx', category: '2-1' }));
    const book = await workbookOf(bytes);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['说明', '2-1 重点学会建设', '2-1 参加人员']);
  });
});

describe('CSV', () => {
  it('is an archive of the same sheets, with every cell guarded', async () => {
    const reply = await world.exported({ format: 'csv' });
    const { bytes, saved } = await world.fetchPart(reply);
    expect(saved).toContain('.zip');
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual([
      ...['1 学会党的建设.csv', '1 参加人员.csv', '2-1 重点学会建设.csv', '2-1 参加人员.csv'],
    ]);
    const rows = parse(Buffer.from(files['1 学会党的建设.csv'] ?? ''), { bom: true });
    expect(rows[0]).toEqual(HEADINGS);
    expect(rows.map((row) => row[8])).toContain('\'=HYPERLINK("http://example.org","项目4")');
  });

  it('is one file where there is one sheet', async () => {
    const { bytes, saved } = await world.fetchPart(await world.exported({ format: 'csv', status: 'draft' }));
    expect(decodeURIComponent(saved)).toContain('草稿名单_20220310-0800.csv');
    expect(parse(bytes, { bom: true })).toHaveLength(2);
  });
});

describe('NDJSON', () => {
  it('has one submission a line, each as the API shows it to the officer', async () => {
    const { bytes } = await world.fetchPart(await world.exported({ format: 'ndjson' }));
    const lines = bytes
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines).toHaveLength(8);
    for (const line of lines) {
      const params = { submissionId: String(line.submissionId) };
      expect(line).toEqual((await send(world.app.get, { subject: 'officer', params })).body);
    }
  });

  it('has of drafts what the officer sees of them', async () => {
    const { bytes } = await world.fetchPart(await world.exported({ format: 'ndjson', status: 'draft' }));
    const params = { submissionId: manySubmissionId(8) };
    expect(JSON.parse(bytes.toString('utf8'))).toEqual(
      (await send(world.app.get, { subject: 'officer', params })).body,
    );
  });
});

it('puts what only older versions asked after the columns of the newest form, marked, and shows every answer under the label it was given to', async () => {
  const older = await exportedCall(2, { categories: [{ code: '1', countedIn: ['1'] }] });
  try {
    const [first, second] = everyField.sections;
    const fields = (first?.fields ?? [])
      .filter(({ key }) => key !== 'phone')
      .map((field) => (field.key === 'budget' ? { ...field, unit: '元' } : field));
    await older.publishVersion({ forms: { apply: { ...everyField, sections: [{ ...first, fields }, second] } } });
    const { bytes } = await older.fetchPart(await older.exported({ format: 'xlsx' }));
    const [headings = [], row = []] = valuesOf(await workbookOf(bytes), '1 学会党的建设');
    expect(headings.slice(8)).toEqual([
      ...['项目名称', '项目简介', '开始日期', '参加人数（人）', '申请经费（元）', '项目类型', '所属领域', '是否新设'],
      ...['联系电话（仅第1版）', '申请经费（万元）（仅第1版）'],
    ]);
    expect(row[headings.indexOf('申请经费（元）')]).toBeUndefined();
    expect(row[headings.indexOf('申请经费（万元）（仅第1版）')]).toBe(3.5);
  } finally {
    await older.stop();
  }
});
