/** A process of its own that imports one bundle as Lambda's runtime does, and says what that took. Argument: the bundle's path. */
import { pathToFileURL } from 'node:url';
import { startClocks } from './clocks.ts';

const [path = ''] = process.argv.slice(2);
const url = pathToFileURL(path).href;

const stop = startClocks();
const loaded: unknown = await import(url);
const taken = stop();

if (typeof loaded !== 'object' || loaded === null || !('handler' in loaded))
  throw new Error(`${path} exports no handler`);
process.stdout.write(JSON.stringify(taken));
// Connections are not awaited: an import opens none.
process.exit(0);
