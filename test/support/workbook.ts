import { strToU8, type Zippable, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** As XML, and so that `_x0041_` stays what it is. */
const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');

/** A cell as XML, from its reference on: `cell('B2', '<v>1</v>', { t: 's' })`. */
export const cell = (reference: string, inner: string, attributes: Readonly<Record<string, string>> = {}): string =>
  `<c r="${reference}"${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')}>${inner}</c>`;

export const text = (reference: string, value: string): string =>
  cell(reference, `<is><t xml:space="preserve">${escaped(value)}</t></is>`, { t: 'inlineStr' });

export const row = (line: number, ...cells: readonly string[]): string => `<row r="${line}">${cells.join('')}</row>`;

/** Rows of texts from A1 on; blank ones have no cell. */
export const textRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((values, index) =>
      row(
        index + 1,
        ...values.map((value, column) =>
          value === '' ? '' : text(`${String.fromCharCode(65 + column)}${index + 1}`, value),
        ),
      ),
    )
    .join('');

export interface WorkbookSheet {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** Of `sheetData`. */
  readonly rows: string;
  /** `A1:B2`. */
  readonly merges?: readonly string[];
}

export interface WorkbookContent {
  readonly sheets: readonly WorkbookSheet[];
  /** What each `si` has in it. */
  readonly strings?: readonly string[];
  /** Formats by number of their own. */
  readonly formats?: Readonly<Record<number, string>>;
  /** The format of each style that a cell may name by its index. */
  readonly styles?: readonly number[];
  readonly from1904?: boolean;
  /** Entries besides, or instead. */
  readonly entries?: Zippable;
}

const sheetXml = ({ rows, merges = [] }: WorkbookSheet): string =>
  `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${
    merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  }</worksheet>`;

const relationships = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}">${targets
    .map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const stylesXml = ({ formats = {}, styles = [] }: WorkbookContent): string =>
  `${DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts>${Object.entries(formats)
    .map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${escaped(code)}"/>`)
    .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles
    .map((id) => `<xf numFmtId="${id}" xfId="0"/>`)
    .join('')}</cellXfs></styleSheet>`;

/** The entries of a workbook as Excel lays them out; `entries` override them. */
export const workbookEntries = (content: WorkbookContent): Zippable => {
  const { sheets, strings = [], from1904 = false, entries = {} } = content;
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
  );
  const parts: Record<string, string> = {
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${
      from1904 ? '<workbookPr date1904="1"/>' : ''
    }<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
      ['sharedStrings', 'sharedStrings.xml'],
      ['styles', '/xl/styles.xml'],
    ]),
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)])),
    'xl/sharedStrings.xml': `${DECLARATION}<sst xmlns="${MAIN}">${strings.map((each) => `<si>${each}</si>`).join('')}</sst>`,
    'xl/styles.xml': stylesXml(content),
  };
  return {
    ...Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])),
    ...entries,
  };
};

/** An .xlsx workbook. */
export const workbook = (content: WorkbookContent): Uint8Array => zipSync(workbookEntries(content));

/** A workbook of one sheet of texts. */
export const textWorkbook = (rows: readonly (readonly string[])[]): Uint8Array =>
  workbook({ sheets: [{ name: 'Sheet1', rows: textRows(rows) }] });
