import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What templates and bundles are made from. */
const SOURCES = ['infra', 'functions', 'shared', 'cdk.json', 'package-lock.json'];

/** Not among them, though they lie there: the local machine itself, the notices, and what is for reading. */
const NEITHER = [join('infra', 'local'), join('shared', 'calls')];
const isSource = (file: string): boolean => !file.endsWith('.md') && !NEITHER.some((folder) => file.startsWith(folder));

const listFiles = async (path: string): Promise<string[]> => {
  if (path.endsWith('.json')) return [path];
  const entries = await readdir(join(ROOT, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1));
};

const digestSources = async (): Promise<string> => {
  const files = (await Promise.all(SOURCES.map(listFiles))).flat().filter(isSource);
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(ROOT, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Folders kept whatever their age, the last used first. */
const KEPT = 4;
/** A running stack loads its bundles from its assembly as functions are first called, so one that was taken up within a day may still be served from. */
const IN_USE_MS = 86_400_000;

const removeOldest = async (directory: string): Promise<void> => {
  const names = await readdir(directory);
  const ages = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(directory, name))).mtimeMs })),
  );
  const old = ages
    .sort((one, other) => other.at - one.at)
    .slice(KEPT)
    .filter(({ at }) => at < Date.now() - IN_USE_MS);
  await Promise.all(old.map(({ name }) => rm(join(directory, name), { recursive: true, force: true })));
};

/**
 * Makes something of the sources of templates and bundles, unless the same sources were made into it before.
 *
 * @param kind the folder of cdk.out in which it is kept
 * @param make writes it into a folder that is not there yet; it must not matter to it that the folder is given another name afterwards
 * @returns its folder
 * @throws what `make` throws
 */
export const madeOnce = async (kind: string, make: (directory: string) => Promise<void>): Promise<string> => {
  const directory = join(ROOT, 'cdk.out', kind);
  const made = join(directory, await digestSources());
  if (existsSync(made)) {
    await utimes(made, new Date(), new Date());
    return made;
  }
  await mkdir(directory, { recursive: true });
  const unfinished = `${made}.${process.pid}`;
  await make(unfinished);
  // Whole or not there at all; who finishes second in a race throws its own away.
  await rename(unfinished, made).catch(() => rm(unfinished, { recursive: true }));
  await removeOldest(directory);
  return made;
};
