import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(import.meta.dirname, '../../..');

/** What the template and the bundles are made from. */
const SOURCES = ['infra', 'functions', 'shared', 'cdk.json', 'package-lock.json'];

/** Not among them, though they lie there: this machine itself, the notices, and what is for reading. */
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

const runSynthesis = async (outdir: string): Promise<void> => {
  const script = fileURLToPath(new URL('run-synthesis.ts', import.meta.url));
  const child = spawn(process.execPath, [script, outdir], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The infrastructure (stage local) did not synthesise:\n${output}`);
};

/** Assemblies kept whatever their age, the last used first. */
const KEPT = 4;
/** A stack loads its bundles from its assembly as functions are first called, so one that was taken up within a day may still be served from. */
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
 * Synthesises the app's local stage with its bundles, unless the same sources were synthesised before.
 * @returns the folder of the cloud assembly
 * @throws Error with the app's output when it fails
 */
export const synthesize = async (): Promise<string> => {
  const directory = join(ROOT, 'cdk.out', 'served');
  const assembly = join(directory, await digestSources());
  if (existsSync(assembly)) {
    await utimes(assembly, new Date(), new Date());
    return assembly;
  }
  await mkdir(directory, { recursive: true });
  const unfinished = `${assembly}.${process.pid}`;
  await runSynthesis(unfinished);
  // The assets are copies of these; with their source maps they are five times as large.
  await rm(join(unfinished, 'functions'), { recursive: true, force: true });
  // Whole or not there at all; who finishes second in a race throws its own away.
  await rename(unfinished, assembly).catch(() => rm(unfinished, { recursive: true }));
  await removeOldest(directory);
  return assembly;
};
