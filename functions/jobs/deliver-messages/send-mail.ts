import { createHash } from 'node:crypto';
import type { DomainEvent } from '#shared/contract/events.ts';
import type { DeliveriesRepository } from '#shared/data/deliveries-repository.ts';
import type { MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { PartnersOf } from '#shared/data/submission-partners.ts';
import { hasFormat } from '#shared/domain/form/formats.ts';
import { audienceOf, isOverdue } from '#shared/messages/mail/audience.ts';
import { type ComposePorts, composeMail } from '#shared/messages/mail/compose-mail.ts';
import { type AudiencePorts, expandAudience } from '#shared/messages/mail/expand-audience.ts';
import { MailDeferred, type Mailer } from '#shared/messages/mail/mailer.ts';
import { LONGEST_DELAY_SECONDS, type Queue } from '#shared/messages/queue.ts';
import { type AudiencePlace, type Letter, MailMessage, type Recipient } from '#shared/messages/queue-messages.ts';
import { type Outcome, takeMessages } from '#shared/messages/take-messages.ts';
import { log } from '#shared/runtime/log.ts';

export interface Dependencies {
  readonly audiences: AudiencePorts;
  readonly texts: ComposePorts;
  readonly partnersOf: PartnersOf;
  readonly memberships: Pick<MembershipsRepository, 'find'>;
  readonly deliveries: DeliveriesRepository;
  readonly queue: Pick<Queue, 'send'>;
  readonly mailer: Mailer;
  /** ms. */
  readonly now: () => number;
}

/** After this long a claim counts as given up, ms: longer than the job may run, shorter than a message that failed is kept from being received again. */
const STALE_MS = 5 * 60_000;

/** How often a mail is put off, up to 15 minutes each time: two days, so that a day's quota that is used up loses nothing. */
const MOST_WAITS = 192;

/** Seconds until a mail is tried again that was put off so often: growing, and apart from others put off at the same time. */
const delayOf = (waits: number): number =>
  Math.ceil(Math.min(30 * 2 ** waits, LONGEST_DELAY_SECONDS) * (0.5 + Math.random() / 2));

const deliveryOf = (event: DomainEvent, { organizationId, role, subject }: Recipient): string =>
  `mail#${event.id}#${organizationId}#${role}#${subject}`;

/**
 * Sends mail of what happened. A message is an event whose audience is found page by page, or one mail to one person. Messages come twice and late: each
 * mail is claimed before it is sent and noted after, so it goes out once, but for a crash between those two.
 */
export const sendMail = ({
  audiences,
  texts,
  partnersOf,
  memberships,
  deliveries,
  queue,
  mailer,
  now,
}: Dependencies) => {
  const expand = expandAudience(audiences);
  const compose = composeMail(texts);

  const placesOf = async (event: DomainEvent): Promise<AudiencePlace[]> =>
    audienceOf(event, 'submissionId' in event.data ? await partnersOf(event.data.submissionId) : []);

  /** Does a piece of work for one of all who are told to: `again` where somebody else is at it, who may yet fail. */
  const once = async (work: string, doIt: () => Promise<void>): Promise<Outcome> => {
    const claimedAt = now();
    const claim = await deliveries.claim(work, claimedAt, STALE_MS);
    if (claim !== 'claimed') return claim === 'sent' ? 'done' : 'again';
    try {
      await doIt();
    } catch (error) {
      await deliveries.release(work, claimedAt);
      throw error;
    }
    await deliveries.markSent(work, now());
    return 'done';
  };

  const findPage = async (event: DomainEvent, place: AudiencePlace): Promise<void> => {
    const { letters, next, withoutAddress } = await expand(event, place);
    if (withoutAddress > 0) log.info('MAIL_SKIPPED', { code: 'NO_ADDRESS', eventId: event.id, count: withoutAddress });
    const rest: MailMessage[] = next === undefined ? [] : [{ kind: 'audience', event, place: next }];
    await queue.send([...rest, ...letters]);
  };

  /** Each page once as well: doubled ones would double all that come after them, page by page. */
  const findAudience = async (event: DomainEvent, place: AudiencePlace | undefined): Promise<Outcome> => {
    if (isOverdue(event, now())) return 'done';
    if (place !== undefined) {
      return once(`audience#${event.id}#${JSON.stringify(place)}`, () => findPage(event, place));
    }
    const places = await placesOf(event);
    await queue.send(places.map((each): MailMessage => ({ kind: 'audience', event, place: each })));
    return 'done';
  };

  const putOff = async (letter: Letter): Promise<void> => {
    await queue.send([{ ...letter, waits: letter.waits + 1 }], delayOf(letter.waits));
    log.info('MAIL_PUT_OFF', { eventId: letter.event.id, attempt: letter.waits + 1 });
  };

  const sendLetter = async (letter: Letter): Promise<Outcome> => {
    const { event, to } = letter;
    const email = (await memberships.find(to.subject, to.organizationId, to.role))?.email;
    if (email === undefined || !hasFormat(email, 'email') || isOverdue(event, now())) {
      log.info('MAIL_SKIPPED', { code: 'NOT_ANY_MORE', eventId: event.id, count: 1 });
      return 'done';
    }
    const body = await compose(letter);
    if (body === undefined) return 'done';
    const delivery = deliveryOf(event, to);
    const id = createHash('sha256').update(delivery).digest('hex').slice(0, 32);
    try {
      const outcome = await once(delivery, () => mailer({ to: email, id, ...body }));
      if (outcome === 'done') log.info('MAIL_SENT', { eventId: event.id });
      return outcome;
    } catch (error) {
      if (!(error instanceof MailDeferred) || letter.waits >= MOST_WAITS) throw error;
      await putOff(letter);
      return 'done';
    }
  };

  return takeMessages('sendMail', MailMessage, 'one by one', async ({ message }) => {
    return message.kind === 'letter' ? sendLetter(message) : findAudience(message.event, message.place);
  });
};
