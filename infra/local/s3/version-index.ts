import { type FileHandle, open, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ChecksumAlgorithm } from './checksums.ts';

const common = {
  key: z.string(),
  versionId: z.string(),
  /** ms since the epoch. */
  lastModified: z.number(),
  /** Position in the order of all writes of the bucket. */
  sequence: z.int().positive(),
};

export const StoredObject = z.object({
  kind: z.literal('object'),
  ...common,
  /** Name of the file with its bytes. */
  dataId: z.string(),
  size: z.int().nonnegative(),
  /** Hex MD5 of the bytes. */
  eTag: z.string(),
  checksum: z.object({ algorithm: ChecksumAlgorithm, value: z.string() }).optional(),
  /** Headers given at upload that a GET repeats, by lower-case name. */
  headers: z.record(z.string(), z.string()),
});
export type StoredObject = z.infer<typeof StoredObject>;

const DeleteMarker = z.object({ kind: z.literal('delete-marker'), ...common });
export type DeleteMarker = z.infer<typeof DeleteMarker>;

const ObjectVersion = z.discriminatedUnion('kind', [StoredObject, DeleteMarker]);
export type ObjectVersion = z.infer<typeof ObjectVersion>;

const Entry = z.union([
  z.object({ add: ObjectVersion }),
  z.object({ remove: z.object({ key: z.string(), versionId: z.string() }) }),
]);
type Entry = z.infer<typeof Entry>;

export interface VersionIndex {
  /** Versions of a key, newest first. */
  versions: (key: string) => readonly ObjectVersion[];
  /** All keys in the order of their UTF-8 bytes, as S3 lists them. */
  keys: () => string[];
  lastSequence: () => number;
  /** Makes an entry durable, then visible. Calls must not overlap. */
  append: (entry: Entry) => Promise<void>;
  close: () => Promise<void>;
}

const parseEntry = (line: string, path: string, number: number): Entry => {
  try {
    return Entry.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`${path}:${number} is not an entry of the object index; restore the file or delete the directory`, {
      cause,
    });
  }
};

const writeDurably = async (file: FileHandle, text: string, length: number): Promise<number> => {
  try {
    await file.appendFile(text);
    await file.sync();
    return length + Buffer.byteLength(text);
  } catch (error) {
    await file.truncate(length);
    throw error;
  }
};

/**
 * Opens a bucket's index: a file of one JSON entry per line, replayed at the start. A last line without its end is
 * what a crash left of an entry that was never acknowledged, and is cut off.
 * @throws Error naming the line that cannot be read.
 */
export const openVersionIndex = async (path: string): Promise<VersionIndex> => {
  const text = await readFile(path, { encoding: 'utf8', flag: 'a+' });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const byKey = new Map<string, ObjectVersion[]>();
  let lastSequence = 0;
  const apply = (entry: Entry): void => {
    const { key, versionId } = 'add' in entry ? entry.add : entry.remove;
    const others = (byKey.get(key) ?? []).filter((version) => version.versionId !== versionId);
    const versions = 'add' in entry ? [entry.add, ...others] : others;
    if (versions.length > 0) byKey.set(key, versions);
    else byKey.delete(key);
    if ('add' in entry) lastSequence = Math.max(lastSequence, entry.add.sequence);
  };
  whole
    .split('\n')
    .slice(0, -1)
    .forEach((line, index) => {
      apply(parseEntry(line, path, index + 1));
    });

  const file = await open(path, 'a');
  let length = Buffer.byteLength(whole);
  await file.truncate(length);
  return {
    versions: (key) => byKey.get(key) ?? [],
    keys: () => [...byKey.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    lastSequence: () => lastSequence,
    append: async (entry) => {
      length = await writeDurably(file, `${JSON.stringify(entry)}\n`, length);
      apply(entry);
    },
    close: () => file.close(),
  };
};
