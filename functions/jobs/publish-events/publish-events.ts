import * as z from 'zod';
import type { DomainEvent } from '#shared/contract/events.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { type Belonging, eventOf, TellingEntry, tellingOf } from '#shared/domain/events/event-of-entry.ts';
import type { EventBus } from '#shared/messages/event-bus.ts';
import { isWrittenTo } from '#shared/messages/mail/audience.ts';
import type { Queue } from '#shared/messages/queue.ts';
import type { MailMessage, WebhookMessage } from '#shared/messages/queue-messages.ts';
import { itemOfImage } from '#shared/messages/stream-image.ts';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';

export interface Dependencies {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly webhooks: Pick<WebhooksRepository, 'ofOrganization'>;
  readonly mail: Pick<Queue, 'send'>;
  readonly webhookCalls: Pick<Queue, 'send'>;
  /** Absent where the stage has none. */
  readonly bus?: EventBus | undefined;
}

/** What Lambda hands over of the history's stream. */
const StreamEvent = z.object({
  Records: z.array(
    z.object({ eventName: z.string(), dynamodb: z.object({ SequenceNumber: z.string(), NewImage: z.unknown() }) }),
  ),
});
type StreamRecord = z.output<typeof StreamEvent>['Records'][number];

/** How many entries are under way at once. */
const AT_ONCE = 10;

/**
 * Makes an event of each new entry of the history and hands it to whom it concerns. An event has the id of its entry, so what comes twice is known again by whoever sends it on.
 * Where an entry fails, those after it are done all the same: Lambda tries again from the first that failed, and gives that one up in the end.
 */
export const publishEvents = ({ calls, submissions, webhooks, mail, webhookCalls, bus }: Dependencies) => {
  const belongingOf = async (kind: 'call' | 'submission', id: string): Promise<Belonging | undefined> => {
    if (kind === 'call') {
      const call = await calls.head(id);
      return call && { organiser: call.organiser, callId: id };
    }
    const head = await submissions.head(id);
    if (head === undefined) return undefined;
    const { submissionId, callId, category, unitId, organiser } = head;
    return { submissionId, callId, category, unitId, organiser };
  };

  /** Undefined for what nobody is told, and for a draft that is gone by now. */
  const eventIn = async ({ eventName, dynamodb }: StreamRecord): Promise<DomainEvent | undefined> => {
    if (eventName !== 'INSERT') return undefined;
    const telling = tellingOf(TellingEntry.parse(itemOfImage(dynamodb.NewImage)));
    if (telling === undefined) return undefined;
    const belonging = await belongingOf(telling.kind, telling.id);
    return belonging && eventOf(telling, belonging);
  };

  const webhookMessages = async (event: DomainEvent): Promise<WebhookMessage[]> =>
    (await webhooks.ofOrganization(event.organiser))
      .filter(
        ({ state, events }) => state === 'active' && (events.length === 0 || events.some((one) => one === event.type)),
      )
      .map(({ organizationId, name }) => ({ event, webhook: { organizationId, name } }));

  const publish = async (record: StreamRecord): Promise<void> => {
    const event = await eventIn(record);
    if (event === undefined) return;
    if (isWrittenTo(event)) await mail.send([{ kind: 'audience', event } satisfies MailMessage]);
    await webhookCalls.send(await webhookMessages(event));
    await bus?.([event]);
  };

  return job('publishEvents', async (input) => {
    const { Records } = StreamEvent.parse(input);
    const failed: string[] = [];
    const attempt = async (record: StreamRecord): Promise<void> => {
      try {
        await publish(record);
      } catch (error) {
        log.error('PUBLISH_FAULT', {}, error);
        failed.push(record.dynamodb.SequenceNumber);
      }
    };
    for (let start = 0; start < Records.length; start += AT_ONCE) {
      await Promise.all(Records.slice(start, start + AT_ONCE).map(attempt));
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
};
