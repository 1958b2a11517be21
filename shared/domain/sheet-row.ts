import type { FaultCode } from '#shared/contract/problem.ts';
import type { Position } from './fault.ts';

/** A row of a table file that is not blank, CSV or XLSX alike. */
export interface SheetRow {
  /** The line of the text it begins on, or the row of the sheet, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Where each cell begins: in a text as editors count, in a sheet by row and column. */
  readonly positions: readonly Position[];
  /** What is wrong with a cell as the file has it, by its index: such a cell says nothing. */
  readonly faults?: ReadonlyMap<number, FaultCode>;
}
