import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { queue } from '#shared/messages/queue.ts';
import { sqsClient } from '#shared/messages/sqs-client.ts';
import { environment } from '#shared/runtime/environment.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { testWebhook } from './test-webhook.ts';

const env = environment({ WEBHOOKS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string(), MESSAGES_QUEUE: z.string() });
const db = documentClient();

export const handler = testWebhook({
  webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  queue: queue(sqsClient(), env.MESSAGES_QUEUE),
  newPingId: generateId,
});
