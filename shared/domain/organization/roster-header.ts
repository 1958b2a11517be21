import type { Fault, Position } from '#shared/domain/fault.ts';
import type { SheetRow } from '#shared/domain/sheet-row.ts';

/** The columns a roster may have, and how its header may name each besides. */
export const COLUMNS = {
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
export type Column = keyof typeof COLUMNS;

export const isColumn = (name: string): name is Column => Object.hasOwn(COLUMNS, name);

const columnNamed = (title: string): Column | undefined =>
  isColumn(title)
    ? title
    : Object.keys(COLUMNS)
        .filter(isColumn)
        .find((column) => COLUMNS[column].some((name) => name === title));

const ACCEPTED = Object.values(COLUMNS)
  .map(([title]) => title)
  .join('、');

export const pathAt = (line: number, column: string): string => `lines[${line}].${column}`;

export const placed = (position: Position | undefined): Pick<Fault, 'position'> =>
  position === undefined ? {} : { position };

/** Where each column stands; its title as the file has it tells its faults. */
export type Header = ReadonlyMap<Column, { index: number; title: string }>;

/** Which column stands where, and all that is wrong with the titles. */
export const readHeader = (record: SheetRow): { header: Header; faults: Fault[] } => {
  const { line, cells, positions } = record;
  const header = new Map<Column, { index: number; title: string }>();
  const faults: Fault[] = [];
  for (const [index, cell] of cells.entries()) {
    const title = cell.trim();
    const column = columnNamed(title);
    const described = { params: { row: line, label: title.slice(0, 40) }, ...placed(positions[index]) };
    const unreadable = record.faults?.get(index);
    if (unreadable !== undefined) faults.push({ path: `lines[${line}][${index}]`, code: unreadable, ...described });
    else if (column === undefined) {
      const params = { ...described.params, accepted: ACCEPTED };
      faults.push({ ...described, path: `lines[${line}][${index}]`, code: 'UNKNOWN_COLUMN', params });
    } else if (header.has(column)) faults.push({ path: pathAt(line, column), code: 'DUPLICATE', ...described });
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
