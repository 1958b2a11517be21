import * as z from 'zod';
import { ACTOR_ROLES, CALL_ACTIONS, SUBMISSION_ACTIONS } from './history-actions.ts';
import { operation } from './operation.ts';
import { CallId, Instant, listOf, OrganizationId, Page, SubmissionId } from './primitives.ts';
import { LateAttempts } from './submission-states.ts';

const entry = {
  at: Instant.meta({ description: 'When the request was received, or the job looked' }),
  role: z.enum(ACTOR_ROLES).meta({ description: '`system`: it happened by itself' }),
  by: z
    .object({
      organizationId: OrganizationId.meta({ description: 'Whom the person acted for' }),
      subject: z.string().optional().meta({ description: 'Told to officers and to the people of that organisation' }),
      name: z.string().optional().meta({ description: "As in that organisation's record today; told to the same" }),
    })
    .optional()
    .meta({ description: 'Absent where it happened by itself' }),
  details: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Ids, codes, instants, numbers, the reason for moving a deadline; no answers' }),
};

const Entry = z
  .object({
    revision: z.int().min(1).meta({
      description:
        'Of the submission, which the change left behind: 1, 2, 3 … without a gap. What the bytes of a file were found to be changes nothing, and has the revision in which the file was announced',
    }),
    action: z.enum(SUBMISSION_ACTIONS),
    ...entry,
  })
  .meta({ id: 'SubmissionHistoryEntry' });

const CallEntry = z
  .object({
    revision: z
      .int()
      .min(1)
      .meta({ description: 'Of the call, which the change left behind: 1, 2, 3 … without a gap' }),
    action: z.enum(CALL_ACTIONS),
    ...entry,
  })
  .meta({ id: 'CallHistoryEntry' });

const HistoryPage = Page.extend({
  order: z.enum(['newest', 'oldest']).default('newest').meta({ description: 'Which come first' }),
});

export const getSubmissionHistory = operation({
  method: 'GET',
  path: '/submissions/{submissionId}/history',
  status: 200,
  access: 'signedIn',
  summary: 'Who did what to a submission, and when',
  description:
    'Its unit and the units named as partners read all of it. Officers of the organiser read all of it while it is submitted and, of a draft, that it was created, submitted, withdrawn or deleted. It can be read when the draft is deleted. A page may be shorter than `limit` and still have a `nextCursor`.',
  params: z.object({ submissionId: SubmissionId }),
  query: HistoryPage,
  reply: listOf(Entry).extend({
    late: LateAttempts.optional().meta({
      description: 'Submits refused for coming after the deadline; absent where none was',
    }),
  }),
  refusals: ['NOT_FOUND'],
});

export const getCallHistory = operation({
  method: 'GET',
  path: '/calls/{callId}/history',
  status: 200,
  access: 'signedIn',
  summary: 'Who did what to a call, and when, for officers of its organiser',
  params: z.object({ callId: CallId }),
  query: HistoryPage,
  reply: listOf(CallEntry),
  refusals: ['NOT_FOUND'],
});
