import * as contract from '#shared/contract/webhooks.ts';
import { assertOfficer, type Officers } from '#shared/data/assert-officer.ts';
import type { WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends Officers {
  readonly webhooks: Pick<WebhooksRepository, 'remove'>;
}

export const deleteWebhook = ({ webhooks, memberships }: Dependencies) =>
  handle(contract.deleteWebhook, async ({ params: { organizationId, name }, actor }) => {
    await assertOfficer({ memberships }, organizationId, actor.subject);
    if (!(await webhooks.remove(organizationId, name))) throw new DomainError('NOT_FOUND');
    return {};
  });
