import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'shenbao-scratch-';

/** No function runs longer than 15 minutes: what is older was left by one that was cut off, and its disk is used again. */
const LEFT_BEHIND_MS = 16 * 60_000;

const removeLeftBehind = async (now: number): Promise<void> => {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const directory = join(tmpdir(), name);
    const made = await stat(directory).catch(() => undefined);
    if (made !== undefined && now - made.birthtimeMs > LEFT_BEHIND_MS)
      await rm(directory, { recursive: true, force: true });
  }
};

/** Runs work with an empty directory of its own, and removes it afterwards. `now` in ms. */
export const inScratch = async <Result>(now: number, work: (directory: string) => Promise<Result>): Promise<Result> => {
  await removeLeftBehind(now);
  const directory = await mkdtemp(join(tmpdir(), PREFIX));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
