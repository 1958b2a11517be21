import { bodyOf, type Queue } from '#shared/messages/queue.ts';
import type { JobHandler } from '#shared/runtime/job.ts';
import { lambdaContext } from './http-event.ts';

interface Waiting {
  readonly id: number;
  readonly body: string;
  /** ms. */
  visibleAt: number;
  received: number;
}

export interface MemoryQueue extends Queue {
  /** Hands all that may be seen now to a job, as Lambda does. False where there was nothing. */
  deliver(job: JobHandler): Promise<boolean>;
  /** Puts a body in that nobody of ours wrote. */
  inject(body: string): void;
  /** Bodies of what was received too often. */
  readonly deadLetters: readonly string[];
  size(): number;
}

export interface MemoryQueueOptions {
  /** ms. */
  readonly now: () => number;
  readonly maxReceives: number;
  readonly visibilitySeconds: number;
  /** In order to bring the worst about: whether a message that is sent is there twice, whether one that was done comes again, in which order they come. */
  readonly chance?: { doubled(): boolean; again(): boolean; shuffled<T>(items: readonly T[]): T[] };
}

const ordinary = { doubled: () => false, again: () => false, shuffled: <T>(items: readonly T[]): T[] => [...items] };

/** A queue of SQS as far as its jobs can tell: at least once, in no order, with dead letters. */
export const memoryQueue = ({
  now,
  maxReceives,
  visibilitySeconds,
  chance = ordinary,
}: MemoryQueueOptions): MemoryQueue => {
  let waiting: Waiting[] = [];
  const deadLetters: string[] = [];
  let ids = 0;
  const put = (body: string, visibleAt: number): void => {
    ids += 1;
    waiting.push({ id: ids, body, visibleAt, received: 0 });
  };
  const failedOf = (outcome: unknown): Set<string> => {
    const failures =
      typeof outcome === 'object' && outcome !== null && 'batchItemFailures' in outcome
        ? outcome.batchItemFailures
        : [];
    return new Set(Array.isArray(failures) ? failures.map(({ itemIdentifier }) => String(itemIdentifier)) : []);
  };

  return {
    async send(messages, delaySeconds = 0) {
      for (const message of messages) {
        const visibleAt = now() + delaySeconds * 1_000;
        const body = bodyOf(message);
        put(body, visibleAt);
        if (chance.doubled()) put(body, visibleAt);
      }
    },
    async retryIn(receiptHandle, seconds) {
      const message = waiting.find(({ id }) => String(id) === receiptHandle);
      if (message !== undefined) message.visibleAt = now() + seconds * 1_000;
    },
    async deliver(job) {
      const seen = chance.shuffled(waiting.filter(({ visibleAt }) => visibleAt <= now())).slice(0, 10);
      if (seen.length === 0) return false;
      for (const message of seen) {
        message.received += 1;
        message.visibleAt = now() + visibilitySeconds * 1_000;
      }
      const spent = seen.filter(({ received }) => received > maxReceives);
      deadLetters.push(...spent.map(({ body }) => body));
      const taken = seen.filter((message) => !spent.includes(message));
      const outcome = await job(
        {
          Records: taken.map(({ id, body, received }) => ({
            messageId: String(id),
            receiptHandle: String(id),
            body,
            attributes: { ApproximateReceiveCount: String(received) },
          })),
        },
        lambdaContext(),
      );
      const failed = failedOf(outcome);
      const gone = new Set([
        ...spent,
        ...taken.filter((message) => !failed.has(String(message.id)) && (message.received > 1 || !chance.again())),
      ]);
      waiting = waiting.filter((message) => !gone.has(message));
      return true;
    },
    inject: (body) => put(body, now()),
    deadLetters,
    size: () => waiting.length,
  };
};
