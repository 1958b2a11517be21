import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { bundleFunctions } from '#infra/constructs/bundle.ts';
import type { FunctionFolder } from '#infra/functions.ts';
import type { Taken } from './clocks.ts';

/** Relative to functions/, as bundleFunctions() takes it: bundled together with the functions, by the same settings. */
export const BARE: FunctionFolder = '../test/bench/bare';

/** Bundles as they are deployed, by folder. */
export interface ColdBundles {
  /** Where a function's handler lies. */
  fileOf(folder: FunctionFolder): string;
  remove(): Promise<void>;
}

export const makeColdBundles = async (folders: readonly FunctionFolder[]): Promise<ColdBundles> => {
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-cold-'));
  const functions = join(directory, 'functions');
  await bundleFunctions([...folders, BARE], functions);
  return {
    fileOf: (folder) => join(functions, folder, 'handler.mjs'),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

const TakenByProcess = z.object({ wallMs: z.number(), cpuMs: z.number() });

/** Of one process, both since it began to import. */
const FirstTaken = z.object({ imported: TakenByProcess, replied: TakenByProcess });
export type FirstTaken = z.output<typeof FirstTaken>;

const run = promisify(execFile);

/** What it takes to import a bundle, in a process of its own. */
export const importOnce = async (file: string, env: Record<string, string>): Promise<Taken> => {
  const script = join(import.meta.dirname, 'import-once.ts');
  const { stdout } = await run(process.execPath, [script, file], { env });
  return TakenByProcess.parse(JSON.parse(stdout));
};

/** What it takes to import a bundle and to have its reply to an event, in a process of its own. @throws where it refuses or fails */
export const firstOnce = async (file: string, env: Record<string, string>, event: unknown): Promise<FirstTaken> => {
  const child = fork(join(import.meta.dirname, 'first-once.ts'), [file], { env, serialization: 'advanced' });
  child.send({ event });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`A first request ended with ${code}: ${file}`))),
  ]);
  return FirstTaken.parse(message);
};
