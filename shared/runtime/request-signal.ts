import { AsyncLocalStorage } from 'node:async_hooks';

const signals = new AsyncLocalStorage<AbortSignal>();

/** Runs the logic of a request under the signal that is raised once it has been answered for it. */
export const underSignal = <Result>(signal: AbortSignal, logic: () => Promise<Result>): Promise<Result> =>
  signals.run(signal, logic);

/**
 * Ends what still runs for a request that was answered without it. A function that ran out of time answers 503 and its instance is frozen, to go on with
 * the next request, perhaps hours later: a submit left waiting must not be written then.
 *
 * @throws the signal's reason (AbortError); nothing outside of a request
 */
export const assertUnanswered = (): void => {
  signals.getStore()?.throwIfAborted();
};
