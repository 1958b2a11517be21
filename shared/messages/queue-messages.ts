import * as z from 'zod';
import { DomainEvent } from '#shared/contract/events.ts';
import { Role } from '#shared/contract/membership.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';

/** Whose members are written to, and where the list of them goes on. */
export const AudiencePlace = z.discriminatedUnion('of', [
  z.object({ of: z.literal('officers'), organizationId: OrganizationId }),
  z.object({ of: z.literal('units'), unitIds: z.array(OrganizationId) }),
  /** Units with drafts that the event's deadline is in force for; `from`: the place in the call's tallies. */
  z.object({
    of: z.literal('drafting'),
    from: z.object({ shard: z.int(), unitId: z.string().optional() }).default({ shard: 0 }),
  }),
  /** Units of the organiser that have begun nothing in the call. */
  z.object({ of: z.literal('idle'), after: z.string().optional() }),
]);
export type AudiencePlace = z.output<typeof AudiencePlace>;

/** Whom one mail is for, by ids: the address is looked up as it is sent. */
const Recipient = z.object({ subject: z.string(), organizationId: OrganizationId, role: Role });
export type Recipient = z.output<typeof Recipient>;

/** What a mail says of the unit it goes to, found with the audience: the categories of its drafts. */
const Facts = z.object({ drafts: z.array(z.object({ category: z.string() })).optional() });
export type Facts = z.output<typeof Facts>;

/** What the queue adds to whatever is put into it: the request that it comes from. */
const Sent = { requestId: z.string().optional() };

/** What an event is about. */
export const subjectsOf = ({ data }: DomainEvent): { callId?: string; submissionId?: string } => ({
  ...('callId' in data && { callId: data.callId }),
  ...('submissionId' in data && { submissionId: data.submissionId }),
});

/** An event whose audience is still to be found, or one mail to one person. */
export const MailMessage = z.discriminatedUnion('kind', [
  z.object({ ...Sent, kind: z.literal('audience'), event: DomainEvent, place: AudiencePlace.optional() }),
  z.object({
    ...Sent,
    kind: z.literal('letter'),
    event: DomainEvent,
    to: Recipient,
    facts: Facts.default({}),
    /** How often it was put off because mail is sent no faster. */
    waits: z.int().default(0),
  }),
]);
export type MailMessage = z.input<typeof MailMessage>;
export type Letter = Extract<z.output<typeof MailMessage>, { kind: 'letter' }>;

/** One event for one webhook. */
export const WebhookMessage = z.object({
  ...Sent,
  event: DomainEvent,
  webhook: z.object({ organizationId: OrganizationId, name: z.string() }),
});
export type WebhookMessage = z.output<typeof WebhookMessage>;

const OfMail = z.object({ kind: z.enum(['audience', 'letter']) });
const OfWebhook = z.object({ webhook: z.looseObject({}) });

/** Which of the two what lies in the queue is, by what tells them apart alone; undefined for what is neither. */
export const kindOfMessage = (content: unknown): 'mail' | 'webhook' | undefined => {
  if (OfMail.safeParse(content).success) return 'mail';
  return OfWebhook.safeParse(content).success ? 'webhook' : undefined;
};

/** What a message's text says; undefined for what is no JSON. */
export const contentOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
