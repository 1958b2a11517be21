import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { WebhookReach } from '#shared/messages/webhook/reach.ts';
import { newSecret } from '#shared/messages/webhook/signature.ts';
import { environment } from '#shared/runtime/environment.ts';
import { saveWebhook } from './save-webhook.ts';

const env = environment({ WEBHOOKS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string(), WEBHOOK_REACH: WebhookReach });
const db = documentClient();

export const handler = saveWebhook({
  webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  newSecret,
  reach: env.WEBHOOK_REACH,
});
