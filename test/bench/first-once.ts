/**
 * A process of its own that imports one bundle as Lambda's runtime does, gives it one event, and says what both took until the reply. Argument: the bundle's path;
 * the event comes over the channel, so that sets stay sets.
 */
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { lambdaContext } from '#test/support/http-event.ts';
import { startClocks } from './clocks.ts';

const [path = ''] = process.argv.slice(2);
const [event] = await once(process, 'message');

const stop = startClocks();
const { handler } = await import(pathToFileURL(path).href);
const reply = await handler(event, lambdaContext());
const taken = stop();

if (reply.statusCode !== 200) throw new Error(`It was answered with ${reply.statusCode}: ${reply.body}`);
process.send?.(taken, () => process.exit(0));
