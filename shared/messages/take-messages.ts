import * as z from 'zod';
import { type JobHandler, job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';

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

/** What came of a message: `again` has it come again, and become a dead letter in the end. */
export type Outcome = 'done' | 'again';

/**
 * A job that takes messages from a queue, some of them at once. A message that fails, or is none of ours, is told to Lambda alone, so that it comes again while the
 * others are done; received too often, it goes to the queue's dead letters.
 */
export const takeMessages = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  atOnce: 'one by one' | 'all',
  logic: (taken: Taken<z.output<Schema>>) => Promise<Outcome>,
): JobHandler =>
  job(name, async (event) => {
    const { Records } = SqsEvent.parse(event);
    const failed: { itemIdentifier: string }[] = [];
    const take = async ({ messageId, receiptHandle, body, attributes }: (typeof Records)[number]): Promise<void> => {
      const attempt = attributes.ApproximateReceiveCount;
      try {
        const message = schema.parse(JSON.parse(body));
        if ((await logic({ message, receiptHandle, attempt })) === 'done') return;
      } catch (error) {
        log.error('MESSAGE_FAULT', { operation: name, attempt }, error);
      }
      failed.push({ itemIdentifier: messageId });
    };
    if (atOnce === 'all') await Promise.all(Records.map(take));
    else for (const record of Records) await take(record);
    return { batchItemFailures: failed };
  });
