import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { notXlsx, withMacros, workbookTooLarge, xlsOrEncrypted } from './refusals.ts';

/** A workbook has some 15 entries, and one more for each sheet and picture. */
const MOST_ENTRIES = 1_000;
/** Of all parts that are read, unpacked. A roster of a hundred units has a tenth of one megabyte; what old styles leave behind can be some. */
const MOST_UNPACKED = 20 * 1024 * 1024;

/** What Excel 97 to 2003, and Office for an encrypted file, wrap all in (OLE compound file). */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/** The parts of a workbook, of which no more than `MOST_UNPACKED` is ever unpacked. Names are told apart as OPC does: by neither case nor a leading slash. */
export interface Archive {
  /**
   * The bytes of a part, as they are unpacked.
   *
   * @throws InvalidRequest where there is no such part, it is damaged or encrypted, or all that was read together is too large
   */
  read(name: string): AsyncGenerator<Uint8Array>;
}

const plain = (name: string): string => name.replace(/^\//, '').toLowerCase();

const listEntries = async (zip: ZipFile): Promise<Map<string, Entry>> => {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = plain(entry.fileName);
    // Of two parts of one name, programs read now this one, now that.
    if (entries.has(name)) throw new Error('Two entries have one name.');
    entries.set(name, entry);
  }
  return entries;
};

/**
 * Opens a workbook's ZIP archive and unpacks nothing yet.
 *
 * @throws InvalidRequest where it is none, has more entries than a workbook has, macros, or is encrypted
 */
export const openArchive = async (bytes: Uint8Array): Promise<Archive> => {
  if (COMPOUND_FILE.every((byte, index) => bytes[index] === byte)) throw xlsOrEncrypted();
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw notXlsx(cause);
  }
  if (zip.entryCount > MOST_ENTRIES) throw workbookTooLarge();
  const entries = await listEntries(zip).catch((cause) => {
    throw notXlsx(cause);
  });
  if ([...entries.keys()].some((name) => name.endsWith('vbaproject.bin'))) throw withMacros();
  let left = MOST_UNPACKED;
  return {
    async *read(name) {
      const entry = entries.get(plain(name));
      if (entry === undefined) throw notXlsx();
      if (entry.isEncrypted()) throw xlsOrEncrypted();
      // The size an entry declares may be a lie: the stream fails where it turns out to be more, before more is unpacked.
      left -= entry.uncompressedSize;
      if (left < 0) throw workbookTooLarge();
      try {
        let sum = 0;
        for await (const piece of await zip.openReadStreamPromise(entry)) {
          const unpacked: Uint8Array = piece;
          sum = crc32(unpacked, sum);
          yield unpacked;
        }
        if (sum !== entry.crc32) throw new Error('The checksum is another one.');
      } catch (cause) {
        throw notXlsx(cause);
      }
    },
  };
};
