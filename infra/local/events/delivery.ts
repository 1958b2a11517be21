import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before the second and the third attempt, in ms; Lambda waits one and two minutes. */
const RETRY_WAITS = [1_000, 2_000];

export interface Delivery {
  /** Hands an event to a function that nobody waits for: tried three times, then kept as a dead letter. Never rejects. */
  deliver(functionName: string, event: unknown): Promise<void>;
  /** Gives up what waits for another attempt, and waits for what runs. */
  stop(): Promise<void>;
}

/**
 * Asynchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * @param deadLetters file of JSON lines, made with the first one
 */
export const createDelivery = (
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  deadLetters: string,
): Delivery => {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  const attempt = async (functionName: string, event: unknown): Promise<void> => {
    let failure: unknown;
    for (const wait of [0, ...RETRY_WAITS]) {
      try {
        if (wait > 0) await sleep(wait, undefined, { signal: stopping.signal });
        await invoke(functionName, event);
        return;
      } catch (error) {
        failure ??= error;
        if (stopping.signal.aborted) break;
      }
    }
    const reason = failure instanceof Error ? failure.message : String(failure);
    await mkdir(dirname(deadLetters), { recursive: true });
    await appendFile(deadLetters, `${JSON.stringify({ functionName, reason, event })}\n`);
  };

  return {
    deliver: (functionName, event) => {
      const delivering = attempt(functionName, event)
        .catch((error: unknown) => process.emitWarning(`An event for ${functionName} was lost: ${String(error)}`))
        .finally(() => underWay.delete(delivering));
      underWay.add(delivering);
      return delivering;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
};
