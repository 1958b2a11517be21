import * as contract from '#shared/contract/webhooks.ts';
import type { Officers } from '#shared/data/assert-officer.ts';
import { webhookForOfficer } from '#shared/data/webhook-for-officer.ts';
import type { WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies extends Officers {
  readonly webhooks: Pick<WebhooksRepository, 'find' | 'saveAtRevision'>;
  readonly newSecret: () => string;
}

/** How long the receiver has to take the new secret over, ms. */
const OVERLAP_MS = 24 * 60 * 60_000;

export const renewWebhookSecret = ({ webhooks, memberships, newSecret }: Dependencies) =>
  handle(contract.renewWebhookSecret, async ({ params, actor, receivedAt }) => {
    const current = await webhookForOfficer({ webhooks, memberships }, params, actor.subject);
    const secret = newSecret();
    const until = toInstant(receivedAt + OVERLAP_MS);
    const renewed = {
      ...current,
      secret,
      previous: { secret: current.secret, until },
      updatedAt: toInstant(receivedAt),
      revision: current.revision + 1,
    };
    if ((await webhooks.saveAtRevision(renewed, current.revision)) === 'moved') throw new DomainError('CONFLICT');
    return { body: { secret, previousValidUntil: until } };
  });
