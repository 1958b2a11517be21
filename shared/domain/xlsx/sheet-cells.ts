import { type CellContext, type CellText, cellText, type RawCell } from './cell-text.ts';
import { readXml, type XmlEvent } from './read-xml.ts';
import { notXlsx, workbookTooLarge } from './refusals.ts';

/** A roster has fifteen. Cells further to the right may be styled, but not filled. */
const MOST_COLUMNS = 100;
/** More are found in no table of a hundred rows. */
const MOST_MERGES = 1_000;
/** Of a sheet: Excel's own bounds. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/** Cells that are shown as one, by row and column from 1, both ends included. */
export interface Merge {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

/** A row with something in it, by column from 1. */
export interface CellRow {
  readonly line: number;
  readonly cells: ReadonlyMap<number, CellText>;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const LETTERS = /^([A-Z]{1,3})([1-9]\d{0,6})$/;

/** `AB12` as row 12, column 28. */
const placeOf = (reference: string): Place => {
  const [, letters = '', digits = ''] = LETTERS.exec(reference) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  const row = Number(digits);
  if (column < 1 || column > LAST_COLUMN || row > LAST_ROW) throw notXlsx();
  return { row, column };
};

const mergeOf = (reference: string): Merge => {
  const [first = '', last = first] = reference.split(':');
  const [from, to] = [placeOf(first), placeOf(last)];
  return { rows: [from.row, to.row], columns: [from.column, to.column] };
};

type MutableCell = { -readonly [key in keyof RawCell]: RawCell[key] };

/** Takes in the events of a sheet one by one; `rows` and `merges` are what it has seen so far. */
class SheetReader {
  readonly rows: CellRow[] = [];
  readonly merges: Merge[] = [];
  readonly #context: CellContext;
  #line = 0;
  #column = 0;
  #cells = new Map<number, CellText>();
  #cell: MutableCell | undefined;
  /** Whether text belongs to the cell's value: it stands in `v`, or in a `t` that is no reading (`rPh`). */
  #isValue = false;
  #isReading = false;

  constructor(context: CellContext) {
    this.#context = context;
  }

  take(event: XmlEvent): void {
    if (event.kind === 'open') this.#open(event.name, event.attributes);
    else if (event.kind === 'close') this.#close(event.name);
    else if (this.#cell !== undefined && this.#isValue && !this.#isReading) {
      this.#cell.value = (this.#cell.value ?? '') + event.text;
    }
  }

  #open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'rPh') this.#isReading = true;
    else if (name === 'f' && this.#cell !== undefined) this.#cell.hasFormula = true;
    else if (name === 'v' || name === 't') {
      this.#isValue = true;
      if (this.#cell !== undefined) this.#cell.value ??= '';
    } else if (name === 'mergeCell') {
      if (this.merges.length === MOST_MERGES) throw workbookTooLarge();
      this.merges.push(mergeOf(attributes.get('ref') ?? ''));
    }
  }

  #close(name: string): void {
    if (name === 'v' || name === 't') this.#isValue = false;
    else if (name === 'rPh') this.#isReading = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row' && this.#cells.size > 0) this.rows.push({ line: this.#line, cells: this.#cells });
  }

  #openRow(attributes: ReadonlyMap<string, string>): void {
    this.#line = Number(attributes.get('r') ?? this.#line + 1);
    if (!Number.isInteger(this.#line) || this.#line < 1 || this.#line > LAST_ROW) throw notXlsx();
    this.#column = 0;
    this.#cells = new Map();
  }

  /** Rows and cells may leave out where they stand: then they follow on. */
  #openCell(attributes: ReadonlyMap<string, string>): void {
    const reference = attributes.get('r');
    const place = reference === undefined ? { row: this.#line, column: this.#column + 1 } : placeOf(reference);
    this.#line = place.row;
    this.#column = place.column;
    const [type = 'n', style = '0'] = [attributes.get('t'), attributes.get('s')];
    this.#cell = { type, style, hasFormula: false, value: undefined };
  }

  #closeCell(): void {
    if (this.#cell === undefined) return;
    const read = cellText(this.#cell, this.#context);
    this.#cell = undefined;
    if ('text' in read && read.text.trim() === '') return;
    if (this.#column > MOST_COLUMNS) throw workbookTooLarge();
    this.#cells.set(this.#column, read);
  }
}

/**
 * The rows of a sheet that have something in them, hidden ones too, and its merged cells. Reading ends with row `most`, however many follow.
 *
 * @throws InvalidRequest for what is no sheet, or larger than any roster
 */
export const readCells = async (
  pieces: AsyncIterable<Uint8Array>,
  context: CellContext,
  most: number,
): Promise<Pick<SheetReader, 'rows' | 'merges'>> => {
  const sheet = new SheetReader(context);
  for await (const events of readXml(pieces)) {
    for (const event of events) sheet.take(event);
    if (sheet.rows.length >= most) break;
  }
  return sheet;
};
