import type { DeliveriesRepository } from '#shared/data/deliveries-repository.ts';
import type { WebhookAttempt, WebhooksRepository } from '#shared/data/webhooks-repository.ts';
import type { Queue } from '#shared/messages/queue.ts';
import { WebhookMessage } from '#shared/messages/queue-messages.ts';
import { takeMessages } from '#shared/messages/take-messages.ts';
import type { Answer, Post } from '#shared/messages/webhook/post.ts';
import { signature } from '#shared/messages/webhook/signature.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { log } from '#shared/runtime/log.ts';

export interface Dependencies {
  readonly webhooks: Pick<WebhooksRepository, 'find' | 'noteAttempt'>;
  readonly deliveries: DeliveriesRepository;
  readonly queue: Pick<Queue, 'retryIn'>;
  readonly post: Post;
  /** ms. */
  readonly now: () => number;
}

/** After this long a claim counts as given up, ms: longer than the job may run. */
const STALE_MS = 2 * 60_000;

/** Seconds until the next attempt, by how many there were: ten attempts in some 11 hours, as often as the queue hands a message out. */
const PAUSES = [5, 30, 120, 600, 1_800, 3_600, 7_200, 10_800, 14_400] as const;
const LONGEST_PAUSE = 14_400;

/** Up to a tenth longer, so that what failed together does not come together again. */
const pauseAfter = (attempt: number): number => {
  const pause = PAUSES[attempt - 1] ?? LONGEST_PAUSE;
  return pause + Math.floor((pause * Math.random()) / 10);
};

/** The receiver wants no more (Standard Webhooks). */
const GONE = 410;

const outcomeOf = (answer: Answer): Pick<WebhookAttempt, 'outcome' | 'status'> => {
  if (answer.kind !== 'answered') return { outcome: answer.kind };
  const { status } = answer;
  return { outcome: status >= 200 && status < 300 ? 'delivered' : 'refused', status };
};

/**
 * Sends events to the webhooks of organisers, as Standard Webhooks says. Messages come twice: a delivery is claimed before and noted after, so a receiver is told
 * once what it took, but for a crash between those two. Whatever fails is tried again later and later.
 */
export const callWebhook = ({ webhooks, deliveries, queue, post, now }: Dependencies) =>
  takeMessages('callWebhook', WebhookMessage, 'all', async ({ message, receiptHandle, attempt }) => {
    const { event } = message;
    const { organizationId, name } = message.webhook;
    const webhook = await webhooks.find(organizationId, name);
    if (webhook === undefined || webhook.state === 'disabled') return 'done';

    const delivery = `webhook#${event.id}#${organizationId}#${name}`;
    const at = now();
    const claim = await deliveries.claim(delivery, at, STALE_MS);
    if (claim === 'sent') return 'done';
    if (claim === 'held') {
      await queue.retryIn(receiptHandle, Math.ceil(STALE_MS / 1000));
      return 'again';
    }

    const body = JSON.stringify(event);
    const timestamp = Math.floor(at / 1000);
    const { secret, previous } = webhook;
    const secrets = previous !== undefined && previous.until > toInstant(at) ? [secret, previous.secret] : [secret];
    const answer = await post({
      url: webhook.url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'shenbao-webhooks',
        'webhook-id': event.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature({ id: event.id, timestamp, body }, secrets),
      },
      body,
    });
    const { outcome, status } = outcomeOf(answer);
    const isGone = status === GONE;
    if (outcome === 'delivered') await deliveries.markSent(delivery, now());
    else await deliveries.release(delivery, at);
    await webhooks.noteAttempt(
      webhook,
      { at: toInstant(at), eventId: event.id, outcome, ...(status !== undefined && { status }) },
      isGone,
    );
    log.info('WEBHOOK_CALLED', { eventId: event.id, code: outcome, attempt, ...(status !== undefined && { status }) });
    if (outcome === 'delivered' || isGone) return 'done';
    await queue.retryIn(receiptHandle, pauseAfter(attempt));
    return 'again';
  });
