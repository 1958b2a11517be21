import type { OrganizationRecord } from '#shared/contract/organization-record.ts';
import { IMPORT_ROWS } from '#shared/contract/organizations.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import { type CsvRecord, parseCsv } from '#shared/domain/csv/parse-csv.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault, Position } from '#shared/domain/fault.ts';
import { recordFaults } from './check-record.ts';
import { flagKey } from './flags.ts';

/** The columns a roster may have, and how its header may name each besides. */
const COLUMNS = {
  organizationId: ['编号', '单位编号'],
  name: ['名称', '单位名称'],
  kinds: ['单位类型', '类型'],
  uscc: ['统一社会信用代码'],
  'rating.grade': ['评估等级'],
  'rating.validUntil': ['等级有效期至', '评估有效期至'],
  foundedOn: ['成立日期'],
  address: ['地址', '单位地址', '通讯地址'],
  postcode: ['邮编', '邮政编码'],
  phone: ['电话', '联系电话'],
  fax: ['传真'],
  email: ['电子邮箱', '邮箱'],
  head: ['负责人', '单位负责人'],
  headMobile: ['负责人手机'],
  flags: ['标记'],
} as const;
type Column = keyof typeof COLUMNS;

const isColumn = (name: string): name is Column => Object.hasOwn(COLUMNS, name);

const columnNamed = (title: string): Column | undefined =>
  isColumn(title)
    ? title
    : Object.keys(COLUMNS)
        .filter(isColumn)
        .find((column) => COLUMNS[column].some((name) => name === title));

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
  /** Of the file, counted from 1. */
  readonly line: number;
  /** Where its id stands; where it begins if it has none of its own. */
  readonly position: Position;
  readonly organizationId: string;
  readonly fields: RosterFields;
}

const pathAt = (line: number, column: string): string => `lines[${line}].${column}`;

const placed = (position: Position | undefined): Pick<Fault, 'position'> =>
  position === undefined ? {} : { position };

/** Where each column stands; its title as the file has it tells its faults. */
type Header = ReadonlyMap<Column, { index: number; title: string }>;

const readHeader = ({ line, cells, positions }: CsvRecord): { header: Header; faults: Fault[] } => {
  const header = new Map<Column, { index: number; title: string }>();
  const faults: Fault[] = [];
  for (const [index, cell] of cells.entries()) {
    const title = cell.trim();
    const column = columnNamed(title);
    const described = { params: { row: line, label: title.slice(0, 40) }, ...placed(positions[index]) };
    if (column === undefined) faults.push({ path: `lines[${line}][${index}]`, code: 'UNKNOWN', ...described });
    else if (header.has(column)) faults.push({ path: pathAt(line, column), code: 'DUPLICATE', ...described });
    else header.set(column, { index, title });
  }
  const missing = (column: Column): Fault => ({
    path: pathAt(line, column),
    code: 'REQUIRED',
    params: { row: line, label: COLUMNS[column][0] },
    ...placed(positions[0]),
  });
  const ratingHalves = (['rating.grade', 'rating.validUntil'] as const).filter((column) => !header.has(column));
  if (!header.has('name')) faults.push(missing('name'));
  if (!header.has('organizationId') && !header.has('uscc')) faults.push(missing('organizationId'));
  if (ratingHalves.length === 1) faults.push(...ratingHalves.map(missing));
  return { header, faults };
};

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

const readRow = (header: Header, record: CsvRecord): { row: RosterRow; faults: Fault[] } => {
  const { line, cells } = record;
  const cell = (column: Column): string => cells[header.get(column)?.index ?? -1]?.trim() ?? '';
  const fields = fieldsOf(header, cell);
  const organizationId = cell('organizationId') || (fields.uscc?.toLowerCase() ?? '');
  const found: Fault[] = recordFaults(fields).map((fault) =>
    fault.path !== 'kinds' && cell(columnOf(fault.path)) === '' ? { path: fault.path, code: 'REQUIRED' } : fault,
  );
  if (organizationId === '') found.unshift({ path: 'organizationId', code: 'REQUIRED' });
  // An id made of a code that is wrong is told by the code.
  else if (cell('organizationId') !== '' && !OrganizationId.safeParse(organizationId).success) {
    found.unshift({ path: 'organizationId', code: 'FORMAT', params: { format: 'organization-id' } });
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

const positionOf = (column: Column, { line, positions }: CsvRecord, header: Header): Position =>
  positions[header.get(column)?.index ?? 0] ?? { line, column: 1 };

const inFile = ({ path, code, params }: Fault, record: CsvRecord, header: Header): Fault => {
  const column = columnOf(path);
  const label = header.get(column)?.title ?? COLUMNS[column][0];
  return {
    path: pathAt(record.line, path),
    code,
    params: { ...params, row: record.line, label },
    position: positionOf(column, record, header),
  };
};

type Read = readonly [RosterRow, CsvRecord];

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
 * The rows of a CSV roster, all of them right.
 *
 * @throws InvalidRequest for what is no CSV
 * @throws DomainError VALIDATION_FAILED with every fault of every line
 */
export const readRoster = (text: string): RosterRow[] => {
  const [first, ...rest] = parseCsv(text);
  if (first === undefined) throw new DomainError('VALIDATION_FAILED', { faults: [{ path: '', code: 'REQUIRED' }] });
  const { header, faults } = readHeader(first);
  refuse(faults);
  if (rest.length === 0) refuse([{ path: '', code: 'TOO_FEW', params: { limit: 1 } }]);
  if (rest.length > IMPORT_ROWS) refuse([{ path: '', code: 'TOO_MANY', params: { limit: IMPORT_ROWS } }]);

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
