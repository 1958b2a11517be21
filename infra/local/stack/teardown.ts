import { setTimeout as sleep } from 'node:timers/promises';

/** What has been started, to be ended in the reverse order. */
export interface Teardown {
  /** @param limit how long it may take, in ms; then the next one's turn comes */
  add(end: () => unknown, limit?: number): void;
  /** Ends everything, once however often it is called; a part that fails to end does not keep the others. */
  run(): Promise<void>;
}

/** With two parts at their limit and DynamoDB Local's three seconds all is down within five. */
const LIMIT = 1_000;

export const createTeardown = (): Teardown => {
  const ends: (() => Promise<unknown>)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    for (let end = ends.pop(); end; end = ends.pop()) {
      await end().catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)));
    }
  };
  return {
    add: (end, limit = LIMIT) => {
      ends.push(async () => {
        const timer = new AbortController();
        const ending = async (): Promise<void> => {
          try {
            await end();
          } finally {
            timer.abort();
          }
        };
        await Promise.race([ending(), sleep(limit, undefined, { signal: timer.signal }).catch(() => undefined)]);
      });
    },
    run: () => {
      running ??= runAll();
      return running;
    },
  };
};
