import { appendFileSync, writeFileSync } from 'node:fs';

/** Characters gathered before they are written. */
const GATHERED = 256 * 1024;

/** A file of text that is written piece by piece and never held whole. */
export interface TextFile {
  readonly path: string;
  append(text: string): void;
  /** Writes what is left. */
  close(): void;
}

/**
 * Begins a file in UTF-8, over whatever was there. It writes synchronously, since nobody else is served meanwhile, and keeps no file open between two writes: a run
 * that breaks off leaves nothing that would hold its disk.
 */
export const textFile = (path: string): TextFile => {
  writeFileSync(path, '');
  let gathered: string[] = [];
  let length = 0;
  const write = (): void => {
    if (length > 0) appendFileSync(path, gathered.join(''));
    gathered = [];
    length = 0;
  };
  return {
    path,
    append(text) {
      gathered.push(text);
      length += text.length;
      if (length >= GATHERED) write();
    },
    close: write,
  };
};
