import type { Fault, Position } from '#shared/domain/fault.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';

const syntax = (position: Position): Fault => ({ path: '', code: 'SYNTAX', position });

// Sticky: each is tried at one place alone. Neither repeats over a choice that could match one text in two ways.
const QUOTED = /"([^"]*(?:""[^"]*)*)"/y;
const BARE = /[^",\r\n]*/y;
const LINE_END = /\r?\n|$/y;

const matchAt = (pattern: RegExp, text: string, offset: number): RegExpExecArray | null => {
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

/**
 * Records of a CSV text as RFC 4180 has it: comma, double quotes, CRLF or LF. Records of nothing but blank cells, which spreadsheets leave at the end of a
 * file, are left out.
 *
 * @throws InvalidRequest by line and column: a quote that is not closed or stands inside a bare cell, text after a closing quote
 */
export const parseCsv = (text: string): SheetRow[] => {
  const records: SheetRow[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let cells: string[] = [];
  let positions: Position[] = [];
  const here = (): Position => ({ line, column: offset - lineStart + 1 });
  while (offset < text.length || cells.length > 0) {
    positions.push(here());
    const quoted = text[offset] === '"';
    const cell = matchAt(quoted ? QUOTED : BARE, text, offset);
    if (cell === null) throw new InvalidRequest([syntax(here())]);
    const [raw, inner = raw] = cell;
    cells.push(quoted ? inner.replaceAll('""', '"') : raw);
    const breaks = raw.split('\n').length - 1;
    if (breaks > 0) lineStart = offset + raw.lastIndexOf('\n') + 1;
    line += breaks;
    offset += raw.length;
    if (text[offset] === ',') {
      offset += 1;
      continue;
    }
    const end = matchAt(LINE_END, text, offset);
    if (end === null) throw new InvalidRequest([syntax(here())]);
    if (cells.some((each) => each.trim() !== '')) {
      records.push({ line: positions[0]?.line ?? line, cells, positions });
    }
    offset += end[0].length;
    line += 1;
    lineStart = offset;
    cells = [];
    positions = [];
  }
  return records;
};
