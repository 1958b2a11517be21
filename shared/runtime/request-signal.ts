import { AsyncLocalStorage } from 'node:async_hooks';

/** What ends a request whether it is done or not: the signal that is raised once it has been answered for it, and the ms until then. */
interface RequestEnd {
  readonly signal: AbortSignal;
  readonly remaining: () => number;
}

const ends = new AsyncLocalStorage<RequestEnd>();

/** Runs the logic of a request under what ends it. */
export const underSignal = <Result>(end: RequestEnd, logic: () => Promise<Result>): Promise<Result> =>
  ends.run(end, logic);

/**
 * Ends what still runs for a request that was answered without it. A function that ran out of time answers 503 and its instance is frozen, to go on with
 * the next request, perhaps hours later: a submit left waiting must not be written then.
 *
 * @throws the signal's reason (AbortError); nothing outside of a request
 */
export const assertUnanswered = (): void => {
  ends.getStore()?.signal.throwIfAborted();
};

/** The ms until the request is answered without what still runs for it. Outside of a request there is no end: a job that is cut off is begun again. */
export const remainingMs = (): number => ends.getStore()?.remaining() ?? Number.POSITIVE_INFINITY;
