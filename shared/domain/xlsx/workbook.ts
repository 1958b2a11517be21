import { posix } from 'node:path';
import type { Archive } from './archive.ts';
import { readXml } from './read-xml.ts';
import { notXlsx } from './refusals.ts';

/** The sheet that is read where a workbook has one of this name; else it is the first that is not hidden. */
const ROSTER_SHEET = '名册';

interface Relationship {
  /** The last step of its type: transitional and strict workbooks differ in the rest. */
  readonly type: string;
  readonly part: string;
}

/** What a part refers to, by id; its own relationships lie beside it in `_rels`. */
const relationshipsOf = async (archive: Archive, part: string): Promise<Map<string, Relationship>> => {
  const [folder, name] = [posix.dirname(part), posix.basename(part)];
  const found = new Map<string, Relationship>();
  for await (const events of readXml(archive.read(posix.join(folder, '_rels', `${name}.rels`)))) {
    for (const event of events) {
      if (event.kind !== 'open' || event.name !== 'Relationship') continue;
      const [id = '', type = '', target = ''] = ['Id', 'Type', 'Target'].map((key) => event.attributes.get(key));
      found.set(id, { type: posix.basename(type), part: target.startsWith('/') ? target : posix.join(folder, target) });
    }
  }
  return found;
};

const partOfType = (relationships: ReadonlyMap<string, Relationship>, type: string): string | undefined =>
  [...relationships.values()].find((each) => each.type === type)?.part;

interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly relationship: string;
}

const readSheets = async (archive: Archive, part: string): Promise<{ sheets: Sheet[]; from1904: boolean }> => {
  const sheets: Sheet[] = [];
  let from1904 = false;
  for await (const events of readXml(archive.read(part))) {
    for (const event of events) {
      if (event.kind !== 'open') continue;
      const { name, attributes } = event;
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.get('date1904') ?? '');
      if (name === 'sheet') {
        sheets.push({
          name: attributes.get('name') ?? '',
          hidden: (attributes.get('state') ?? 'visible') !== 'visible',
          relationship: attributes.get('id') ?? '',
        });
      }
    }
  }
  return { sheets, from1904 };
};

/** Which parts hold the roster. */
export interface Workbook {
  readonly sheet: string;
  readonly strings: string | undefined;
  readonly styles: string | undefined;
  /** Days are counted from 1904, as Excel for the Macintosh did, and not from 1900. */
  readonly from1904: boolean;
}

/**
 * Finds the sheet to read and what its cells refer to.
 *
 * @throws InvalidRequest where there is none: another kind of document, or a damaged one
 */
export const readWorkbook = async (archive: Archive): Promise<Workbook> => {
  const workbook = partOfType(await relationshipsOf(archive, ''), 'officeDocument');
  if (workbook === undefined) throw notXlsx();
  const { sheets, from1904 } = await readSheets(archive, workbook);
  const related = await relationshipsOf(archive, workbook);
  const readable = sheets.filter(({ relationship }) => related.get(relationship)?.type === 'worksheet');
  const chosen = readable.find(({ name }) => name.trim() === ROSTER_SHEET) ?? readable.find(({ hidden }) => !hidden);
  const sheet = related.get(chosen?.relationship ?? '')?.part;
  if (sheet === undefined) throw notXlsx();
  return { sheet, strings: partOfType(related, 'sharedStrings'), styles: partOfType(related, 'styles'), from1904 };
};
