import * as z from 'zod';
import { CallStatus } from './calls.ts';
import { operation } from './operation.ts';
import { CallId, CategoryCode, Instant, OrganizationId, Page, ZonedInstant } from './primitives.ts';

/** What of a call's history is part of its timeline. */
export const TimelineAction = z.enum([
  'published',
  'unpublished',
  'publication-restored',
  'opened',
  'closing-soon',
  'extended',
  'closed-early',
  'closed',
  'sealed',
]);
export type TimelineAction = z.output<typeof TimelineAction>;

const scope = {
  category: CategoryCode.optional().meta({ description: 'Only for this category' }),
  unitId: OrganizationId.optional().meta({ description: 'Only for this unit' }),
};

const moment = {
  at: Instant,
  atLocal: ZonedInstant,
  text: z.string().meta({ description: "In the reader's language" }),
};

const Happened = z
  .object({
    action: TimelineAction,
    ...moment,
    ...scope,
    closesAt: Instant.optional().meta({ description: 'The deadline it is about' }),
    by: z
      .object({ subject: z.string(), name: z.string().optional() })
      .optional()
      .meta({ description: 'The officer who did it; told to officers' }),
  })
  .meta({ id: 'TimelineEntry' });

const ToCome = z
  .object({
    step: z.enum(['opens', 'reminder', 'closes', 'seals']),
    ...moment,
    ...scope,
    before: z.int().optional().meta({ description: 'Of a reminder: how long before the deadline, ms' }),
  })
  .meta({ id: 'TimelineStep' });

export const getTimeline = operation({
  method: 'GET',
  path: '/calls/{callId}/timeline',
  status: 200,
  access: 'signedIn',
  summary: 'What has happened in a call, and what is to come',
  description:
    'Everybody reads when a published call opens, closes and is sealed, and what was moved for all or for a category; the people of a unit besides what holds for it alone. Officers of the organiser read all of it, with reminders and who did what; of deadlines granted to single categories and units the first hundred, all are at `GET /calls/{callId}/extensions`. A page of what has happened may be shorter than `limit`, even empty, and still have a `nextCursor`; what is to come is on every page.',
  params: z.object({ callId: CallId }),
  query: Page.extend({
    order: z.enum(['oldest', 'newest']).default('oldest').meta({ description: 'Which come first' }),
  }),
  reply: z.object({
    callId: CallId,
    status: CallStatus,
    timezone: z.string(),
    items: z.array(Happened),
    nextCursor: z.string().optional(),
    toCome: z.array(ToCome).meta({ description: 'In order' }),
  }),
  refusals: ['NOT_FOUND'],
});
