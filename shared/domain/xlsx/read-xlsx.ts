import type { SheetRow } from '#shared/domain/sheet-row.ts';
import { openArchive } from './archive.ts';
import { readNumberStyles } from './number-styles.ts';
import { readCells } from './sheet-cells.ts';
import { tableOf } from './sheet-rows.ts';
import { readSharedStrings } from './strings.ts';
import { readWorkbook } from './workbook.ts';

/**
 * Rows of an .xlsx workbook's sheet 名册, or of its first one that is not hidden, as text a person would have typed. Formulas count by the result saved with them.
 * Rows after `most` are not read. What it costs is bounded before it is spent: entries, bytes unpacked, depth, columns.
 *
 * @throws InvalidRequest with what to do about it: another kind of file, a damaged one, one with a password or macros, one that unpacks to too much
 */
export const readXlsx = async (bytes: Uint8Array, most: number): Promise<SheetRow[]> => {
  const archive = await openArchive(bytes);
  const { sheet, strings, styles, from1904 } = await readWorkbook(archive);
  const context = {
    // A workbook with no text in it has no strings, and one that was written by a program may have no styles.
    strings: strings === undefined ? [] : await readSharedStrings(archive.read(strings)),
    styles: styles === undefined ? [] : await readNumberStyles(archive.read(styles)),
    from1904,
  };
  const { rows, merges } = await readCells(archive.read(sheet), context, most);
  return tableOf(rows.slice(0, most), merges);
};
