import type { LocalFunction } from '../template/local-model.ts';
import { type FunctionInstance, startFunctionInstance } from './function-instance.ts';
import type { FunctionLog } from './function-log.ts';

/** Threads of one function at the same time; what comes beyond waits its turn. A thread takes some 15 MB. */
const MOST_INSTANCES = 8;

/** How long an instance may have nothing to do before it ends, in ms. */
const IDLE_LIMIT = 120_000;

/** The instances of one function. */
export interface FunctionPool {
  /** @throws FunctionError when the function failed */
  invoke(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

interface Waiting {
  event: unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

interface Idle {
  instance: FunctionInstance;
  timer: NodeJS.Timeout;
}

/** Instances are started on demand, as Lambda does: one more whenever an event finds none free, up to a bound. */
export const createFunctionPool = (
  definition: LocalFunction,
  environment: Record<string, string>,
  log: FunctionLog,
): FunctionPool => {
  const instances = new Set<FunctionInstance>();
  const idle: Idle[] = [];
  const queue: Waiting[] = [];
  let starting = 0;

  const drop = (instance: FunctionInstance): void => {
    instances.delete(instance);
    instance.end().catch(() => undefined);
  };

  const rest = (instance: FunctionInstance): void => {
    const entry: Idle = {
      instance,
      timer: setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        drop(instance);
      }, IDLE_LIMIT).unref(),
    };
    idle.push(entry);
  };

  // The one used last is the warmest; the others get their chance to end.
  const takeIdle = (): FunctionInstance | undefined => {
    for (let entry = idle.pop(); entry; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (!entry.instance.hasEnded()) return entry.instance;
      drop(entry.instance);
    }
    return undefined;
  };

  const work = async (instance: FunctionInstance): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await instance.run(next.event).then(next.resolve, next.reject);
      if (instance.hasEnded()) {
        drop(instance);
        grow();
        return;
      }
    }
    rest(instance);
  };

  const grow = (): void => {
    if (queue.length <= starting || instances.size >= MOST_INSTANCES) return;
    const instance = startFunctionInstance(definition, environment, log);
    instances.add(instance);
    starting += 1;
    instance.ready
      .finally(() => {
        starting -= 1;
      })
      .then(
        () => work(instance),
        (error: unknown) => {
          drop(instance);
          queue.shift()?.reject(error);
          grow();
        },
      );
  };

  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        queue.push({ event, resolve, reject });
        const free = takeIdle();
        if (!free) return grow();
        void work(free);
      }),
    stop: async () => {
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      await Promise.all([...instances].map((instance) => instance.end()));
      instances.clear();
    },
  };
};
