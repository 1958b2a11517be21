import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '#shared/domain/csv/parse-csv.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';
import { readXlsx } from '#shared/domain/xlsx/read-xlsx.ts';
import { runsOf } from '#test/support/property-runs.ts';
import { cell, row, text, textRows, textWorkbook, type WorkbookContent, workbook } from '#test/support/workbook.ts';

const read = (content: Omit<WorkbookContent, 'sheets'> & { rows: string; merges?: readonly string[] }) => {
  const { rows, merges = [], ...rest } = content;
  return readXlsx(workbook({ ...rest, sheets: [{ name: 'Sheet1', rows, merges }] }), 100);
};
const cellsOf = async (content: Parameters<typeof read>[0]) => (await read(content)).map(({ cells }) => cells);
const firstRow = async (cells: readonly string[], content: Omit<WorkbookContent, 'sheets'> = {}) =>
  (await read({ ...content, rows: row(1, ...cells) }))[0];

describe('the text of a cell', () => {
  it('is that of shared strings: plain, in runs, without readings above it, with what XML cannot write', async () => {
    const strings = [
      '<t>编号</t>',
      '<r><rPr><b/></rPr><t>常德市</t></r><r><t xml:space="preserve">化学学会 </t></r>',
      '<t>学会</t><rPh sb="0" eb="2"><t>xuehui</t></rPh><phoneticPr fontId="1"/>',
      '<t>甲_x000D_乙&amp;<![CDATA[<丙>]]></t>',
      '<t/>',
    ];
    const cells = ['A1', 'B1', 'C1', 'D1', 'E1'].map((reference, index) =>
      cell(reference, `<v>${index}</v>`, { t: 's' }),
    );
    cells.push(cell('F1', '<v/>', { t: 's' }));
    expect((await firstRow(cells, { strings }))?.cells).toEqual(['编号', '常德市化学学会 ', '学会', '甲\r乙&<丙>']);
  });

  it('is written in the cell itself too, plain, in runs or as the result of a formula', async () => {
    const cells = [
      text('A1', '甲'),
      cell('B1', '<is><r><t>乙</t></r><r><t>丙</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></is>', { t: 'inlineStr' }),
      cell('C1', '<f>A1&amp;B1</f><v>甲乙</v>', { t: 'str' }),
      cell('D1', '<f>1+1</f><v>2</v>'),
      cell('E1', '<v>1</v>', { t: 'b' }),
      cell('F1', '<v>2022-03-31T00:00:00Z</v>', { t: 'd' }),
    ];
    expect((await firstRow(cells))?.cells).toEqual(['甲', '乙丙', '甲乙', '2', 'TRUE', '2022-03-31']);
  });

  it.each([
    ['13800000000', '13800000000'],
    ['1.38E+10', '13800000000'],
    ['4.1500000000000000E+5', '415000'],
    ['999999999999999', '999999999999999'],
    ['0.30000000000000004', '0.3'],
    ['-3', '-3'],
    ['0', '0'],
  ])('of the number %s is %s, never an exponent', async (value, shown) => {
    expect((await firstRow([cell('A1', `<v>${value}</v>`)]))?.cells).toEqual([shown]);
  });

  it('is found at any place among the shared strings', async () => {
    const strings = Array.from({ length: 11 }, (_, index) => `<t>第${index}</t>`);
    expect((await firstRow([cell('A1', '<v>10</v>', { t: 's' })], { strings }))?.cells).toEqual(['第10']);
  });

  it('is not what stands between the elements of the shared strings', async () => {
    const part = strToU8('<sst>\n <si>\n  <t>甲</t>\n </si>\n</sst>');
    const cells = [cell('A1', '<v>0</v>', { t: 's' })];
    expect((await firstRow(cells, { entries: { 'xl/sharedStrings.xml': part } }))?.cells).toEqual(['甲']);
  });

  it('is the result of a formula alone, in the first cell too and where it is blank', async () => {
    const cells = [
      cell('A1', '<f>B1</f><v>甲</v>', { t: 'str' }),
      cell('B1', '<f>C1</f><v/>', { t: 'str' }),
      text('C1', '丙'),
    ];
    const found = await firstRow(cells);
    expect(found).toMatchObject({ cells: ['甲', '丙'] });
    expect(found?.faults).toBeUndefined();
  });

  it('says whether a box is ticked', async () => {
    const cells = [cell('A1', '<v>1</v>', { t: 'b' }), cell('B1', '<v>0</v>', { t: 'b' })];
    expect((await firstRow(cells))?.cells).toEqual(['TRUE', 'FALSE']);
  });

  it('stays whole where it is longer than a piece of the file', async () => {
    const long = '常德市化学学会'.repeat(30_000);
    expect((await firstRow([text('A1', long)]))?.cells).toEqual([long]);
  });

  it.each(['000000', '[Red]000000', '000000;[Red]-0', '000000"号', '000000[Red'])(
    'keeps the zeros a number is shown with by %s',
    async (code) => {
      const cells = [cell('A1', '<v>10010</v>', { s: '1' }), cell('B1', '<v>415000</v>', { s: '1' })];
      const styles = { formats: { 176: code }, styles: [0, 176] };
      expect((await firstRow(cells, styles))?.cells).toEqual(['010010', '415000']);
    },
  );

  it('is shown by the first style where it names none, and by none where there is no such style', async () => {
    const cells = [cell('A1', '<v>44651</v>'), cell('B1', '<v>44651</v>', { s: '1' })];
    expect((await firstRow(cells, { styles: [14] }))?.cells).toEqual(['2022-03-31', '44651']);
    const part = '<styleSheet><cellXfs><xf/></cellXfs><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs></styleSheet>';
    expect((await firstRow(cells, { entries: { 'xl/styles.xml': strToU8(part) } }))?.cells).toEqual(['44651', '44651']);
  });

  it.each([
    [44_651, 14, '2022-03-31'],
    [44_651.75, 22, '2022-03-31'],
    [44_651, 31, '2022-03-31'],
    [44_651, 58, '2022-03-31'],
    [1, 14, '1900-01-01'],
    [59, 14, '1900-02-28'],
    [60, 14, '1900-02-29'],
    [61, 14, '1900-03-01'],
    [2_958_465, 14, '9999-12-31'],
    [2_958_466, 14, '2958466'],
    [0.5, 14, '0.5'],
    [-1, 14, '-1'],
    [44_651, 0, '44651'],
    [44_651, 21, '44651'],
  ])('of day %d in format %i is %s', async (value, format, shown) => {
    expect((await firstRow([cell('A1', `<v>${value}</v>`, { s: '0' })], { styles: [format] }))?.cells).toEqual([shown]);
  });

  it.each([
    ['yyyy"年"m"月"d"日"', true],
    ['[$-804]yyyy\\-mm\\-dd;@', true],
    ['[DBNum1][$-804]yyyy"年"m"月"', true],
    ['General', false],
    ['#,##0.00_);[Red]\\(#,##0.00\\)', false],
    ['0"day"', false],
    ['0"day', false],
    ['[Red]0', false],
    ['0[Red', false],
    ['0.00E+00', false],
    ['h:mm:ss', false],
    ['@', false],
    ['G/通用格式', false],
  ])('in the format %s is a day: %s', async (code, isDay) => {
    const cells = [cell('A1', '<v>44651</v>', { s: '1' })];
    const found = await firstRow(cells, { formats: { 177: code }, styles: [0, 177] });
    expect(found?.cells).toEqual([isDay ? '2022-03-31' : '44651']);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const cells = [cell('A1', '<v>43189</v>', { s: '0' }), cell('B1', '<v>0</v>', { s: '0' })];
    const found = await firstRow(cells, { from1904: true, styles: [14] });
    expect(found?.cells).toEqual(['2022-03-31', '1904-01-01']);
    const workbookOf = (said: string) => ({
      'xl/workbook.xml': strToU8(
        `<workbook xmlns:r="r"><workbookPr ${said}/><sheets><sheet name="Sheet1" r:id="rId1"/></sheets></workbook>`,
      ),
    });
    const first = async (said: string) =>
      (await firstRow(cells, { styles: [14], entries: workbookOf(said) }))?.cells[0];
    expect(await Promise.all(['date1904="true"', 'date1904="0"', ''].map(first))).toEqual([
      '2022-03-31',
      '2018-03-30',
      '2018-03-30',
    ]);
  });

  it('cannot be told where digits were cut off, or a formula failed or was not worked out', async () => {
    const found = await firstRow([
      text('A1', 'x'),
      cell('B1', '<v>9.1430700183886102E+17</v>'),
      cell('C1', '<f>1/0</f><v>#DIV/0!</v>', { t: 'e' }),
      cell('D1', '<f>A1</f>'),
      cell('E1', '<v>1000000000000000</v>'),
      cell('F1', '<v>-1000000000000000</v>'),
    ]);
    expect(found?.cells).toEqual(['x', '', '', '', '', '']);
    expect([...(found?.faults ?? [])]).toEqual([
      [1, 'NUMBER_CUT'],
      [2, 'CELL_ERROR'],
      [3, 'CELL_ERROR'],
      [4, 'NUMBER_CUT'],
      [5, 'NUMBER_CUT'],
    ]);
  });
});

describe('the rows of a sheet', () => {
  it('carry the numbers the spreadsheet shows, without the blank ones between, styled or not', async () => {
    const rows = [
      row(3, text('B3', '编号'), text('C3', '名称'), cell('XFD3', '', { s: '1' })),
      row(4, cell('B4', '', { s: '1' }), text('C4', '  ')),
      row(7, text('C7', '物理学会'), text('B7', 'u-7')),
      row(1_048_576, cell('A1048576', '')),
    ];
    expect(await read({ rows: rows.join('') })).toEqual([
      {
        line: 3,
        cells: ['编号', '名称'],
        positions: [
          { line: 3, column: 2 },
          { line: 3, column: 3 },
        ],
      },
      {
        line: 7,
        cells: ['u-7', '物理学会'],
        positions: [
          { line: 7, column: 2 },
          { line: 7, column: 3 },
        ],
      },
    ]);
  });

  it('are as wide as the header, and wider where there is more in them', async () => {
    const rows = textRows([
      ['编号', '', '名称'],
      ['u-1', '', ''],
      ['u-2', '', 'x', '多'],
    ]);
    expect(await cellsOf({ rows })).toEqual([
      ['编号', '名称'],
      ['u-1', ''],
      ['u-2', 'x', '多'],
    ]);
  });

  it('go from left to right, in whatever order the file has their cells', async () => {
    const rows = row(1, text('C1', '丙'), text('A1', '甲'), text('B1', '乙'));
    expect(await cellsOf({ rows })).toEqual([['甲', '乙', '丙']]);
  });

  it('have only what stands in cells', async () => {
    const rows = `<v>1</v>${row(1, text('A1', '甲'))}<f>1</f><t>乙</t>`;
    expect(await cellsOf({ rows })).toEqual([['甲']]);
  });

  it('follow on where nothing says where they stand, hidden or not', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>名称</t></is></c></row><row hidden="1"><c/><c t="inlineStr"><is><t>x</t></is></c></row>';
    expect(await read({ rows })).toMatchObject([
      { line: 1, cells: ['编号', '名称'] },
      { line: 2, cells: ['', 'x'] },
    ]);
  });

  it('are those of the sheet 名册, or of the first that is not hidden', async () => {
    const sheet = (name: string, state?: 'hidden') => ({
      ...{ name, rows: textRows([[name]]) },
      ...(state && { state }),
    });
    const named = workbook({ sheets: [sheet('说明'), sheet('名册', 'hidden')] });
    expect(await readXlsx(named, 9)).toMatchObject([{ cells: ['名册'] }]);
    const unnamed = workbook({ sheets: [sheet('选项', 'hidden'), sheet('单位'), sheet('其他')] });
    expect(await readXlsx(unnamed, 9)).toMatchObject([{ cells: ['单位'] }]);
  });

  it('are those of 名册 with blanks around it, or of the first that is a table', async () => {
    const named = (name: string) => ({ name, rows: textRows([[name.trim()]]) });
    expect(await readXlsx(workbook({ sheets: [named('说明'), named(' 名册 ')] }), 9)).toMatchObject([
      { cells: ['名册'] },
    ]);
    const charted = workbook({
      sheets: [named('单位')],
      entries: {
        'xl/workbook.xml': strToU8(
          '<workbook xmlns:r="r"><sheets><sheet/><sheet name="名册" r:id="rId3"/><sheet name="单位" r:id="rId1"/></sheets></workbook>',
        ),
      },
    });
    expect(await readXlsx(charted, 9)).toMatchObject([{ cells: ['单位'] }]);
  });

  it('are read up to as many as are asked for', async () => {
    const many = Array.from({ length: 500 }, (_, index) => [`u-${index}`]);
    expect(await readXlsx(textWorkbook(many), 7)).toHaveLength(7);
  });

  it('say which cells are merged with others, and mind no merge that takes nothing', async () => {
    const rows = textRows([
      ['编号', '名称', '单位类型', '地址'],
      ['u-1', '甲', '市级学会', '路'],
      ['u-2', '乙'],
    ]);
    // The types of two units; an address that reaches into columns without a title; blank rows below.
    const found = await read({ rows, merges: ['C2:C3', 'D2:F2', 'A4:D9'] });
    expect(found.map(({ faults }) => [...(faults ?? [])])).toEqual([[], [[2, 'MERGED_CELLS']], [[2, 'MERGED_CELLS']]]);
    const beside = await read({ rows, merges: ['B2:C2', 'A1:A1'] });
    const both = [1, 2].map((column) => [column, 'MERGED_CELLS']);
    expect(beside.map(({ faults }) => [...(faults ?? [])])).toEqual([[], both, []]);
    const square = await read({ rows, merges: ['B2:C3'] });
    expect(square.map(({ faults }) => [...(faults ?? [])])).toEqual([[], both, both]);
  });
});

describe('one table', () => {
  const Cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => each.replace(/\p{Cc}/gu, '').trim());
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

  it('says the same as XLSX and as CSV', async () => {
    const tables = fc.array(fc.tuple(Cell, Cell, Cell), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const rows = [['编号', '名称', '地址'], ...table];
        const lines = rows.map((cells) => cells.map(quoted).join(','));
        const read = ({ line, cells }: SheetRow) => ({ line, cells });
        const fromXlsx = await readXlsx(textWorkbook(rows), 100);
        expect(fromXlsx.map(read)).toEqual(parseCsv(lines.join('\r\n')).map(read));
      }),
      { numRuns: runsOf(100) },
    );
  }, 60_000);
});

describe('a workbook', () => {
  it('is read with prefixes, with parts in other places, in any order and letter case', async () => {
    const main = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
    const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    const relationships = (...entries: [string, string][]) =>
      strToU8(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.map(([type, target]) => `<Relationship Target="${target}" Id="${type}" Type="${strict}/${type}"/>`).join('')}</Relationships>`,
      );
    const bytes = workbook({
      sheets: [],
      entries: {
        '_rels/.rels': relationships(['officeDocument', '/XL/book/Workbook.xml']),
        'xl/book/workbook.xml': strToU8(
          `<x:workbook xmlns:x="${main}" xmlns:q="${strict}"><x:sheets><x:sheet name="名单" q:id="worksheet"/></x:sheets></x:workbook>`,
        ),
        'xl/book/_rels/workbook.xml.rels': relationships(['worksheet', '../a.xml']),
        'xl/a.xml': strToU8(
          `\ufeff<x:worksheet xmlns:x="${main}"><x:sheetData><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
        ),
      },
    });
    expect(await readXlsx(bytes, 9)).toEqual([{ line: 2, cells: ['甲'], positions: [{ line: 2, column: 1 }] }]);
  });

  it('with nothing in it has no rows', async () => {
    expect(await read({ rows: '' })).toEqual([]);
  });
});
