import { strToU8, type Zippable, zipSync } from 'fflate';
import { workbookEntries } from '#test/support/workbook.ts';

const MB = 1024 * 1024;

/** What a bomb unpacks to, bytes: some hundred times what it is packed in. */
export const UNPACKED = 32 * MB;

/** Packed as quickly as can be: zeros come down to next to nothing anyway. */
const packed = (entries: Zippable): Buffer => Buffer.from(zipSync(entries, { level: 1 }));

const zeros = new Uint8Array(UNPACKED);

/** Named as what they are taken for, small, and large without end to whoever unpacks them. */
export const BOMBS: readonly (readonly [title: string, filename: string, contentType: string, bytes: Buffer])[] = [
  [
    'a document of Word',
    '申报书.docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    packed({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': zeros }),
  ],
  [
    'an archive in an archive in an archive',
    '申报书.zip',
    'application/zip',
    packed({ 'a.zip': packed({ 'b.zip': packed({ 'c.txt': zeros }) }) }),
  ],
];

/** A roster as XLSX whose one sheet is the bomb. */
export const WORKBOOK_BOMB = packed(
  workbookEntries({ sheets: [{ name: '名册', rows: '' }], entries: { 'xl/worksheets/sheet1.xml': zeros } }),
);
