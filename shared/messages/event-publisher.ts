import type { DomainEvent } from '#shared/contract/events.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { type Belonging, eventOf, TellingEntry, tellingOf } from '#shared/domain/events/event-of-entry.ts';
import { log } from '#shared/runtime/log.ts';
import { noteOnTrail, onTrail } from '#shared/runtime/trail.ts';
import type { EventBus } from './event-bus.ts';
import { isWrittenTo } from './mail/audience.ts';
import type { Queue } from './queue.ts';
import { type MailMessage, subjectsOf, type WebhookMessage } from './queue-messages.ts';

export interface PublisherPorts {
  readonly calls: Pick<CallsRepository, 'head'>;
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly webhooks: Pick<WebhooksRepository, 'ofOrganization'>;
  readonly messages: Pick<Queue, 'send'>;
  /** Absent where the stage has none. */
  readonly bus?: EventBus | undefined;
}

/**
 * Makes an event of an entry of the history and hands it to whom it concerns: to mail, if anybody is written to, to each webhook of the organiser that asks for it, and to the event bus.
 * An event has the id of its entry, so what comes twice is known again by whoever sends it on.
 */
export const eventPublisher = ({ calls, submissions, webhooks, messages, bus }: PublisherPorts) => {
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
  const eventIn = async (entry: TellingEntry): Promise<DomainEvent | undefined> => {
    const telling = tellingOf(entry);
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

  const publish = async (entry: TellingEntry): Promise<void> => {
    const event = await eventIn(entry);
    if (event === undefined) return;
    const { callId, submissionId } = subjectsOf(event);
    noteOnTrail({ callId, submissionId });
    const mail: MailMessage[] = isWrittenTo(event) ? [{ kind: 'audience', event }] : [];
    await messages.send([...mail, ...(await webhookMessages(event))]);
    await bus?.([event]);
    log.info('EVENT_PUBLISHED', { eventId: event.id });
  };

  /** @throws where the entry is none of ours, or the queue or the bus did not take it */
  return async (item: unknown): Promise<void> => {
    const entry = TellingEntry.parse(item);
    const { requestId = `${entry.subject}/${entry.entry}` } = entry;
    return onTrail('publishEvent', { requestId }, () => publish(entry));
  };
};
