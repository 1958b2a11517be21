import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import { IMPORT_ROWS } from '#shared/contract/organizations.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import type { FaultCode } from '#shared/contract/problem.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault, Position } from '#shared/domain/fault.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';
import { recordFaults } from './check-record.ts';
import { flagKey } from './flags.ts';
import { COLUMNS, type Column, type Header, isColumn, pathAt, placed, readHeader } from './roster-header.ts';

/** Columns that hold a field as it stands. */
const TEXTS = [
  'uscc',
  'foundedOn',
  'address',
  'postcode',
  'phone',
  'fax',
  'email',
  'head',
  'headMobile',
] as const satisfies readonly Column[];

/** What a roster says of one unit: a field that is there replaces the record's, undefined clears it; what is not there stays. */
export type RosterFields = Pick<OrganizationRecord, 'name'> &
  Partial<Pick<OrganizationRecord, 'kinds' | 'rating' | 'flags' | (typeof TEXTS)[number]>>;

export interface RosterRow {
  /** Line of the CSV or row of the sheet, counted from 1. */
  readonly line: number;
  /** Where its id stands; where it begins if it has none of its own. */
  readonly position: Position;
  readonly organizationId: string;
  readonly fields: RosterFields;
}

const several = (cell: string): string[] =>
  cell
    .split(/[、;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The fields of a row, before any is checked: a rating half of which is blank keeps both halves for the check. */
const fieldsOf = (header: Header, cell: (column: Column) => string): RosterFields => {
  const grade = cell('rating.grade');
  const validUntil = cell('rating.validUntil');
  return {
    name: cell('name'),
    ...(header.has('kinds') && { kinds: several(cell('kinds')) }),
    ...(header.has('rating.grade') && { rating: grade + validUntil === '' ? undefined : { grade, validUntil } }),
    ...Object.fromEntries(TEXTS.flatMap((name) => (header.has(name) ? [[name, cell(name) || undefined]] : []))),
    ...(header.has('flags') && { flags: several(cell('flags')).map(flagKey) }),
  };
};

/** Cells of known columns that the file itself has wrong. */
const unreadable = (header: Header, { faults }: SheetRow): ReadonlyMap<Column, FaultCode> =>
  new Map(
    [...header].flatMap(([column, { index }]): [Column, FaultCode][] => {
      const code = faults?.get(index);
      return code === undefined ? [] : [[column, code]];
    }),
  );

const readRow = (header: Header, record: SheetRow): { row: RosterRow; faults: Fault[] } => {
  const { line, cells } = record;
  const lost = unreadable(header, record);
  const cell = (column: Column): string => cells[header.get(column)?.index ?? -1]?.trim() ?? '';
  const fields = fieldsOf(header, cell);
  const organizationId = cell('organizationId') || (fields.uscc?.toLowerCase() ?? '');
  const found: Fault[] = [...lost].map(([path, code]) => ({ path, code }));
  // An id made of a code that is wrong is told by the code.
  if (organizationId === '' && !lost.has('organizationId') && !lost.has('uscc')) {
    found.push({ path: 'organizationId', code: 'REQUIRED' });
  } else if (cell('organizationId') !== '' && !OrganizationId.safeParse(organizationId).success) {
    found.push({ path: 'organizationId', code: 'FORMAT', params: { format: 'organization-id' } });
  }
  for (const fault of recordFaults(fields)) {
    const column = columnOf(fault.path);
    if (lost.has(column)) continue;
    const isBlank = fault.path !== 'kinds' && cell(column) === '';
    found.push(isBlank ? { path: fault.path, code: 'REQUIRED' } : fault);
  }
  const position = positionOf('organizationId', record, header);
  return {
    row: { line, position, organizationId, fields },
    faults: found.map((fault) => inFile(fault, record, header)),
  };
};

/** `kinds[1]` is told of the column kinds. */
const columnOf = (path: string): Column => {
  const column = path.replace(/\[\d+\]$/, '');
  return isColumn(column) ? column : 'organizationId';
};

const positionOf = (column: Column, { line, positions }: SheetRow, header: Header): Position =>
  positions[header.get(column)?.index ?? 0] ?? { line, column: 1 };

const inFile = ({ path, code, params }: Fault, record: SheetRow, header: Header): Fault => {
  const column = columnOf(path);
  const label = header.get(column)?.title ?? COLUMNS[column][0];
  return {
    path: pathAt(record.line, path),
    code,
    params: { ...params, row: record.line, label },
    position: positionOf(column, record, header),
  };
};

type Read = readonly [RosterRow, SheetRow];

/** A unit stands in a roster once, by its id and by its code. */
const repeated = (rows: readonly Read[], header: Header): Fault[] =>
  (['organizationId', 'uscc'] as const).flatMap((column) => {
    if (!header.has(column)) return [];
    const seen = new Set<string>();
    return rows.flatMap(([{ organizationId, fields }, record]) => {
      const value = column === 'uscc' ? (fields.uscc ?? '') : organizationId;
      const isFirst = value === '' || !seen.has(value);
      seen.add(value);
      return isFirst ? [] : inFile({ path: column, code: 'DUPLICATE' }, record, header);
    });
  });

const refuse = (faults: readonly Fault[]): void => {
  if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });
};

/**
 * The units of a roster, all of them right, from the rows of its file: the header first.
 *
 * @throws DomainError VALIDATION_FAILED with every fault of every row
 */
export const readRoster = (records: readonly SheetRow[]): RosterRow[] => {
  const [first, ...rest] = records;
  if (first === undefined)
    throw new DomainError('VALIDATION_FAILED', { faults: [{ path: '', code: 'REQUIRED', params: { of: 'empty' } }] });
  const { header, faults } = readHeader(first);
  refuse(faults);
  if (rest.length === 0) refuse([{ path: '', code: 'TOO_FEW', params: { of: 'roster', limit: 1 } }]);
  if (rest.length > IMPORT_ROWS) refuse([{ path: '', code: 'TOO_MANY_ROWS', params: { limit: IMPORT_ROWS } }]);

  const [count, rows, found]: [number, Read[], Fault[]] = [first.cells.length, [], []];
  for (const record of rest) {
    if (record.cells.length !== count) {
      const params = { row: record.line, count: record.cells.length, limit: count };
      found.push({ path: `lines[${record.line}]`, code: 'COLUMN_COUNT', params, ...placed(record.positions[0]) });
      continue;
    }
    const read = readRow(header, record);
    rows.push([read.row, record]);
    found.push(...read.faults);
  }
  refuse([...found, ...repeated(rows, header)]);
  return rows.map(([row]) => row);
};

/** Rows whose ids belong to records that are not the importer's, as faults. */
export const takenFaults = (rows: readonly RosterRow[]): Fault[] =>
  rows.map(({ line, position }) => ({
    path: pathAt(line, 'organizationId'),
    code: 'ID_TAKEN',
    params: { row: line, label: COLUMNS.organizationId[0] },
    position,
  }));
