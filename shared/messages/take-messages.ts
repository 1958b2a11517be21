import * as z from 'zod';
import type { DomainEvent } from '#shared/contract/events.ts';
import { type JobHandler, job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { onTrail } from '#shared/runtime/trail.ts';
import { subjectsOf } from './queue-messages.ts';

/** What Lambda hands over of a queue. */
const SqsEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      receiptHandle: z.string(),
      body: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.coerce.number() }),
    }),
  ),
});

/** One message, and how often it was received, this time included. */
export interface Taken<Message> {
  readonly message: Message;
  readonly receiptHandle: string;
  readonly attempt: number;
}

/** An event, and the request that it comes from. */
interface FromRequest {
  readonly requestId?: string | undefined;
  readonly event: DomainEvent;
}

/** What came of a message: `again` has it come again, and become a dead letter in the end. */
export type Outcome = 'done' | 'again';

/**
 * A job that takes messages from a queue, some of them at once. A message that fails, or is none of ours, is told to Lambda alone, so that it comes again while the
 * others are done; received too often, it goes to the queue's dead letters.
 */
export const takeMessages = <Schema extends z.ZodType<FromRequest>>(
  name: string,
  schema: Schema,
  atOnce: 'one by one' | 'all',
  logic: (taken: Taken<z.output<Schema>>) => Promise<Outcome>,
): JobHandler =>
  job(name, async (event, { awsRequestId }) => {
    const { Records } = SqsEvent.parse(event);
    const failed: { itemIdentifier: string }[] = [];
    /** What fails is logged where its ids are known. */
    const attempted = async (taken: Taken<z.output<Schema>>): Promise<boolean> => {
      try {
        return (await logic(taken)) === 'done';
      } catch (error) {
        log.error('MESSAGE_FAULT', { operation: name, attempt: taken.attempt }, error);
        return false;
      }
    };
    const take = async ({ messageId, receiptHandle, body, attributes }: (typeof Records)[number]): Promise<void> => {
      const attempt = attributes.ApproximateReceiveCount;
      try {
        const message = schema.parse(JSON.parse(body));
        const ids = { requestId: message.requestId ?? awsRequestId, ...subjectsOf(message.event) };
        const isDone = await onTrail(name, ids, () => attempted({ message, receiptHandle, attempt }));
        if (isDone) return;
      } catch (error) {
        log.error('MESSAGE_FAULT', { operation: name, attempt }, error);
      }
      failed.push({ itemIdentifier: messageId });
    };
    if (atOnce === 'all') await Promise.all(Records.map(take));
    else for (const record of Records) await take(record);
    return { batchItemFailures: failed };
  });
