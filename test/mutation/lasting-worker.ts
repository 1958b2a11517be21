import { EventEmitter } from 'node:events';
import { type PoolOptions, type PoolWorker, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node';

type Listener = (...values: unknown[]) => void;

/**
 * The one thread all runs of this process share. Vitest ends its own after every run, and a mutant is a run: starting a thread
 * and loading the modules again took fifty times as long as the tests of most mutants. It dies with the process, which Stryker
 * ends after a mutant that never returns.
 */
let thread: ThreadsPoolWorker | undefined;

/** A worker of Vitest's pool that hands every run to the one thread, whose modules stay loaded. */
export class LastingWorker implements PoolWorker {
  readonly name = 'lasting';
  readonly #replies = new EventEmitter();
  readonly #options: PoolOptions;
  #listeners: [event: string, listener: Listener][] = [];
  #config: object = {};
  #isFirst = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#isFirst = thread === undefined;
    thread ??= new ThreadsPoolWorker(this.#options);
    if (this.#isFirst) await thread.start();
  }

  /** What vitest leaves to the end of a thread: listeners of a run that is over. */
  async stop(): Promise<void> {
    for (const [event, listener] of this.#listeners) thread?.off(event, listener);
    this.#listeners = [];
  }

  on(event: string, listener: Listener): void {
    thread?.on(event, listener);
    this.#listeners.push([event, listener]);
    if (event === 'message') this.#replies.on('reply', listener);
  }

  off(event: string, listener: Listener): void {
    thread?.off(event, listener);
    if (event === 'message') this.#replies.off('reply', listener);
  }

  /** A thread that runs already is neither started again nor stopped; each run brings its own configuration, which says its tests. */
  send(message: WorkerRequest): void {
    if (!('type' in message)) {
      thread?.send(message);
      return;
    }
    if (message.type === 'start') this.#config = { ...message.context.config, isolate: false };
    if (message.type === 'run') Object.assign(message.context, { config: this.#config });
    if (message.type === 'start' && !this.#isFirst) this.#reply('started');
    else if (message.type === 'stop') this.#reply('stopped');
    else thread?.send(message);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  #reply(type: 'started' | 'stopped'): void {
    setImmediate(() => {
      this.#replies.emit('reply', { __vitest_worker_response__: true, type });
    });
  }
}
