import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStackRecord, type StackRecord } from '#infra/local/stack/stack-file.ts';

/** A local stack as `npm start` runs it, in a process of its own. */
export interface RunningStack {
  readonly record: StackRecord;
  stop(): Promise<void>;
}

const START = join(import.meta.dirname, '../../infra/local/start.ts');

/** Starts a fresh stack on free ports. @throws Error with its output where it does not come up */
export const runStack = async (): Promise<RunningStack> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenbao-rush-'));
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, PORT: '0', FRESH: '1', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await rm(dataDir, { recursive: true, force: true });
  };

  let output = '';
  const ready = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (/^ready /m.test(output)) resolve(true);
      });
    child.once('exit', () => resolve(false));
  });
  const record = (await ready) ? readStackRecord(dataDir) : undefined;
  if (record === undefined) {
    await stop();
    throw new Error(`The local stack did not come up:\n${output}`);
  }
  return { record, stop };
};
