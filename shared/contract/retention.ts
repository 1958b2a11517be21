import * as z from 'zod';
import { operation } from './operation.ts';
import { CallId, CategoryCode, Instant, listOf, OrganizationId, Page, SubmissionId } from './primitives.ts';

/** What a call gathers and does not keep for ever. `personal`: answers, files and file names of what was submitted. */
export const RETENTION_KINDS = ['drafts', 'late', 'personal'] as const;
export const RetentionKind = z.enum(RETENTION_KINDS);
export type RetentionKind = z.output<typeof RetentionKind>;

const Plan = z.object({
  kind: RetentionKind,
  after: z.string().meta({ description: 'How long after the latest deadline, as the call says it', examples: ['90d'] }),
  at: Instant.meta({ description: 'From when on it is deleted; a deadline moved later moves it' }),
  state: z.enum(['kept', 'due', 'under-way', 'deleted']).meta({
    description: '`due`: its time has come, and it goes with the next run, once the call is sealed',
  }),
  count: z.int().meta({ description: 'How many there are; once the deleting has begun, how many went' }),
});

export const getRetention = operation({
  method: 'GET',
  path: '/calls/{callId}/retention',
  status: 200,
  access: 'signedIn',
  summary: 'What will be deleted of a call, when, and what that is just now, for officers of its organiser',
  description:
    'Three kinds: `drafts` never submitted or withdrawn again, with their files; `late`, the records of refused late submits; `personal`, the answers, files and file names of what was submitted. Heads, receipts by their number, digests, seals and histories stay. Nothing is deleted of a call that is open or not sealed. The plan comes with the first page; the items are those of one `kind`. A page may be shorter than `limit` and still have a `nextCursor`.',
  params: z.object({ callId: CallId }),
  query: Page.extend({ kind: RetentionKind.default('drafts').meta({ description: 'Of which the items are' }) }),
  reply: listOf(
    z.object({
      submissionId: SubmissionId,
      unitId: OrganizationId,
      category: CategoryCode,
      attachmentCount: z.int().meta({ description: 'Files that go with it; of `late` none' }),
    }),
  ).extend({ plan: z.array(Plan).optional().meta({ description: 'The earliest first' }) }),
  refusals: ['NOT_FOUND'],
});
