import * as contract from '#shared/contract/webhooks.ts';
import { assertOfficer, type Officers } from '#shared/data/assert-officer.ts';
import type { Webhook, WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { handle } from '#shared/http/handle.ts';
import type { Reach } from '#shared/messages/webhook/public-address.ts';
import { webhookUrlFaults } from '#shared/messages/webhook/webhook-url.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies extends Officers {
  readonly webhooks: Pick<WebhooksRepository, 'ofOrganization' | 'saveAtRevision'>;
  readonly newSecret: () => string;
  readonly reach: Reach;
}

/** Two officers who each make the tenth at the same moment make eleven: nothing depends on it. */
const countFaults = (others: readonly Webhook[]): Fault[] =>
  others.length < contract.WEBHOOKS_PER_ORGANISER
    ? []
    : [{ path: 'name', code: 'TOO_MANY', params: { limit: contract.WEBHOOKS_PER_ORGANISER } }];

export const saveWebhook = ({ webhooks, memberships, newSecret, reach }: Dependencies) =>
  handle(contract.saveWebhook, async ({ params: { organizationId, name }, body, actor, receivedAt }) => {
    await assertOfficer({ memberships }, organizationId, actor.subject);
    const all = await webhooks.ofOrganization(organizationId);
    const current = all.find((webhook) => webhook.name === name);
    const faults = [...webhookUrlFaults(body.url, reach), ...(current === undefined ? countFaults(all) : [])];
    if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

    const at = toInstant(receivedAt);
    const { url } = body;
    const events = [...new Set(body.events)];
    const before = current ?? { organizationId, name, secret: newSecret(), createdAt: at, revision: 0 };
    const webhook: Webhook = { ...before, url, events, state: 'active', updatedAt: at, revision: before.revision + 1 };
    if ((await webhooks.saveAtRevision(webhook, before.revision)) === 'moved') throw new DomainError('CONFLICT');
    const { secret, ...shown } = webhook;
    return { body: current === undefined ? { ...shown, secret } : shown };
  });
