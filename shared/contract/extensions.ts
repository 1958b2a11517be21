import * as z from 'zod';
import { Deadline, DeadlineInForce, DeadlineOwner } from './deadlines.ts';
import { operation } from './operation.ts';
import { CallId, CategoryCode, Instant, listOf, Moment, OrganizationId, Page, SubmissionId } from './primitives.ts';
import type { WellFormedName } from './well-formed.ts';

const params = z.object({ callId: CallId });

const scope = {
  category: CategoryCode.optional().meta({ description: 'Absent: in every category' }),
  unitId: OrganizationId.optional().meta({ description: 'Absent: for every unit' }),
};

const Reason = z
  .string()
  .max(500)
  .trim()
  // A blank one is told by its length alone; the pattern says so too, for who reads the document.
  .min(1, { abort: true })
  .regex(/^(?=\s*\S)[\P{Cc}\t\n\r]*$/u, 'text' satisfies WellFormedName)
  .meta({ description: 'Why; kept in the history and told to those concerned' });

const When = Moment.meta({
  description: "A bare date is the end of that day in the call's zone, 24:00",
  examples: ['2022-04-10', '2022-04-10T17:00:00+08:00'],
});

/** What moving a deadline answers. */
export const MovedDeadline = z
  .object({
    callId: CallId,
    revision: z.int().meta({ description: 'Of the call as a whole; its ETag' }),
    ...scope,
    reason: z.string(),
    before: DeadlineInForce.meta({ description: 'In force for them until now' }),
    deadline: DeadlineInForce.meta({ description: 'In force for them from now on' }),
    lastClosesAt: Instant.meta({ description: 'The latest deadline of anybody in the call: it is sealed after that' }),
  })
  .meta({ id: 'MovedDeadline' });

/** A deadline that was granted to some. */
export const GrantedDeadline = Deadline.extend({
  ...scope,
  unitName: z.string().optional(),
  owner: DeadlineOwner,
  setAt: Instant.meta({ description: 'When it was granted, or last moved' }),
  open: z.boolean().meta({ description: 'Whether it is still ahead' }),
}).meta({ id: 'GrantedDeadline' });

const refusals = [
  'NOT_FOUND',
  'NOT_PUBLISHED',
  'VALIDATION_FAILED',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;

export const extendCall = operation({
  method: 'POST',
  path: '/calls/{callId}/extensions',
  status: 201,
  access: 'signedIn',
  summary: 'Give longer: to everybody, a category, a unit, or a unit in one category',
  description:
    'Later than what is in force for them, and at most five years ahead; also after the close, which reopens the call for them, and after a seal. In force from the moment it is answered. Rights to upload follow: ask for a new one.',
  params,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: z.strictObject({ closesAt: When, reason: Reason, ...scope }),
  reply: MovedDeadline,
  replyHeaders: z.object({ etag: z.string() }),
  refusals: [...refusals, 'DATA_ERASED', 'IDEMPOTENCY_KEY_REUSED'],
});

export const listExtensions = operation({
  method: 'GET',
  path: '/calls/{callId}/extensions',
  status: 200,
  access: 'signedIn',
  summary: 'The deadlines that were granted in a call besides its own, for officers of its organiser',
  description:
    "Those of categories first, then of units, by their codes and ids. What holds for a unit in a category is the latest of the call's and of all that apply. A unit's are never parted, so a page may be longer than `limit`.",
  params,
  query: Page,
  reply: listOf(GrantedDeadline).extend({ call: Deadline.meta({ description: "The call's own" }) }),
  refusals: ['NOT_FOUND'],
});

export const closeCall = operation({
  method: 'POST',
  path: '/calls/{callId}/close',
  status: 200,
  access: 'signedIn',
  summary: "End a deadline early: the call's own, or one that was granted",
  description:
    'At least 60 seconds after it is received, so that nobody under way is cut off; without `closesAt` just then. Nothing received before is refused, nothing received from then on is accepted. Of the call as a whole, what was granted to some stays, and is listed.',
  params,
  body: z.strictObject({ reason: Reason, closesAt: When.optional(), ...scope }),
  reply: MovedDeadline.extend({
    stillOpen: z
      .array(GrantedDeadline)
      .meta({ description: 'Granted deadlines after the one that is in force now, the latest first, at most 100' }),
    stillOpenCount: z.int(),
  }),
  replyHeaders: z.object({ etag: z.string() }),
  refusals: [...refusals, 'CALL_CLOSED'],
});

const LateAttempt = z
  .object({
    submissionId: SubmissionId,
    unitId: OrganizationId,
    unitName: z.string(),
    category: CategoryCode,
    first: Instant,
    last: Instant,
    count: z.int(),
    howLateMs: z.int().meta({ description: 'The last one, after the deadline in force for it then, in ms' }),
    howLate: z.string().meta({ description: "In the reader's language", examples: ['3分12秒'] }),
  })
  .meta({ id: 'LateAttempt' });

export const listLateAttempts = operation({
  method: 'GET',
  path: '/calls/{callId}/late-attempts',
  status: 200,
  access: 'signedIn',
  summary: 'Submits that were refused for coming after the deadline, for officers of the organiser',
  description:
    'One entry for each submission, by its first refused submit. An extension for its unit lets the very same draft be submitted.',
  params,
  query: Page,
  reply: listOf(LateAttempt),
  refusals: ['NOT_FOUND'],
});
