import { readFunctionReply } from './function-reply.ts';
import { type Reply, refuse } from './reply.ts';

/** The HTTP API's longest integration time-out, in ms; its answer then is a 503, where a failed function is a 500. */
const INTEGRATION_TIMEOUT = 30_000;

const run = async (invoke: () => Promise<unknown>): Promise<Reply> => {
  try {
    return readFunctionReply(await invoke());
  } catch {
    return refuse(500);
  }
};

/**
 * Runs a function and reads its reply. A function that is too slow runs on, unheard, as it does on AWS.
 * @param invoke rejects when the function failed or timed out by its own limit
 */
export const invokeFunction = async (invoke: () => Promise<unknown>): Promise<Reply> => {
  const tooSlow = Promise.withResolvers<Reply>();
  const timer = setTimeout(() => tooSlow.resolve(refuse(503)), INTEGRATION_TIMEOUT);
  try {
    return await Promise.race([run(invoke), tooSlow.promise]);
  } finally {
    clearTimeout(timer);
  }
};
