import * as z from 'zod';
import { deliveriesRepository } from '#shared/data/deliveries-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { queue } from '#shared/messages/queue.ts';
import { sqsClient } from '#shared/messages/sqs-client.ts';
import { postTo } from '#shared/messages/webhook/post.ts';
import { WebhookReach } from '#shared/messages/webhook/reach.ts';
import { environment } from '#shared/runtime/environment.ts';
import { callWebhook } from './call-webhook.ts';

const env = environment({
  WEBHOOKS_TABLE: z.string(),
  DELIVERIES_TABLE: z.string(),
  WEBHOOK_QUEUE: z.string(),
  WEBHOOK_REACH: WebhookReach,
});
const db = documentClient();

export const handler = callWebhook({
  webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
  deliveries: deliveriesRepository(db, env.DELIVERIES_TABLE),
  queue: queue(sqsClient(), env.WEBHOOK_QUEUE),
  post: postTo(env.WEBHOOK_REACH),
  now: Date.now,
});
