import { isJsonObject } from '#shared/domain/json-object.ts';
import { Canonical } from './canonical.ts';
import type { Row, Scalar, TableField } from './definition.ts';
import { cellPlace, fieldPlace, type PlacedFaults, rowPlace } from './placed-faults.ts';
import { reportUnknown } from './report-unknown.ts';
import { scalarShape } from './scalar-shape.ts';

/** Checks a table's answer for its shape and gives it in its canonical form, cell by cell. */
export type TableShape = (value: unknown, faults: PlacedFaults) => readonly Row[] | undefined;

const rowShape = (table: TableField): ((value: unknown, index: number, faults: PlacedFaults) => Row) => {
  const place = rowPlace(table);
  const columns = table.columns.map((column) => ({
    key: column.key,
    place: cellPlace(table, column),
    shape: scalarShape(column),
  }));
  const keys = new Set(table.columns.map(({ key }) => key));
  return (value, index, faults) => {
    if (!isJsonObject(value)) {
      faults.turnTo(place, index);
      faults.report('WRONG_TYPE', { expected: 'object' });
      return Object.create(null);
    }
    const row = new Canonical<Scalar>(value);
    for (const column of columns) {
      const sent = row.take(column.key);
      if (sent === undefined) continue;
      faults.turnTo(column.place, index);
      row.put(column.key, column.shape(sent, faults));
    }
    if (!row.isWhole) reportUnknown(value, (key) => keys.has(key), place.path(index), faults);
    return row.made();
  };
};

const isMadeOf = (rows: readonly Row[], sent: readonly unknown[]): sent is readonly Row[] =>
  rows.every((row, index) => row === sent[index]);

/** Made once of each table. */
export const tableShape = (table: TableField): TableShape => {
  const place = fieldPlace(table);
  const { maxRows } = table;
  const shapeRow = rowShape(table);
  return (value, faults) => {
    faults.turnTo(place);
    if (value === null) faults.report('NULL');
    else if (!Array.isArray(value)) faults.report('WRONG_TYPE', { expected: 'list of objects' });
    else if (value.length > maxRows) faults.report('TOO_MANY', { limit: maxRows });
    else {
      const rows = value.map((row, index) => shapeRow(row, index, faults));
      return isMadeOf(rows, value) ? value : rows;
    }
    return undefined;
  };
};
