import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '#shared/domain/csv/parse-csv.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

const written = (rows: readonly (readonly string[])[], end: string): string =>
  rows.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}${end}`).join('');

const faultsOf = (text: string) => {
  try {
    parseCsv(text);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.faults;
    throw error;
  }
  return [];
};

describe('parseCsv', () => {
  it('reads bare and quoted cells, and the empty ones at the end of a line', () => {
    const at = (line: number, ...columns: number[]) => columns.map((column) => ({ line, column }));
    expect(parseCsv('a,"b, ""c""",\r\n,d\n')).toEqual([
      { line: 1, cells: ['a', 'b, "c"', ''], positions: at(1, 1, 3, 14) },
      { line: 2, cells: ['', 'd'], positions: at(2, 1, 2) },
    ]);
    expect(parseCsv('"a\nb",c')[0]?.positions).toEqual([...at(1, 1), ...at(2, 4)]);
  });

  it.each(['a,', 'a,\n', 'a,\r\n'])('reads %j as one record of two cells', (text) => {
    expect(parseCsv(text)).toMatchObject([{ line: 1, cells: ['a', ''] }]);
  });

  it('counts lines as editors do, those inside quotes too, and leaves out blank ones', () => {
    expect(parseCsv('a\n\n"b\nc"\n,,\nd').map(({ line }) => line)).toEqual([1, 3, 6]);
    expect(parseCsv('')).toEqual([]);
  });

  it.each([
    ['a\nb,c"d', 2, 4],
    ['a,"b"c', 1, 6],
    ['a\n"b\nc', 2, 1],
    ['"a\nb","c', 2, 4],
    ['a\rb', 1, 2],
  ])('refuses %j by line and column', (text, line, column) => {
    expect(faultsOf(text)).toEqual([{ path: '', code: 'SYNTAX', position: { line, column } }]);
  });

  it('gives back every table that was written by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '学', ',', '"', '\n', '\r', ' ') });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
        const kept = table.filter((cells) => cells.some((each) => each.trim() !== ''));
        expect(parseCsv(written(table, end)).map(({ cells }) => cells)).toEqual(kept);
      }),
    );
  });

  it('never fails otherwise, and takes a quoted cell of 256 KB', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }), (text) => {
        expect(faultsOf(text).length).toBeLessThanOrEqual(1);
      }),
    );
    expect(parseCsv(`"${'""'.repeat(131_072)}"`)[0]?.cells[0]).toHaveLength(131_072);
  });
});
