import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '#shared/files/book.ts';
import { workbookFile } from '#shared/files/xlsx/workbook-file.ts';
import { hostileText, hostileTexts } from './hostile-text.ts';

let directory: string;
let made = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'shenbao-workbook-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

const column = (heading: string) => ({ heading, width: 20 });
const LONG_TEXTS = {
  title: '超长内容',
  columns: [column('工作表'), column('行'), column('列'), column('段'), column('内容')],
  cutMark: '……（全文见工作表“超长内容”）',
} as const;

/** Writes a workbook of sheets. @returns its path */
const write = async (sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<string> => {
  made += 1;
  const work = await mkdtemp(join(directory, 'sheets-'));
  const book = workbookFile(work, LONG_TEXTS);
  for (const [title, rows] of Object.entries(sheets)) {
    const width = Math.max(1, ...rows.map((row) => row.length));
    const sheet = book.sheet(
      title,
      Array.from({ length: width }, (_, index) => column(`第${index + 1}列`)),
    );
    for (const row of rows) sheet.add(row);
    sheet.end();
  }
  const path = join(directory, `book-${made}.xlsx`);
  await book.write(path);
  return path;
};

const read = async (path: string): Promise<ExcelJS.Workbook> => new ExcelJS.Workbook().xlsx.readFile(path);

/** ECMA-376 (ST_Xstring): how a workbook writes what XML cannot hold. exceljs undoes it in shared strings alone. */
const unescaped = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : value;

/** Blank cells are left out: a reader gives null for them. */
const cellsOf = (sheet: ExcelJS.Worksheet | undefined, rows: readonly (readonly Cell[])[]): unknown[][] =>
  rows.map((row, index) =>
    row.map((_, place) => unescaped(sheet?.getRow(index + 2).getCell(place + 1).value ?? undefined)),
  );

const blankLeftOut = (rows: readonly (readonly Cell[])[]): Cell[][] =>
  rows.map((row) => row.map((cell) => (cell === '' ? undefined : cell)));

describe('a workbook', () => {
  it('gives every text back as it was to another reader, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(hostileText(), { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        async (rows) => {
          const book = await read(await write({ 表: rows }));
          expect(cellsOf(book.getWorksheet('表'), rows)).toEqual(blankLeftOut(rows));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('makes no formula of 100,000 hostile cells', async () => {
    const texts = hostileTexts(100_000, 4);
    const rows = Array.from({ length: 5_000 }, (_, index) => texts.slice(index * 20, (index + 1) * 20));
    const path = await write({ 敌意: rows });
    const xml = Buffer.from(unzipSync(readFileSync(path))['xl/worksheets/sheet1.xml'] ?? '').toString('utf8');
    expect(xml.match(/<f[\s>/]/g)).toBeNull();
    expect(xml.match(/<c /g)?.length).toBe(20 + texts.filter((text) => text !== '').length);
    const types = new Set(
      xml
        .match(/<c r="[A-Z]+[0-9]+" s="[0-9]" t="[a-zA-Z]+">/g)
        ?.map((cell) => cell.replace(/r="[^"]*" s="[^"]*"/, '')),
    );
    expect([...types]).toEqual(['<c  t="inlineStr">']);
  });

  it('keeps formula-like texts from becoming formulas when a cell is edited', async () => {
    const path = await write({ 表: [['=1+1', '普通']] });
    const entries = unzipSync(readFileSync(path));
    const styles =
      Buffer.from(entries['xl/styles.xml'] ?? '')
        .toString('utf8')
        .split('<cellXfs')[1]
        ?.match(/<xf [^>]*>/g) ?? [];
    const sheet = Buffer.from(entries['xl/worksheets/sheet1.xml'] ?? '').toString('utf8');
    const style = Number(/<c r="A2" s="(\d)"/.exec(sheet)?.[1]);
    expect(styles[style]).toContain('quotePrefix="1"');
  });

  it('keeps long rows of digits as text and numbers as numbers', async () => {
    const rows = [['13800000000', '91430700MB0000000X', 12.5, -3, 123456789012345]];
    const sheet = (await read(await write({ 表: rows }))).getWorksheet('表');
    expect(cellsOf(sheet, rows)).toEqual(rows);
  });

  it('freezes its headings, sets them in bold and gives columns a width', async () => {
    const sheet = (await read(await write({ 表: [['甲']] }))).getWorksheet('表');
    expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(sheet?.getCell('A1').font?.bold).toBe(true);
    expect(sheet?.getCell('A1').value).toBe('第1列');
    expect(sheet?.getColumn(1).width).toBe(20);
  });

  it('cuts a text no cell takes with a mark, and keeps all of it in a sheet of its own', async () => {
    const long = `开头${'😀长'.repeat(25_000)}结尾`;
    const book = await read(await write({ 表: [['短', long]] }));
    const cut = String(book.getWorksheet('表')?.getCell('B2').value);
    expect(cut.length).toBeLessThanOrEqual(32_767);
    expect(cut.endsWith(LONG_TEXTS.cutMark)).toBe(true);
    const pieces: string[] = [];
    book.getWorksheet('超长内容')?.eachRow((row, number) => {
      if (number === 1) return;
      expect(row.getCell(1).value).toBe('表');
      expect(row.getCell(2).value).toBe(2);
      expect(row.getCell(3).value).toBe('第2列');
      pieces.push(String(row.getCell(5).value));
    });
    expect(pieces.join('')).toBe(long);
  });

  it('goes on in the next sheet where one is full', async () => {
    const work = await mkdtemp(join(directory, 'full-'));
    const book = workbookFile(work, LONG_TEXTS);
    const sheet = book.sheet('满', [column('甲')]);
    for (let row = 1; row <= 1_048_576; row += 1) sheet.add([row]);
    sheet.end();
    const path = join(directory, 'full.xlsx');
    await book.write(path);
    const entries = unzipSync(readFileSync(path));
    const textOf = (name: string): string => Buffer.from(entries[name] ?? '').toString('utf8');
    expect(textOf('xl/workbook.xml')).toContain('<sheet name="满 (2)"');
    expect(textOf('xl/worksheets/sheet1.xml').match(/<row /g)?.length).toBe(1_048_576);
    expect(textOf('xl/worksheets/sheet2.xml')).toContain('<v>1048576</v>');
  }, 60_000);

  it('gives sheets legal names that no two of share in any case or width', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText(), { minLength: 1, maxLength: 12 }), async (titles) => {
        const work = await mkdtemp(join(directory, 'named-'));
        const book = workbookFile(work, LONG_TEXTS);
        for (const title of [...titles, 'History', '一'.repeat(40), '一'.repeat(40)])
          book.sheet(title, [column('甲')]).end();
        const path = join(work, 'named.xlsx');
        await book.write(path);
        const names = (await read(path)).worksheets.map(({ name }) => name);
        expect(names).toHaveLength(titles.length + 3);
        expect(new Set(names.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(names.length);
        for (const name of names) {
          expect(name.length).toBeLessThanOrEqual(31);
          expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$/i);
        }
      }),
      { numRuns: 40 },
    );
  });
});
