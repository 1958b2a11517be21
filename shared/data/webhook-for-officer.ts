import { DomainError } from '#shared/domain/domain-error.ts';
import type { Webhook, WebhooksRepository } from './webhooks-repository.ts';

export interface OfficerPorts {
  readonly memberships: { find(subject: string, organizationId: string, role: 'officer'): Promise<unknown> };
}

/**
 * Lets pass an officer of the organiser.
 *
 * @throws DomainError NOT_FOUND for everybody else
 */
export const assertOfficer = async (
  { memberships }: OfficerPorts,
  organizationId: string,
  subject: string,
): Promise<void> => {
  if ((await memberships.find(subject, organizationId, 'officer')) === undefined) throw new DomainError('NOT_FOUND');
};

/**
 * A webhook of an organiser, for its officers.
 *
 * @throws DomainError NOT_FOUND where there is none, or the subject is no officer there
 */
export const webhookForOfficer = async (
  ports: OfficerPorts & { readonly webhooks: Pick<WebhooksRepository, 'find'> },
  { organizationId, name }: { organizationId: string; name: string },
  subject: string,
): Promise<Webhook> => {
  await assertOfficer(ports, organizationId, subject);
  const webhook = await ports.webhooks.find(organizationId, name);
  if (webhook === undefined) throw new DomainError('NOT_FOUND');
  return webhook;
};
