import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { deliveriesRepository } from '#shared/data/deliveries-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { partnersOf } from '#shared/data/submission-partners.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { webhooksRepository } from '#shared/data/webhooks-repository.ts';
import { MailSettings, mailerOf } from '#shared/messages/mail/mail-settings.ts';
import { queue } from '#shared/messages/queue.ts';
import { sqsClient } from '#shared/messages/sqs-client.ts';
import { postTo } from '#shared/messages/webhook/post.ts';
import { WebhookReach } from '#shared/messages/webhook/reach.ts';
import { environment } from '#shared/runtime/environment.ts';
import { callWebhook } from './call-webhook.ts';
import { deliverMessages } from './deliver-messages.ts';
import { sendMail } from './send-mail.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  WEBHOOKS_TABLE: z.string(),
  DELIVERIES_TABLE: z.string(),
  MESSAGES_QUEUE: z.string(),
  MAIL_SETTINGS: MailSettings,
  MAIL_PASSWORD: z.string().optional(),
  WEBHOOK_REACH: WebhookReach,
});
const db = documentClient();
const calls = callsRepository(db, env.CALLS_TABLE);
const memberships = membershipsRepository(db, env.MEMBERSHIPS_TABLE);
const organizations = organizationsRepository(db, env.ORGANIZATIONS_TABLE);
const shared = {
  deliveries: deliveriesRepository(db, env.DELIVERIES_TABLE),
  queue: queue(sqsClient(), env.MESSAGES_QUEUE),
  now: Date.now,
};

export const handler = deliverMessages({
  sendMail: sendMail({
    ...shared,
    audiences: {
      calls,
      memberships,
      organizations,
      submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
      tallies: talliesRepository(db, env.TALLIES_TABLE),
      deadlines: deadlinesRepository(db, env.CALLS_TABLE),
    },
    texts: { calls, organizations },
    partnersOf: partnersOf(db, env.SUBMISSIONS_TABLE),
    memberships,
    mailer: await mailerOf(env.MAIL_SETTINGS, env.MAIL_PASSWORD),
  }),
  callWebhook: callWebhook({
    ...shared,
    webhooks: webhooksRepository(db, env.WEBHOOKS_TABLE),
    post: postTo(env.WEBHOOK_REACH),
  }),
});
