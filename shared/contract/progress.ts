import * as z from 'zod';
import { PlacesLeft } from './eligibility.ts';
import { operation } from './operation.ts';
import { CallId, CategoryCode, Instant, OrganizationId, Page, SubmissionId } from './primitives.ts';

const counts = {
  submissions: z.int(),
  units: z.int().meta({ description: 'With at least one submission' }),
  drafts: z.int(),
};

const NodeProgress = z
  .object({
    code: CategoryCode,
    title: z.string(),
    group: CategoryCode.optional().meta({ description: 'Code of the group it lies in' }),
    ...counts,
    limitPerUnit: z.int().optional(),
  })
  .meta({ id: 'CategoryProgress', description: 'A category, or a group with all below it' });

const Totals = z
  .object({
    countedAt: Instant,
    ...counts,
    categories: z.array(NodeProgress).meta({ description: 'In the order of the notice, groups before what they hold' }),
  })
  .meta({ id: 'ProgressTotals' });

/** Counts as they were at one moment. */
const ProgressSample = z
  .object({ at: Instant.meta({ description: 'When it was counted' }), ...counts })
  .meta({ id: 'ProgressSample' });

const DraftProgress = z
  .object({
    submissionId: SubmissionId,
    category: CategoryCode,
    answered: z.int().meta({ description: 'Fields with an answer; what it is, the unit alone reads' }),
    fields: z
      .int()
      .optional()
      .meta({ description: 'Fields of the form, those included that are asked only sometimes' }),
    attachmentCount: z.int(),
    createdAt: Instant,
    updatedAt: Instant.meta({ description: 'Last change' }),
  })
  .meta({ id: 'DraftProgress' });

const Submitted = z.object({ submissionId: SubmissionId, category: CategoryCode, submittedAt: Instant });

export const UnitProgress = z
  .object({
    unitId: OrganizationId,
    name: z.string(),
    kinds: z.array(z.string()),
    draftCount: z.int(),
    drafts: z.array(DraftProgress).meta({ description: 'At most 20' }),
    submissionCount: z.int(),
    submissions: z.array(Submitted).meta({ description: 'At most 20' }),
    limits: z.array(PlacesLeft).meta({
      description: 'Of the call, and of categories and groups in which something counts for the unit',
    }),
  })
  .meta({ id: 'UnitProgress' });

export const getProgress = operation({
  method: 'GET',
  path: '/calls/{callId}/progress',
  status: 200,
  access: 'signedIn',
  summary: 'Who has handed in nothing, drafts or submissions, for officers of the organiser',
  description:
    'Units by pages, in a stable order; a page may be shorter than `limit`, even empty, and still have a `nextCursor`. `show=nothing`: units kept by the organiser that may apply by their kind and have neither draft nor submission. `totals=true` counts all units of the call, as dear as there are many, and tells how it went over time. Counts are exact: of the tallies that limits are enforced on.',
  params: z.object({ callId: CallId }),
  query: Page.extend({
    show: z.enum(['nothing', 'drafts', 'submitted']).default('drafts'),
    category: CategoryCode.optional().meta({ description: 'Only this category, in the list and over time' }),
    totals: z.enum(['true', 'false']).default('false'),
  }),
  reply: z.object({
    callId: CallId,
    show: z.enum(['nothing', 'drafts', 'submitted']),
    items: z.array(UnitProgress),
    nextCursor: z.string().optional(),
    totals: Totals.optional(),
    overTime: z
      .array(ProgressSample)
      .optional()
      .meta({ description: 'The last 300 counts, every hour and in the last day every quarter, the earliest first' }),
  }),
  refusals: ['NOT_FOUND', 'VALIDATION_FAILED'],
});
