import * as contract from '#shared/contract/webhooks.ts';
import { assertOfficer, type Officers } from '#shared/data/assert-officer.ts';
import type { WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies extends Officers {
  readonly webhooks: Pick<WebhooksRepository, 'ofOrganization'>;
}

export const listWebhooks = ({ webhooks, memberships }: Dependencies) =>
  handle(contract.listWebhooks, async ({ params: { organizationId }, actor }) => {
    await assertOfficer({ memberships }, organizationId, actor.subject);
    return { body: { items: await webhooks.ofOrganization(organizationId) } };
  });
