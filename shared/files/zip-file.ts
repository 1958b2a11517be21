import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** With slashes between folders. It is marked as UTF-8. */
  readonly name: string;
  readonly modifiedAt: Date;
  /** False for what is compressed already. */
  readonly compress: boolean;
}

/** An archive that is written entry by entry and never held whole. */
export interface ZipWriter {
  /** Writes an entry to its end before it returns. */
  add(entry: ZipEntry, content: Readable | string): Promise<void>;
  /** Writes the directory at its end and gives the size of the file in bytes. */
  finish(): Promise<number>;
  /** Gives it up where something failed: the file is closed as it is. */
  discard(): void;
}

/** Begins an archive, over whatever was there. */
export const zipFile = (path: string): ZipWriter => {
  const archive = new ZipFile();
  const output = createWriteStream(path);
  const failed = new Promise<never>((_, reject) => {
    archive.on('error', reject);
    output.on('error', reject);
  });
  // It is looked at by whoever waits for an entry or for the end; where nobody does yet, it is no fault of its own.
  failed.catch(() => undefined);
  archive.outputStream.pipe(output);
  return {
    async add({ name, modifiedAt, compress }, content) {
      const stream = typeof content === 'string' ? Readable.from([Buffer.from(content, 'utf8')]) : content;
      const options = { mtime: modifiedAt, compress, mode: 0o100_644 };
      archive.addReadStreamLazy(name, options, (callback) => callback(undefined, stream));
      try {
        await Promise.race([finished(stream, { writable: false }), failed]);
      } catch (error) {
        stream.destroy();
        throw error;
      }
    },
    async finish() {
      archive.end();
      await Promise.race([finished(output), failed]);
      return output.bytesWritten;
    },
    discard: () => {
      output.destroy();
    },
  };
};
