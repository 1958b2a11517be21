import * as z from 'zod';
import { WEBHOOK_EVENTS } from './events.ts';
import { operation } from './operation.ts';
import { Instant, OrganizationId } from './primitives.ts';
import type { WellFormedName } from './well-formed.ts';

/** Chosen by the officer; part of addresses. */
const WebhookName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'id' satisfies WellFormedName)
  .meta({ description: 'Name of a webhook: lower-case letters, digits and hyphens', examples: ['registry'] });

/** An organiser has no more programs than that to tell. */
export const WEBHOOKS_PER_ORGANISER = 10;

const Webhook = z
  .object({
    name: WebhookName,
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).meta({ description: 'Empty: all of them, and what is added later' }),
    state: z
      .enum(['active', 'disabled'])
      .meta({ description: 'disabled: the receiver answered 410; saving it ends that' }),
    createdAt: Instant,
    updatedAt: Instant,
    lastAttempt: z
      .object({
        at: Instant,
        eventId: z.string(),
        outcome: z.enum(['delivered', 'refused', 'unreachable', 'forbidden-address', 'timed-out']),
        status: z.int().optional().meta({ description: 'What the receiver answered' }),
      })
      .optional(),
  })
  .meta({ id: 'Webhook', description: 'Where the events of an organiser are sent' });

const secret = z.string().meta({
  description: 'whsec_ and 32 random bytes in base64, to verify signatures with. Shown this once',
});

const params = z.object({ organizationId: OrganizationId });
const webhookParams = params.extend({ name: WebhookName });

export const listWebhooks = operation({
  method: 'GET',
  path: '/organizations/{organizationId}/webhooks',
  status: 200,
  access: 'signedIn',
  summary: 'The webhooks of an organiser, for its officers',
  params,
  reply: z.object({ items: z.array(Webhook) }),
  refusals: ['NOT_FOUND'],
});

export const saveWebhook = operation({
  method: 'PUT',
  path: '/organizations/{organizationId}/webhooks/{name}',
  status: 200,
  access: 'signedIn',
  summary: 'Have the events of an organiser sent to an address',
  description: `Each event is POSTed as JSON, signed as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature: HMAC-SHA256 over id.timestamp.body). Anything but a 2xx within 5 s is tried again for some hours; 410 ends it. Redirects are not followed. An event can come again, and later than the next one: go by its id. The secret comes with the reply that makes the webhook, and never again. At most ${WEBHOOKS_PER_ORGANISER} for each organiser.`,
  params: webhookParams,
  body: z.strictObject({
    url: z.string().max(500).meta({ description: 'https, at a public address, without user and password' }),
    events: z.array(z.enum(WEBHOOK_EVENTS)).max(WEBHOOK_EVENTS.length).default([]),
  }),
  reply: Webhook.extend({ secret: secret.optional() }).meta({ id: 'SavedWebhook' }),
  refusals: ['NOT_FOUND', 'CONFLICT', 'VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
});

export const deleteWebhook = operation({
  method: 'DELETE',
  path: '/organizations/{organizationId}/webhooks/{name}',
  status: 204,
  access: 'signedIn',
  summary: 'Send no more events there',
  params: webhookParams,
  refusals: ['NOT_FOUND'],
});

export const testWebhook = operation({
  method: 'POST',
  path: '/organizations/{organizationId}/webhooks/{name}/test',
  status: 200,
  access: 'signedIn',
  summary: 'Send webhook.ping there, as any event is sent',
  description: 'What came of it is in `lastAttempt` of the list, some seconds later.',
  params: webhookParams,
  reply: z.object({ eventId: z.string() }),
  refusals: ['NOT_FOUND'],
});

export const renewWebhookSecret = operation({
  method: 'POST',
  path: '/organizations/{organizationId}/webhooks/{name}/secret',
  status: 200,
  access: 'signedIn',
  summary: 'Make a new secret; for a day, events are signed with the one before as well',
  params: webhookParams,
  reply: z.object({ secret, previousValidUntil: Instant }),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
