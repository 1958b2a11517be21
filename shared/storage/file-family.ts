import type { FileFamily } from '#shared/contract/file-types.ts';

/** What detection needs of a file: its library reads 4,100 bytes at most for our families. */
export const HEAD_BYTES = 4_100;

const BY_EXTENSION: Readonly<Record<string, FileFamily>> = {
  pdf: 'pdf',
  cfb: 'cfb',
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  zip: 'zip',
  mp4: 'mp4',
  m4v: 'mp4',
};

/** A ZIP archive says so in its first bytes, full or empty. What the library makes of its entries (docx, jar, epub …) is of no matter here. */
const isZip = ([p, k, a, b]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && ((a === 0x03 && b === 0x04) || (a === 0x05 && b === 0x06));

/** The family of a file by its first bytes; undefined for what is none of ours. The library is loaded with the first file. */
export const familyOf = async (head: Uint8Array): Promise<FileFamily | undefined> => {
  if (isZip(head)) return 'zip';
  const { fileTypeFromBuffer } = await import('file-type');
  const extension = (await fileTypeFromBuffer(head))?.ext;
  return extension !== undefined && Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
};
