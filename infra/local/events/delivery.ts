import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalInvokeConfig, LocalModel } from '../template/local-model.ts';

/** Waits before the second and the third attempt, in ms; Lambda waits one and two minutes. */
const RETRY_WAITS = [1_000, 2_000];

export interface Delivery {
  /** Hands an event to a function that nobody waits for: tried as often as the template says, then told to its dead letters. Never rejects. */
  deliver(functionName: string, event: unknown): Promise<void>;
  /** Gives up what waits for another attempt, and waits for what runs. */
  stop(): Promise<void>;
}

export interface DeliveryOptions {
  model: Pick<LocalModel, 'invokeConfigs'> & { readonly functions: readonly { name: string; arn: string }[] };
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Sends to a queue. */
  tell(queueName: string, letter: object): Promise<void>;
}

/** What becomes of a function that the template says nothing of. */
const byDefault = (functionName: string): LocalInvokeConfig => ({ functionName, retries: RETRY_WAITS.length });

/** Asynchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const createDelivery = ({ model, invoke, tell }: DeliveryOptions): Delivery => {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  const letterOf = (functionName: string, event: unknown, attempts: number, failure: unknown): object => ({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${model.functions.find(({ name }) => name === functionName)?.arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: failure instanceof Error ? failure.message : String(failure) },
  });

  const attempt = async (functionName: string, event: unknown): Promise<void> => {
    const found = model.invokeConfigs.find((each) => each.functionName === functionName);
    const { retries, deadLetters } = found ?? byDefault(functionName);
    let failure: unknown;
    let attempts = 0;
    for (const wait of [0, ...RETRY_WAITS.slice(0, retries)]) {
      try {
        if (wait > 0) await sleep(wait, undefined, { signal: stopping.signal });
        attempts += 1;
        await invoke(functionName, event);
        return;
      } catch (error) {
        failure ??= error;
        if (stopping.signal.aborted) break;
      }
    }
    if (deadLetters !== undefined) await tell(deadLetters, letterOf(functionName, event, attempts, failure));
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
