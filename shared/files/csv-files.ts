import { createReadStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Book, Cell } from './book.ts';
import { guarded } from './csv-guard.ts';
import { textFile } from './text-file.ts';
import { zipFile } from './zip-file.ts';

/** Rows made into text at a time. */
const ROWS_AT_ONCE = 200;

const BYTE_ORDER_MARK = '\ufeff';

/** Every cell in quotes: a line end in a text is then no end of a row, whichever it is. */
const inText = (rows: readonly (readonly string[])[]): string =>
  stringify([...rows], { quoted: true, quoted_empty: false, record_delimiter: '\r\n' });

const written = (cell: Cell): string => guarded(cell === undefined ? '' : String(cell));

/**
 * CSV files (RFC 4180, UTF-8 with its mark so that Excel reads the Chinese) in a directory, one for each sheet: alone as it is, several in an archive.
 *
 * @param nameOf makes legal and unique names of files out of titles
 */
export const csvFiles = (directory: string, nameOf: (title: string) => string): Book & { isArchive(): boolean } => {
  const files: { readonly name: string; readonly path: string }[] = [];
  return {
    sheet(title, columns) {
      const path = join(directory, `sheet-${files.length + 1}.csv`);
      files.push({ name: nameOf(`${title}.csv`), path });
      const file = textFile(path);
      let rows = [columns.map(({ heading }) => guarded(heading))];
      file.append(BYTE_ORDER_MARK);
      const write = (): void => {
        file.append(inText(rows));
        rows = [];
      };
      return {
        add(row) {
          rows.push(Array.from({ length: columns.length }, (_, index) => written(row[index])));
          if (rows.length >= ROWS_AT_ONCE) write();
        },
        end() {
          write();
          file.close();
        },
      };
    },

    /** Whether `write` makes an archive: where there is not exactly one file. */
    isArchive: () => files.length !== 1,

    async write(path) {
      const [only, ...others] = files;
      if (only !== undefined && others.length === 0) {
        await rename(only.path, path);
        return (await stat(path)).size;
      }
      const archive = zipFile(path);
      const entry = { modifiedAt: new Date(Date.UTC(1980, 0, 1)), compress: true };
      for (const { name, path: from } of files) await archive.add({ ...entry, name }, createReadStream(from));
      return archive.finish();
    },
  };
};
