import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { openArchive } from '#shared/domain/xlsx/archive.ts';
import { readXlsx } from '#shared/domain/xlsx/read-xlsx.ts';
import { runsOf } from '#test/support/property-runs.ts';
import { cell, row, text, textRows, textWorkbook, workbook, workbookEntries } from '#test/support/workbook.ts';

const MB = 1024 * 1024;
const ROWS = textRows([
  ['编号', '名称'],
  ['u-1', '化学学会'],
]);
const SHEET = { name: 'Sheet1', rows: ROWS };
const SHEET_PART = 'xl/worksheets/sheet1.xml';

/** The code it is refused with. */
const refusal = async (bytes: Uint8Array): Promise<string> => {
  try {
    await readXlsx(bytes, 102);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.faults.map(({ code }) => code).join();
    throw error;
  }
  return 'none';
};
const withPart = (name: string, content: string | Uint8Array): Uint8Array =>
  workbook({
    sheets: [SHEET],
    entries: { [name]: typeof content === 'string' ? strToU8(content) : content },
  });
const sheetOf = (xml: string): Uint8Array =>
  withPart(
    SHEET_PART,
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${xml}</worksheet>`,
  );

/** Overwrites what the archive's directory says of an entry: `offset` bytes into its record. */
const patched = (bytes: Uint8Array, name: string, offset: number, value: number): Uint8Array => {
  const copy = Buffer.from(bytes);
  const header = copy.lastIndexOf(name, undefined, 'latin1') - 46;
  expect(copy.readUInt32LE(header)).toBe(0x02014b50);
  copy.writeUInt32LE(value, header + offset);
  return copy;
};
const UNPACKED_SIZE = 24;

describe('what is no workbook that can be read', () => {
  const ods: Zippable = { mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') };
  const docx = workbookEntries({ sheets: [] });
  it.each([
    ['an empty file', new Uint8Array(), 'NOT_XLSX'],
    ['a CSV', strToU8('编号,名称\nu-1,化学学会\n'), 'NOT_XLSX'],
    ['a web page that is called .xls', strToU8('<html><table></table></html>'), 'NOT_XLSX'],
    ['a workbook cut short', textWorkbook([['编号']]).subarray(0, 900), 'NOT_XLSX'],
    ['an archive of nothing', zipSync({}), 'NOT_XLSX'],
    ['an OpenDocument sheet', zipSync(ods), 'NOT_XLSX'],
    ['a document of no sheets', zipSync(docx), 'NOT_XLSX'],
    ['a workbook of Excel 97, or one with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'XLS_OR_ENCRYPTED'],
    ['a file that only begins like one of them', Buffer.from('d0cf00e0a1b11ae1', 'hex'), 'NOT_XLSX'],
    ['a workbook with macros', withPart('xl/vbaProject.bin', 'x'), 'WITH_MACROS'],
    ['a sheet that is not XML', withPart(SHEET_PART, '{"rows": []}'), 'NOT_XLSX'],
    ['a sheet in UTF-16', withPart(SHEET_PART, Buffer.from('\ufeff<worksheet/>', 'utf16le')), 'NOT_XLSX'],
    [
      'a string nobody wrote',
      sheetOf(`<sheetData>${row(1, cell('A1', '<v>7</v>', { t: 's' }))}</sheetData>`),
      'NOT_XLSX',
    ],
    ['a number that is none', sheetOf(`<sheetData>${row(1, cell('A1', '<v>1e999</v>'))}</sheetData>`), 'NOT_XLSX'],
    [
      'a cell of no known kind',
      sheetOf(`<sheetData>${row(1, cell('A1', '<v>1</v>', { t: 'x' }))}</sheetData>`),
      'NOT_XLSX',
    ],
    ['a cell nowhere', sheetOf(`<sheetData>${row(1, text('ZZZ1', 'x'))}</sheetData>`), 'NOT_XLSX'],
    ['a cell without a column', sheetOf(`<sheetData>${row(1, text('7', 'x'))}</sheetData>`), 'NOT_XLSX'],
    ['a cell below all rows', sheetOf(`<sheetData>${row(1, text('A1048577', 'x'))}</sheetData>`), 'NOT_XLSX'],
    ...['1048577', '0', '1.5', 'x'].map((line): [string, Uint8Array, string] => [
      `a row nowhere, at ${line}`,
      sheetOf(`<sheetData><row r="${line}"/></sheetData>`),
      'NOT_XLSX',
    ]),
    ...['1e0', ' 0', '0 '].map((index): [string, Uint8Array, string] => [
      `a string at "${index}"`,
      workbook({
        sheets: [{ name: 'Sheet1', rows: row(1, cell('A1', `<v>${index}</v>`, { t: 's' })) }],
        strings: ['', ''],
      }),
      'NOT_XLSX',
    ]),
    ['a merge of no cells', sheetOf(`${textRows([['x']])}<mergeCell/>`), 'NOT_XLSX'],
    ['a sheet that ends early', withPart(SHEET_PART, '<worksheet><sheetData></sheetData>'), 'NOT_XLSX'],
    [
      'a sheet with bytes that are no text',
      withPart(SHEET_PART, Buffer.concat([Buffer.from('<worksheet>'), Buffer.of(0xff), Buffer.from('</worksheet>')])),
      'NOT_XLSX',
    ],
    ['an archive that says of no part what it is', withPart('_rels/.rels', '<Relationships/>'), 'NOT_XLSX'],
    [
      'a string of a workbook without strings',
      workbook({
        sheets: [{ name: 'Sheet1', rows: row(1, cell('A1', '<v>0</v>', { t: 's' })) }],
        entries: {
          'xl/_rels/workbook.xml.rels': strToU8(
            '<Relationships><Relationship Id="rId1" Type="o/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
          ),
        },
      }),
      'NOT_XLSX',
    ],
  ])('is told: %s', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });

  it('is told of an entry locked with a password', async () => {
    const locked = patched(textWorkbook([['编号']]), '_rels/.rels', 8, 0x0008_0001);
    expect(await refusal(locked)).toBe('XLS_OR_ENCRYPTED');
  });

  it('is told of two entries of one name', async () => {
    const again = strToU8('<workbook xmlns:r="r"><sheets><sheet name="Sheet1" r:id="rId1"/></sheets></workbook>');
    const entries = { 'xl/workbook.xml': again };
    expect(await refusal(workbook({ sheets: [SHEET], entries }))).toBe('none');
    expect(await refusal(workbook({ sheets: [SHEET], entries: { ...entries, 'XL/Workbook.xml': again } }))).toBe(
      'NOT_XLSX',
    );
  });

  it('is told of the file as a whole', async () => {
    await expect(readXlsx(new Uint8Array(), 9)).rejects.toMatchObject({ faults: [{ path: '', code: 'NOT_XLSX' }] });
  });

  it('is told of a part whose bytes were changed', async () => {
    const bytes = Buffer.from(zipSync(workbookEntries({ sheets: [SHEET] }), { level: 0 }));
    bytes[bytes.indexOf('化学学会') + 2] = 0xa7;
    expect(await refusal(bytes)).toBe('NOT_XLSX');
  });
});

describe('any bytes', () => {
  const changed = (bytes: Uint8Array, edits: readonly (readonly [number, number])[]): Uint8Array => {
    const copy = bytes.slice();
    for (const [place, value] of edits) copy[place % copy.length] = value;
    return copy;
  };
  const Edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
  const parts = workbookEntries({ sheets: [{ ...SHEET, merges: ['A2:B2'] }], strings: ['<t>x</t>'], styles: [14] });

  it('are read or refused, and nothing else, where an archive is changed', async () => {
    const bytes = zipSync(parts);
    await fc.assert(
      fc.asyncProperty(Edits, async (edits) => {
        expect(await refusal(changed(bytes, edits))).toMatch(/^[A-Z_]+$|none/);
      }),
      { numRuns: runsOf(500) },
    );
  });

  it('are read or refused, and nothing else, where a part of it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(parts)), Edits, async (name, edits) => {
        const part = parts[name];
        const entries = part instanceof Uint8Array ? { ...parts, [name]: changed(part, edits) } : parts;
        expect(await refusal(zipSync(entries, { level: 0 }))).toMatch(/^[A-Z_]+$|none/);
      }),
      { numRuns: runsOf(500) },
    );
  });
});

describe('what would cost more than a roster does', () => {
  const blanks = (bytes: number) => new Uint8Array(bytes).fill(0x20);
  /** Packed as quickly as can be: blanks come down to next to nothing anyway. */
  const quickly = (name: string, content: Uint8Array) =>
    zipSync(workbookEntries({ sheets: [SHEET], entries: { [name]: content } }), { level: 1 });

  it('is refused by what it says it unpacks to', async () => {
    const bytes = quickly(SHEET_PART, blanks(21 * MB));
    expect(bytes.length).toBeLessThan(MB);
    expect(await refusal(bytes)).toBe('WORKBOOK_TOO_LARGE');
    expect(await refusal(patched(textWorkbook([['x']]), SHEET_PART, UNPACKED_SIZE, 0xfffffff0))).toBe(
      'WORKBOOK_TOO_LARGE',
    );
  });

  it('is refused in all, however it is spread over parts', async () => {
    const most = 20 * MB;
    const archive = await openArchive(quickly('xl/sharedStrings.xml', blanks(MB)));
    const read = async (name: string) => {
      let bytes = 0;
      for await (const piece of archive.read(name)) bytes += piece.length;
      return bytes;
    };
    for (let sum = 0; sum < most; sum += MB) expect(await read('xl/sharedStrings.xml')).toBe(MB);
    await expect(read('xl/styles.xml')).rejects.toMatchObject({ faults: [{ code: 'WORKBOOK_TOO_LARGE' }] });
  });

  it('is not unpacked past the size it lies about', async () => {
    const bomb = quickly(SHEET_PART, blanks(24 * MB));
    const archive = await openArchive(patched(bomb, SHEET_PART, UNPACKED_SIZE, 100_000));
    let unpacked = 0;
    const reading = async () => {
      for await (const piece of archive.read(SHEET_PART)) unpacked += piece.length;
    };
    await expect(reading()).rejects.toThrow(InvalidRequest);
    expect(unpacked).toBeLessThanOrEqual(100_000);
  });

  it('is refused with more entries than a workbook has', async () => {
    const own = Object.keys(workbookEntries({ sheets: [SHEET] })).length;
    const withEntries = (count: number) => {
      const more = Array.from({ length: count - own }, (_, index) => [`e${index}`, new Uint8Array()]);
      return workbook({ sheets: [SHEET], entries: Object.fromEntries(more) });
    };
    expect(await refusal(withEntries(1_000))).toBe('none');
    expect(await refusal(withEntries(1_001))).toBe('WORKBOOK_TOO_LARGE');
  });

  it('never unfolds entities', async () => {
    const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const xml = `<!DOCTYPE worksheet [<!ENTITY l0 "ha">${laughs.join('')}]><worksheet>&l9;</worksheet>`;
    expect(await refusal(withPart(SHEET_PART, xml))).toBe('NOT_XLSX');
    expect(await refusal(withPart(SHEET_PART, '<!DOCTYPE worksheet SYSTEM "file:///etc/passwd"><worksheet/>'))).toBe(
      'NOT_XLSX',
    );
  });

  it('is refused where it nests without end, or an element has attributes without end', async () => {
    expect(await refusal(sheetOf('<a>'.repeat(runsOf(MB))))).toBe('WORKBOOK_TOO_LARGE');
    const attributes = Array.from({ length: runsOf(500_000) }, (_, index) => `a${index}=""`).join(' ');
    expect(await refusal(sheetOf(`<sheetData ${attributes}/>`))).toBe('WORKBOOK_TOO_LARGE');
  });

  it('is read as deep, and with as many attributes, as is allowed', async () => {
    const nested = (depth: number) => sheetOf(`${'<a>'.repeat(depth - 1)}${'</a>'.repeat(depth - 1)}`);
    expect([await refusal(nested(50)), await refusal(nested(51))]).toEqual(['none', 'WORKBOOK_TOO_LARGE']);
    const withAttributes = (count: number) =>
      sheetOf(`<sheetData ${Array.from({ length: count }, (_, index) => `a${index}=""`).join(' ')}/>`);
    expect([await refusal(withAttributes(100)), await refusal(withAttributes(101))]).toEqual([
      'none',
      'WORKBOOK_TOO_LARGE',
    ]);
  });

  it('is refused with more columns or merged cells than a table has', async () => {
    expect(await refusal(sheetOf(`<sheetData>${row(1, text('CW1', 'x'))}</sheetData>`))).toBe('WORKBOOK_TOO_LARGE');
    expect(await refusal(sheetOf(`<sheetData>${row(1, text('CV1', 'x'))}</sheetData>`))).toBe('none');
    const merges = '<mergeCell ref="A1:XFD1048576"/>';
    expect(await refusal(sheetOf(`${textRows([['x']])}${merges.repeat(1_001)}`))).toBe('WORKBOOK_TOO_LARGE');
    expect(await refusal(sheetOf(`${textRows([['x']])}${merges.repeat(1_000)}`))).toBe('none');
  });

  it('is not read to its end where the rows that are asked for come first', async () => {
    const rest = Array.from({ length: runsOf(100_000) }, (_, index) => row(index + 200, text(`A${index + 200}`, 'x')));
    const first = textRows(Array.from({ length: 102 }, () => ['x']));
    expect(await refusal(sheetOf(`<sheetData>${first}${rest.join('')}<broken`))).toBe('none');
    expect(deflateRawSync(rest.join('')).length).toBeLessThan(MB);
  });
});
