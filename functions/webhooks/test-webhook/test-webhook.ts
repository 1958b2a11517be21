import * as contract from '#shared/contract/webhooks.ts';
import type { Officers } from '#shared/data/assert-officer.ts';
import { webhookForOfficer } from '#shared/data/webhook-for-officer.ts';
import type { WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { handle } from '#shared/http/handle.ts';
import type { Queue } from '#shared/messages/queue.ts';
import type { WebhookMessage } from '#shared/messages/queue-messages.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies extends Officers {
  readonly webhooks: Pick<WebhooksRepository, 'find'>;
  readonly queue: Pick<Queue, 'send'>;
  readonly newPingId: () => string;
}

export const testWebhook = ({ webhooks, memberships, queue, newPingId }: Dependencies) =>
  handle(contract.testWebhook, async ({ params, actor, receivedAt }) => {
    const { organizationId, name } = await webhookForOfficer({ webhooks, memberships }, params, actor.subject);
    const eventId = `ping#${name}/${newPingId()}`;
    const message: WebhookMessage = {
      event: {
        id: eventId,
        type: 'webhook.ping',
        at: toInstant(receivedAt),
        organiser: organizationId,
        data: { webhook: name },
      },
      webhook: { organizationId, name },
    };
    await queue.send([message]);
    return { body: { eventId } };
  });
