import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { madeOnce } from '../../made-once.ts';

const runSynthesis = async (outdir: string): Promise<void> => {
  const script = fileURLToPath(new URL('run-synthesis.ts', import.meta.url));
  const child = spawn(process.execPath, [script, outdir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The infrastructure (stage local) did not synthesise:\n${output}`);
};

/**
 * Synthesises the app's local stage with its bundles, unless the same sources were synthesised before.
 * @returns the folder of the cloud assembly
 * @throws Error with the app's output when it fails
 */
export const synthesize = (): Promise<string> => madeOnce('served', runSynthesis);
