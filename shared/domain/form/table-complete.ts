import type { Answer, Answers, Field, Row, Scalar, TableField } from './definition.ts';
import { answerOf, isAnswered, isRows } from './fields.ts';
import { InOrder } from './in-order.ts';
import { cellPlace, fieldPlace, type PlacedFaults } from './placed-faults.ts';
import { scalarComplete } from './scalar-complete.ts';

/** What a submit asks of a visible table: rows enough, every row complete, the first one as the form fixes it. */
export type TableComplete = (answer: Answer | undefined, faults: PlacedFaults, answers: Answers) => void;

/** The rows of a table's answer: none where there is no answer. */
export const rowsOf = (answer: Answer | undefined): readonly Row[] => (isRows(answer) ? answer : []);

/** The same answer, but for blanks around a text, which nobody sees. */
const repeats = (cell: Scalar | undefined, expected: Scalar): boolean =>
  typeof cell === 'string' && typeof expected === 'string' ? cell.trim() === expected.trim() : cell === expected;

type FirstRowComplete = (row: Row, faults: PlacedFaults, answers: Answers) => void;

const firstRowComplete = (table: TableField, fields: ReadonlyMap<string, Field>): FirstRowComplete => {
  const { fixed = {}, sameAs = {} } = table.firstRow ?? {};
  const columns = table.columns
    .map((column) => ({
      key: column.key,
      required: column.required,
      place: cellPlace(table, column),
      fixed: answerOf(fixed, column.key),
      source: answerOf(sameAs, column.key),
    }))
    .filter(({ fixed, source }) => fixed !== undefined || source !== undefined);
  return (row, faults, answers) => {
    for (const { key, required, place, fixed, source } of columns) {
      const cell = answerOf(row, key);
      if (required && !isAnswered(cell)) continue;
      faults.turnTo(place);
      if (fixed !== undefined && !repeats(cell, fixed)) faults.report('FIRST_ROW', { expected: fixed });
      const original = source === undefined ? undefined : answerOf(answers, source);
      if (source === undefined || !isAnswered(original) || isRows(original)) continue;
      // The expectation is told by the other field's label: its answer stays out of the fault.
      if (!repeats(cell, original))
        faults.report('FIRST_ROW', { of: 'field', expected: fields.get(source)?.label ?? source });
    }
  };
};

/** Made once of each table. */
export const tableComplete = (table: TableField, fields: ReadonlyMap<string, Field>): TableComplete => {
  const { required, minRows } = table;
  const place = fieldPlace(table);
  const columns = table.columns.map((column) => ({
    key: column.key,
    place: cellPlace(table, column),
    complete: scalarComplete(column),
  }));
  const completeFirst = firstRowComplete(table, fields);
  return (answer, faults, answers) => {
    faults.turnTo(place);
    const rows = rowsOf(answer);
    const [first] = rows;
    if (first === undefined) {
      if (required) faults.report('REQUIRED');
      return;
    }
    if (rows.length < minRows) faults.report('TOO_FEW', { limit: minRows });
    rows.forEach((row, index) => {
      const cells = new InOrder(row);
      for (const { key, place, complete } of columns) {
        faults.turnTo(place, index);
        complete(cells.take(key), faults);
      }
    });
    completeFirst(first, faults, answers);
  };
};
