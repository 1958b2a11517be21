import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Book, Cell, Column } from '../book.ts';
import { zipFile } from '../zip-file.ts';
import { MOST_CHARACTERS, sheetFile } from './sheet-file.ts';
import { sheetNames } from './sheet-name.ts';
import { STYLES_XML } from './styles.ts';
import { sheetPath, workbookParts } from './workbook-xml.ts';

/** Where texts go that no cell takes whole, in the reader's words. */
export interface LongTexts {
  /** Title of the sheet they lie in, in pieces. */
  readonly title: string;
  /** Its columns: sheet, row, heading, number of the piece, text. */
  readonly columns: readonly [Column, Column, Column, Column, Column];
  /** Put at the end of a cell that was cut. */
  readonly cutMark: string;
}

type Sheets = ReturnType<typeof sheetFile>;

/** Half a pair at the end of a piece would be no character any more. */
const pieceEnd = (text: string, from: number, most: number): number => {
  const end = Math.min(text.length, from + most);
  return end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
};

/** A room below Excel's own: its own text goes beside it. */
const PIECE = 32_000;

/**
 * A workbook (.xlsx) whose sheets go to files in a directory as they are written, and into the archive at the end: what is in memory does not depend on their
 * number. A sheet that is full goes on in the next one; a text too long for a cell is cut there, with a mark, and lies whole in a sheet of its own.
 */
export const workbookFile = (directory: string, longTexts: LongTexts): Book => {
  const nameOf = sheetNames();
  const names: string[] = [];
  let overflow: Sheets | undefined;

  const pathOf = (index: number): string => join(directory, `sheet-${index + 1}.xml`);
  const begin = (title: string, columns: readonly Column[]): { name: string; file: Sheets } => {
    const name = nameOf(title);
    names.push(name);
    return { name, file: sheetFile(pathOf(names.length - 1), columns) };
  };

  const keepWhole = (text: string, place: readonly [sheet: string, row: number, heading: string]): void => {
    overflow ??= begin(longTexts.title, longTexts.columns).file;
    for (let from = 0, piece = 1; from < text.length; piece += 1) {
      const end = pieceEnd(text, from, PIECE);
      overflow.add([...place, piece, text.slice(from, end)]);
      from = end;
    }
  };

  return {
    sheet(title, columns) {
      let { name, file } = begin(title, columns);
      return {
        add(row) {
          if (file.isFull()) {
            file.end();
            ({ name, file } = begin(title, columns));
          }
          const tooLong = row.flatMap((cell, index) =>
            typeof cell === 'string' && cell.length > MOST_CHARACTERS ? [{ index, text: cell }] : [],
          );
          if (tooLong.length === 0) {
            file.add(row);
            return;
          }
          const fitting: Cell[] = [...row];
          for (const { index, text } of tooLong)
            fitting[index] = text.slice(0, pieceEnd(text, 0, PIECE)) + longTexts.cutMark;
          const line = file.add(fitting);
          for (const { index, text } of tooLong) keepWhole(text, [name, line, columns[index]?.heading ?? '']);
        },
        end: () => file.end(),
      };
    },

    async write(path) {
      overflow?.end();
      const archive = zipFile(path);
      // The archive says nothing of when it was made: the same sheets are the same bytes.
      const entry = { modifiedAt: new Date(Date.UTC(1980, 0, 1)), compress: true };
      for (const [name, xml] of workbookParts(names)) await archive.add({ ...entry, name }, xml);
      await archive.add({ ...entry, name: 'xl/styles.xml' }, STYLES_XML);
      for (const index of names.keys())
        await archive.add({ ...entry, name: sheetPath(index) }, createReadStream(pathOf(index)));
      return archive.finish();
    },
  };
};
