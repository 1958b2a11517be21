import { join } from 'node:path';
import type { WholeDefinitions } from '#shared/data/category-rules.ts';
import type { ExportedSubmission, ExportedSubmissions } from '#shared/data/exported-submissions.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { answerColumns } from '#shared/domain/export/columns.ts';
import type { Export } from '#shared/domain/export/export.ts';
import { headColumns } from '#shared/domain/export/head-columns.ts';
import type { Book } from '#shared/files/book.ts';
import { csvFiles } from '#shared/files/csv-files.ts';
import { uniqueNames } from '#shared/files/legal-name.ts';
import { workbookFile } from '#shared/files/xlsx/workbook-file.ts';
import { LONG_TEXTS, writeAbout } from './about-sheet.ts';
import { categoryTitles, currentDefinition, formsOf } from './category-forms.ts';
import { type CallNames, tableName } from './export-names.ts';
import { rowSpool } from './row-spool.ts';
import type { Progress, WrittenFile } from './written-file.ts';

export interface TablePorts {
  readonly definitions: WholeDefinitions;
  readonly submissions: Pick<ExportedSubmissions, 'rows'>;
  /** 受理编号 by receipt number, of those that have one. */
  readonly acceptanceNos: (callId: string) => Promise<ReadonlyMap<string, number>>;
}

/** What ties a row of a table to its submission. */
const TABLE_COLUMNS = [
  { heading: '回执编号', width: 30 },
  { heading: '申报单位', width: 30 },
  { heading: '行号', width: 8 },
];

type Spool = ReturnType<typeof rowSpool>;

/**
 * Writes a workbook or CSV files: first all rows to the disk, as the reading gives them, then a sheet for each category and for each table of its form, since the
 * columns follow from the versions that occur. What is in memory does not depend on how many there are.
 */
export const writeTables = async (
  { definitions, submissions, acceptanceNos }: TablePorts,
  one: Export,
  head: CallHead,
  directory: string,
  progress: Progress,
): Promise<WrittenFile> => {
  const definition = await currentDefinition(definitions, head);
  const titles = categoryTitles(definition);
  const call: CallNames = { ...definition, timezone: head.timezone };
  const columns = headColumns(one.status, head.timezone);
  const named = (code: string): string => `${code} ${titles.get(code) ?? ''}`.trim();

  const spooled = async (spool: Spool): Promise<number> => {
    const numbers = one.status === 'submitted' ? await acceptanceNos(one.callId) : new Map<string, number>();
    let count = 0;
    const add = ({ head: submission, unitName, partners, answers }: ExportedSubmission): void => {
      const { receiptNo = '', category, callVersion } = submission;
      const facts = {
        ...{ head: submission, unitName, partners, category: named(category), timezone: head.timezone },
        acceptanceNo: numbers.get(receiptNo),
      };
      spool.add(category, { version: callVersion, facts: columns.map(({ cell }) => cell(facts)), answers });
      count += 1;
    };
    for await (const { looked, submissions: some } of submissions.rows(one)) {
      for (const submission of some) add(submission);
      await progress(looked);
    }
    return count;
  };

  const writeCategory = async (
    book: Book,
    spool: Spool,
    code: string,
    { versions, filled }: { versions: ReadonlySet<number>; filled: readonly boolean[] },
  ): Promise<void> => {
    const shown = columns.flatMap((column, place) =>
      column.ifAny !== true || filled[place] ? [{ column, place }] : [],
    );
    const asked = answerColumns(one.status === 'draft' ? [] : await formsOf(definitions, head, code, versions));
    const receiptPlace = columns.findIndex(({ heading }) => heading === TABLE_COLUMNS[0]?.heading);
    const unitPlace = columns.findIndex(({ heading }) => heading === TABLE_COLUMNS[1]?.heading);
    const sheet = book.sheet(named(code), [...shown.map(({ column }) => column), ...asked.columns]);
    const tables = asked.tables.map(({ title, columns: ofTable }) =>
      book.sheet(`${code} ${title}`, [...TABLE_COLUMNS, ...ofTable]),
    );
    for await (const { version, facts, answers } of spool.rows(code)) {
      const answered = answers === undefined ? [] : asked.cells(version, answers);
      sheet.add([...shown.map(({ place }) => facts[place]), ...answered]);
      if (answers === undefined) continue;
      for (const [place, rows] of asked.rows(version, answers).entries())
        for (const [index, row] of rows.entries())
          tables[place]?.add([facts[receiptPlace], facts[unitPlace], index + 1, ...row]);
    }
    sheet.end();
    for (const table of tables) table.end();
  };

  const writeBook = async (book: Book, spool: Spool): Promise<void> => {
    const found = spool.end();
    const inOrder = [...titles.keys(), ...found.keys()].filter((code) => found.has(code));
    const categories = [...new Set(inOrder)];
    if (one.format === 'xlsx')
      writeAbout(
        book,
        one,
        call,
        categories.map((code) => [named(code), found.get(code)?.rows ?? 0]),
      );
    for (const code of categories) {
      const rows = found.get(code);
      if (rows !== undefined) await writeCategory(book, spool, code, rows);
    }
    if (categories.length === 0)
      book
        .sheet(
          '申报',
          columns.filter(({ ifAny }) => ifAny !== true),
        )
        .end();
  };

  const spool = rowSpool(directory);
  const count = await spooled(spool);
  const path = join(directory, 'export');
  if (one.format === 'xlsx') {
    const book = workbookFile(directory, LONG_TEXTS);
    await writeBook(book, spool);
    return { path, size: await book.write(path), filename: tableName(one, call, 'xlsx'), submissions: count };
  }
  const book = csvFiles(directory, uniqueNames(80));
  await writeBook(book, spool);
  const extension = book.isArchive() ? 'zip' : 'csv';
  return { path, size: await book.write(path), filename: tableName(one, call, extension), submissions: count };
};
