import * as z from 'zod';
import { contentOf, kindOfMessage } from '#shared/messages/queue-messages.ts';
import type { JobHandler } from '#shared/runtime/job.ts';

export interface Dependencies {
  readonly sendMail: JobHandler;
  readonly callWebhook: JobHandler;
}

const Batch = z.object({ Records: z.array(z.looseObject({ body: z.string() })) });
type Message = z.output<typeof Batch>['Records'][number];

const Outcome = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** What is of neither kind goes the way of mail, which fails at it, so that it becomes a dead letter. */
const isForWebhook = ({ body }: Message): boolean => kindOfMessage(contentOf(body)) === 'webhook';

/**
 * Takes mails and calls of webhooks from their one queue: Lambda asks each queue all the time whether there is anything, which costs as much as it does for one that is used. Webhooks are
 * called while mails are sent one after the other, so that neither waits for what the other waits for.
 */
export const deliverMessages =
  ({ sendMail, callWebhook }: Dependencies): JobHandler =>
  async (event, context) => {
    const { Records } = Batch.parse(event);
    const hand = async (job: JobHandler, records: readonly Message[]) =>
      records.length === 0 ? [] : Outcome.parse(await job({ Records: records }, context)).batchItemFailures;
    const { webhook = [], mail = [] } = Object.groupBy(Records, (message) =>
      isForWebhook(message) ? 'webhook' : 'mail',
    );
    const failed = await Promise.all([hand(callWebhook, webhook), hand(sendMail, mail)]);
    return { batchItemFailures: failed.flat() };
  };
