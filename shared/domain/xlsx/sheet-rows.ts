import type { FaultCode } from '#shared/contract/problem.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';
import type { CellRow, Merge } from './sheet-cells.ts';

const isWithin = (place: number, [first, last]: readonly [number, number]): boolean => place >= first && place <= last;

/** Columns of the table: those of the header from its first title to its last but for the ones that are blank from top to bottom, and what a row has beyond. */
const columnsOf = (rows: readonly CellRow[]): { columns: number[]; width: number } => {
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort((a, b) => a - b);
  const last = Math.max(0, ...(rows[0]?.cells.keys() ?? []));
  return { columns, width: columns.filter((column) => column <= last).length };
};

/**
 * Cells of the table that share one value: the file has it in the first of them alone, so that the others would clear what a record holds.
 * A merge that reaches over blank rows or columns without a title takes nothing from anybody.
 */
const mergedCells = (rows: readonly CellRow[], merges: readonly Merge[]): ReadonlyMap<CellRow, Set<number>> => {
  const titled = [...(rows[0]?.cells.keys() ?? [])];
  const merged = new Map(rows.map((row) => [row, new Set<number>()]));
  for (const merge of merges) {
    const columns = titled.filter((column) => isWithin(column, merge.columns));
    const reached = rows.filter(({ line }) => isWithin(line, merge.rows));
    if (reached.length * columns.length < 2) continue;
    for (const row of reached) for (const column of columns) merged.get(row)?.add(column);
  }
  return merged;
};

/** A table whose first row is its header, as the reader of a CSV would hand it over: each row as wide as the header, wider only where it has more in it. */
export const tableOf = (rows: readonly CellRow[], merges: readonly Merge[]): SheetRow[] => {
  const { columns, width } = columnsOf(rows);
  const merged = mergedCells(rows, merges);
  return rows.map((row) => {
    const { line, cells } = row;
    const own = columns.filter((column, index) => index < width || column <= Math.max(...cells.keys()));
    const faultIn = (column: number): FaultCode | undefined => {
      if (merged.get(row)?.has(column) === true) return 'MERGED_CELLS';
      const cell = cells.get(column);
      return cell !== undefined && 'fault' in cell ? cell.fault : undefined;
    };
    const faults = own.flatMap((column, index): [number, FaultCode][] => {
      const code = faultIn(column);
      return code === undefined ? [] : [[index, code]];
    });
    return {
      line,
      cells: own.map((column) => {
        const cell = cells.get(column);
        return cell !== undefined && 'text' in cell ? cell.text : '';
      }),
      positions: own.map((column) => ({ line, column })),
      ...(faults.length > 0 && { faults: new Map(faults) }),
    };
  });
};
