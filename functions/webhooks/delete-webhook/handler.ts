import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { deleteWebhook } from './delete-webhook.ts';

const env = environment({ WEBHOOKS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string() });
const db = documentClient();

export const handler = deleteWebhook({
  webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
});
