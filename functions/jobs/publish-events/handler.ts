import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { queue } from '#shared/messages/queue.ts';
import { sqsClient } from '#shared/messages/sqs-client.ts';
import { environment } from '#shared/runtime/environment.ts';
import { publishEvents } from './publish-events.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  WEBHOOKS_TABLE: z.string(),
  MESSAGES_QUEUE: z.string(),
  EVENT_BUS: z.string().optional(),
});
const db = documentClient();
const messages = queue(sqsClient(), env.MESSAGES_QUEUE);

export const handler = publishEvents({
  calls: callsRepository(db, env.CALLS_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
  messages,
  // Its client is loaded where a stage has a bus.
  bus:
    env.EVENT_BUS === undefined ? undefined : (await import('#shared/messages/event-bus.ts')).eventBus(env.EVENT_BUS),
});
