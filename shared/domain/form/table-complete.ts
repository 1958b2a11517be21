import { at } from '#shared/domain/fault.ts';
import { type FaultList, reportAt } from '#shared/domain/fault-list.ts';
import type { Answer, Answers, Field, Row, Scalar, TableField } from './definition.ts';
import { answerOf, isAnswered, isRows } from './fields.ts';
import { scalarComplete } from './scalar-complete.ts';

/** The rows of a table's answer: none where there is no answer. */
export const rowsOf = (answer: Answer | undefined): readonly Row[] => (isRows(answer) ? answer : []);

/** The same answer, but for blanks around a text, which nobody sees. */
const repeats = (cell: Scalar | undefined, expected: Scalar): boolean =>
  typeof cell === 'string' && typeof expected === 'string' ? cell.trim() === expected.trim() : cell === expected;

const firstRowComplete = (
  table: TableField,
  row: Row,
  answers: Answers,
  fields: ReadonlyMap<string, Field>,
  faults: FaultList,
): void => {
  for (const column of table.columns) {
    const cell = answerOf(row, column.key);
    if (column.required && !isAnswered(cell)) continue;
    const report = reportAt(faults, at(table.key, 0, column.key), { label: column.label, clause: table.clause });
    const fixed = answerOf(table.firstRow?.fixed ?? {}, column.key);
    if (fixed !== undefined && !repeats(cell, fixed)) report('FIRST_ROW', { expected: fixed });
    const source = answerOf(table.firstRow?.sameAs ?? {}, column.key);
    const original = source === undefined ? undefined : answerOf(answers, source);
    if (source === undefined || !isAnswered(original) || isRows(original)) continue;
    // The expectation is told by the other field's label: its answer stays out of the fault.
    if (!repeats(cell, original)) report('FIRST_ROW', { expected: fields.get(source)?.label ?? source });
  }
};

/** What a submit asks of a visible table: rows enough, every row complete, the first one as the form fixes it. */
export const tableComplete = (
  table: TableField,
  answers: Answers,
  fields: ReadonlyMap<string, Field>,
  faults: FaultList,
): void => {
  const rows = rowsOf(answerOf(answers, table.key));
  const report = reportAt(faults, table.key, table);
  const [first] = rows;
  if (first === undefined) {
    if (table.required) report('REQUIRED');
    return;
  }
  if (rows.length < table.minRows) report('TOO_FEW', { limit: table.minRows });
  rows.forEach((row, index) => {
    for (const column of table.columns)
      scalarComplete(
        column,
        answerOf(row, column.key),
        reportAt(faults, () => at(table.key, index, column.key), { label: column.label, clause: table.clause }),
      );
  });
  if (table.firstRow !== undefined) firstRowComplete(table, first, answers, fields, faults);
};
