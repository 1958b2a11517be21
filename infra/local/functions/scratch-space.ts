import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What an execution environment has for /tmp: a folder of its own, which lives as long as it. */
export interface ScratchSpace {
  /** The value for TMPDIR, which os.tmpdir() follows. */
  directory: string;
  /** MB that lie there. */
  usedMegabytes(): Promise<number>;
  remove(): Promise<void>;
}

export const openScratchSpace = (): ScratchSpace => {
  const directory = mkdtempSync(join(tmpdir(), 'shenbao-scratch-'));
  const sizeOf = async (path: string): Promise<number> => {
    // What is removed meanwhile takes nothing.
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() ? found.size : 0;
  };
  return {
    directory,
    usedMegabytes: async () => {
      const entries = await readdir(directory, { recursive: true }).catch(() => []);
      const sizes = await Promise.all(entries.map((entry) => sizeOf(join(directory, entry))));
      return sizes.reduce((sum, size) => sum + size, 0) / 1_048_576;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
