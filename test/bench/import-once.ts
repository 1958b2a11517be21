/** A process of its own that imports one bundle as Lambda's runtime does, and says what that took. Argument: the bundle's path. */
import { pathToFileURL } from 'node:url';

const [path = ''] = process.argv.slice(2);
const url = pathToFileURL(path).href;

const cpu = process.cpuUsage();
const start = performance.now();
const loaded: unknown = await import(url);
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);

if (typeof loaded !== 'object' || loaded === null || !('handler' in loaded))
  throw new Error(`${path} exports no handler`);
process.stdout.write(JSON.stringify({ wallMs, cpuMs: (user + system) / 1_000 }));
// Connections are not awaited: an import opens none.
process.exit(0);
