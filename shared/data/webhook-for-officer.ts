import { DomainError } from '#shared/domain/domain-error.ts';
import { assertOfficer, type Officers } from './assert-officer.ts';
import type { Webhook, WebhooksRepository } from './webhooks-repository.ts';

/**
 * A webhook of an organiser, for its officers.
 *
 * @throws DomainError NOT_FOUND where there is none, or the subject is no officer there
 */
export const webhookForOfficer = async (
  ports: Officers & { readonly webhooks: Pick<WebhooksRepository, 'find'> },
  { organizationId, name }: { organizationId: string; name: string },
  subject: string,
): Promise<Webhook> => {
  await assertOfficer(ports, organizationId, subject);
  const webhook = await ports.webhooks.find(organizationId, name);
  if (webhook === undefined) throw new DomainError('NOT_FOUND');
  return webhook;
};
