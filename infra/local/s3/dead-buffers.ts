import type { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much may arrive before what has been written is collected. */
const COLLECT_EVERY_BYTES = 8 * 1024 ** 2;

// Node gives no other way to its collector than a context made after the flag was set.
setFlagsFromString('--expose-gc');
const collect: NodeJS.GCFunction = runInNewContext('gc');

/**
 * Bounds the memory of a large upload. Every chunk of a request's body is a buffer outside V8's heap, and V8 lets some
 * 50 MiB of dead ones gather before it looks: an upload would add as much to the process. Call the result with the size
 * of every chunk that is done with; a collection of the young generation takes a millisecond or two.
 */
export const startCollecting = (): ((bytes: number) => void) => {
  let since = 0;
  return (bytes) => {
    since += bytes;
    if (since < COLLECT_EVERY_BYTES) return;
    since = 0;
    collect({ type: 'minor' });
  };
};

/** Lets the rest of a stream flow away. */
export const discardRest = (stream: Readable): void => {
  const doneWith = startCollecting();
  stream.on('data', (bytes: Buffer) => doneWith(bytes.length));
  stream.resume();
};
