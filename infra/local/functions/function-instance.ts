import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LocalFunction } from '../template/local-model.ts';
import { FunctionError } from './function-error.ts';
import type { FunctionLog } from './function-log.ts';
import type { InvocationRequest, ReportedError, ThreadMessage, ThreadSettings } from './function-messages.ts';
import { openScratchSpace } from './scratch-space.ts';

/** One execution environment: runs one event at a time, and is not used again once it has ended. */
export interface FunctionInstance {
  /** Resolves when the bundle is loaded; rejects with FunctionError when it cannot be. */
  ready: Promise<void>;
  /** @throws FunctionError when the function failed, ended its process or ran out of time; the last two end the instance */
  run(event: unknown): Promise<unknown>;
  hasEnded(): boolean;
  end(): Promise<void>;
}

const locateHandler = ({ name, directory, handler }: LocalFunction): { file: string; exportName: string } => {
  const dot = handler.lastIndexOf('.');
  const path = join(directory, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => `${path}${extension}`).find((each) => existsSync(each));
  if (!file) throw new Error(`Function ${name} has no ${handler.slice(0, dot)}.mjs, .js or .cjs in ${directory}.`);
  return { file, exportName: handler.slice(dot + 1) };
};

/** Between two looks at how much a function has put into /tmp, in ms. */
const SCRATCH_LOOKS = 1_000;

interface Pending {
  resolve(result: unknown): void;
  reject(error: FunctionError): void;
}

/**
 * Starts a thread for a function.
 * @param environment the thread's whole process.env
 */
export const startFunctionInstance = (
  definition: LocalFunction,
  environment: Record<string, string>,
  log: FunctionLog,
): FunctionInstance => {
  const { name, arn, memoryMegabytes, timeoutSeconds, scratchMegabytes } = definition;
  const settings: ThreadSettings = {
    ...locateHandler(definition),
    functionName: name,
    functionArn: arn,
    memoryMegabytes,
  };
  const scratch = openScratchSpace();
  const thread = new Worker(new URL('function-thread.ts', import.meta.url), {
    workerData: settings,
    env: { ...environment, TMPDIR: scratch.directory },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  log.follow(name, thread.stdout);
  log.follow(name, thread.stderr);

  let ended = false;
  const loading = Promise.withResolvers<unknown>();
  let pending: Pending | undefined = loading;

  const settle = (outcome: (waiting: Pending) => void): void => {
    const waiting = pending;
    pending = undefined;
    if (waiting) outcome(waiting);
  };
  const fail = (reported: ReportedError): void =>
    settle((waiting) => {
      log.write(name, JSON.stringify({ level: 'ERROR', ...reported }));
      waiting.reject(new FunctionError(name, reported));
    });

  thread.on('message', (message: ThreadMessage) => {
    if (message.kind === 'ready') settle((waiting) => waiting.resolve(undefined));
    else if (message.kind === 'result') settle((waiting) => waiting.resolve(JSON.parse(message.result)));
    else fail(message.error);
    if (message.kind === 'initFailed') void thread.terminate();
  });
  thread.on('error', (error) => {
    ended = true;
    fail({ errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] });
  });
  thread.on('exit', (code) => {
    ended = true;
    scratch.remove().catch((error: unknown) => process.emitWarning(String(error)));
    fail({ errorType: 'Runtime.ExitError', errorMessage: `Error: Runtime exited with error: exit status ${code}` });
  });

  const end = async (): Promise<void> => {
    ended = true;
    await thread.terminate();
    await scratch.remove();
  };

  const run = async (event: unknown): Promise<unknown> => {
    const requestId = randomUUID();
    const limit = timeoutSeconds * 1_000;
    const request: InvocationRequest = { requestId, event: JSON.stringify(event), deadline: Date.now() + limit };
    const answer = Promise.withResolvers<unknown>();
    pending = answer;
    // A disk of that size cannot be had here, so a function that would have filled it is ended a little later than there.
    const looks = setInterval(async () => {
      if ((await scratch.usedMegabytes()) <= scratchMegabytes) return;
      fail({ errorType: 'Error', errorMessage: `ENOSPC: more than ${scratchMegabytes} MB in /tmp` });
      end().catch(() => undefined);
    }, SCRATCH_LOOKS);
    const timer = setTimeout(() => {
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      fail({ errorType: 'Sandbox.Timedout', errorMessage });
      end().catch(() => undefined);
    }, limit);
    try {
      thread.postMessage(request);
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      clearInterval(looks);
    }
  };

  return { ready: loading.promise.then(() => undefined), run, hasEnded: () => ended, end };
};
