import * as z from 'zod';
import { DomainEvent, type EventType } from '#shared/contract/events.ts';

/** What an entry of the history tells, as far as events are made of it. Names of actions that make none stay open. */
export const TellingEntry = z.object({
  subject: z.string(),
  /** A revision, or the verdict on a file beside the revision that announced it. */
  entry: z.string().regex(/^\d{8}(?:#verdict)?$/),
  at: z.string(),
  action: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
  /** The request that it comes from. */
  requestId: z.string().optional(),
});
export type TellingEntry = z.output<typeof TellingEntry>;

const EVENT_OF_ACTION: Readonly<Record<'call' | 'submission', Readonly<Record<string, EventType>>>> = {
  call: {
    published: 'call.published',
    // Who was told that it was taken back is told that it is there again.
    'publication-restored': 'call.published',
    unpublished: 'call.unpublished',
    opened: 'call.opened',
    'closing-soon': 'call.closing-soon',
    closed: 'call.closed',
    extended: 'call.extended',
    'closed-early': 'call.closed-early',
    sealed: 'call.sealed',
  },
  submission: {
    created: 'submission.created',
    submitted: 'submission.submitted',
    withdrawn: 'submission.withdrawn',
    consented: 'submission.consented',
    'consent-taken-back': 'submission.consent-taken-back',
    'malware-found': 'submission.malware-found',
  },
};

const KINDS = ['call', 'submission'] as const;
const ID = /^[a-z0-9-]+$/;

/** An entry that makes an event, and of what. */
export interface Telling {
  readonly entry: TellingEntry;
  readonly type: EventType;
  readonly kind: 'call' | 'submission';
  /** Of the call or the submission. */
  readonly id: string;
}

/** Undefined for what nobody is told, such as a save of answers. Throws for a subject that is neither a call nor a submission. */
export const tellingOf = (entry: TellingEntry): Telling | undefined => {
  const [of, ...rest] = entry.subject.split('#');
  const kind = KINDS.find((each) => each === of);
  const id = rest.join('#');
  if (kind === undefined || !ID.test(id)) {
    throw new Error('An entry of the history belongs to neither a call nor a submission');
  }
  const type = EVENT_OF_ACTION[kind][entry.action];
  return type === undefined ? undefined : { entry, type, kind, id };
};

/** What an entry does not say itself and never changes. */
export type Belonging =
  | { readonly organiser: string; readonly callId: string }
  | {
      readonly organiser: string;
      readonly callId: string;
      readonly submissionId: string;
      readonly category: string;
      readonly unitId: string;
    };

/**
 * The event that an entry tells. Its id is the entry's key, so an entry that is told twice makes the same event.
 *
 * @throws z.ZodError where the entry lacks what the event has to say
 */
export const eventOf = ({ entry, type }: Telling, { organiser, ...ids }: Belonging): DomainEvent =>
  DomainEvent.parse({
    id: `${entry.subject}/${entry.entry}`,
    type,
    at: entry.at,
    organiser,
    // What a consenting partner is goes by its own name: `unitId` is the lead.
    data: { ...entry.details, ...('submissionId' in ids && { partner: entry.details.unitId }), ...ids },
  });
