import type { Cell, Column } from '../book.ts';
import { textFile } from '../text-file.ts';
import { STYLE } from './styles.ts';
import { xlsxText } from './xlsx-text.ts';

/** Excel takes no more rows in a sheet, the headings among them. */
const MOST_ROWS = 1_048_576;

/** Excel takes no longer text in a cell, in UTF-16 units. */
export const MOST_CHARACTERS = 32_767;

/** From here on a text in format `@` is one that some versions of Excel show as ####. */
const LONG = 256;

/** What Excel would take for a formula if it were typed. */
const FORMULA_LIKE = /^[=+\-@']/;

const letters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : letters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));

const styleOf = (text: string): number => {
  if (text.length < LONG) return FORMULA_LIKE.test(text) ? STYLE.guardedText : STYLE.text;
  return FORMULA_LIKE.test(text) ? STYLE.guardedLongText : STYLE.longText;
};

const textCell = (reference: string, style: number, text: string): string =>
  `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xlsxText(text)}</t></is></c>`;

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/** The XML of one sheet, written row by row. Cells are inline strings or numbers: none has an element for a formula. */
export const sheetFile = (path: string, columns: readonly Column[]) => {
  const file = textFile(path);
  const names = columns.map((_, index) => letters(index));
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  file.append(`${HEAD}<cols>${widths.join('')}</cols><sheetData>`);
  file.append(
    `<row r="1">${columns.map(({ heading }, index) => textCell(`${names[index]}1`, STYLE.heading, heading)).join('')}</row>`,
  );
  let rows = 1;
  return {
    isFull: (): boolean => rows === MOST_ROWS,
    /** Adds a row of cells no longer than Excel takes. @returns its number in the sheet */
    add(row: readonly Cell[]): number {
      rows += 1;
      let xml = `<row r="${rows}">`;
      for (const [index, cell] of row.entries()) {
        if (cell === undefined || cell === '') continue;
        const reference = `${names[index]}${rows}`;
        xml +=
          typeof cell === 'number'
            ? `<c r="${reference}" s="${STYLE.number}"><v>${cell}</v></c>`
            : textCell(reference, styleOf(cell), cell);
      }
      file.append(`${xml}</row>`);
      return rows;
    },
    end(): void {
      const last = `${names.at(-1) ?? 'A'}${rows}`;
      file.append(`</sheetData><autoFilter ref="A1:${last}"/></worksheet>`);
      file.close();
    },
  };
};
