/** What still runs after it is cut off, in ms: the whole is down within five seconds. */
const STOP_LIMIT = 4_500;

/** Ends the program in order on SIGINT and SIGTERM. */
export const stopOnSignals = (stop: () => Promise<void>): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      // While a stack is still starting there is nothing to wait for: what was started ends with this process.
      setTimeout(() => process.exit(1), STOP_LIMIT).unref();
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
};
