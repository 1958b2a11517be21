/**
 * A process of its own that imports one bundle as Lambda's runtime does, gives it one event, and says what it took until it was imported, and until the reply.
 * Argument: the bundle's path; the event comes over the channel, so that sets stay sets.
 */
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { lambdaContext } from '#test/support/http-event.ts';
import { startClocks } from './clocks.ts';

/** Lambda's longest, ms: a job does nothing for which there would not be time. */
const REMAINING_MS = 900_000;

const [path = ''] = process.argv.slice(2);
const [{ event }] = await once(process, 'message');

const stop = startClocks();
const { handler } = await import(pathToFileURL(path).href);
const imported = stop();
const reply = await handler(event, lambdaContext(REMAINING_MS));
const replied = stop();

// A job answers nothing, or what of its messages it has failed in.
if (reply?.statusCode >= 400) throw new Error(`It was answered with ${reply.statusCode}: ${reply.body}`);
if (reply?.batchItemFailures?.length > 0) throw new Error(`It failed in ${reply.batchItemFailures.length} messages`);
process.send?.({ imported, replied }, () => process.exit(0));
