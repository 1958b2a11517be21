import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvFiles } from '#shared/files/csv-files.ts';
import { uniqueNames } from '#shared/files/legal-name.ts';
import { hostileText, hostileTexts } from './hostile-text.ts';

let directory: string;
let made = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'shenbao-csv-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** Writes sheets of one row of headings each. @returns the file's bytes */
const write = async (sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Promise<Buffer> => {
  made += 1;
  const book = csvFiles(await mkdtemp(join(directory, 'sheets-')), uniqueNames(80));
  for (const [title, rows] of Object.entries(sheets)) {
    const width = Math.max(1, ...rows.map((row) => row.length));
    const sheet = book.sheet(
      title,
      Array.from({ length: width }, (_, index) => ({ heading: `第${index + 1}列`, width: 10 })),
    );
    for (const row of rows) sheet.add(row);
    sheet.end();
  }
  const path = join(directory, `file-${made}`);
  await book.write(path);
  return readFile(path);
};

const rowsOf = (file: Buffer): string[][] => parse(file, { bom: true, relax_column_count: false });

/** As README.md tells its readers: one apostrophe off every cell that begins with one. */
const readBack = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

/** Halves of pairs are no UTF-8; forms refuse them. */
const wellFormedText = () => hostileText().map((text) => text.toWellFormed());

describe('CSV', () => {
  it('begins with the mark of UTF-8 and ends its rows with CRLF', async () => {
    const file = await write({ 表: [['甲']] });
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.toString('utf8')).toBe('\ufeff"第1列"\r\n"甲"\r\n');
  });

  it('gives every text back as it was to another reader, once the guard is taken off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(wellFormedText(), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
        async (rows) => {
          const [, ...read] = rowsOf(await write({ 表: rows }));
          expect(read.map((row) => row.map(readBack))).toEqual(rows);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('begins none of 100,000 hostile cells like a formula', async () => {
    const texts = hostileTexts(100_000, 5).map((text) => text.toWellFormed());
    const rows = Array.from({ length: 5_000 }, (_, index) => texts.slice(index * 20, (index + 1) * 20));
    const read = rowsOf(await write({ 敌意: rows }));
    const dangerous = read
      .flat()
      .filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell.trimStart()) || /^[\t\r\n]/.test(cell));
    expect(dangerous).toEqual([]);
    expect(read.flat()).toHaveLength(20 + 100_000);
  });

  it('is an archive where there are several sheets, each a file under its title', async () => {
    const entries = unzipSync(await write({ '1 学会党的建设': [['甲']], '1 参加人员': [['乙']] }));
    expect(Object.keys(entries)).toEqual(['1 学会党的建设.csv', '1 参加人员.csv']);
    expect(rowsOf(Buffer.from(entries['1 参加人员.csv'] ?? ''))).toEqual([['第1列'], ['乙']]);
  });
});
