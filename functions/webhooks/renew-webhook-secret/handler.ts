import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { newSecret } from '#shared/messages/webhook/signature.ts';
import { environment } from '#shared/runtime/environment.ts';
import { renewWebhookSecret } from './renew-webhook-secret.ts';

const env = environment({ WEBHOOKS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string() });
const db = documentClient();

export const handler = renewWebhookSecret({
  webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  newSecret,
});
