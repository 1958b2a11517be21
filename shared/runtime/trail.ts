import { AsyncLocalStorage } from 'node:async_hooks';
import { noteTrace } from './trace.ts';

/**
 * What all that is logged of a piece of work carries: the id of the request that caused it, which the client has from the header `apigw-requestid` and the problem's body (of a tick: the
 * invocation's), and what it is about.
 */
export interface Trail {
  readonly requestId: string;
  readonly callId?: string | undefined;
  readonly submissionId?: string | undefined;
}

const trails = new AsyncLocalStorage<{ ids: Trail }>();

/** The ids of what is being done; none outside of any. */
export const trail = (): Partial<Trail> => trails.getStore()?.ids ?? {};

/** Adds what turned out since. */
export const noteOnTrail = (ids: Partial<Trail>): void => {
  const store = trails.getStore();
  if (store !== undefined) store.ids = { ...store.ids, ...ids };
};

/** Does a piece of work whose log lines, messages and trace carry these ids. `name`: of the operation or job. */
export const onTrail = <Result>(name: string, ids: Trail, work: () => Promise<Result>): Promise<Result> =>
  trails.run({ ids }, async () => {
    const noted = noteTrace(name);
    try {
      return await work();
    } finally {
      await noted?.(trail());
    }
  });
