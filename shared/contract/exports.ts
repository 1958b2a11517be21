import * as z from 'zod';
import { operation } from './operation.ts';
import { CallId, CategoryCode, ExportId, Instant } from './primitives.ts';
import { SubmissionStatus } from './submission-states.ts';

export const ExportFormat = z.enum(['xlsx', 'csv', 'ndjson', 'zip']);
export type ExportFormat = z.output<typeof ExportFormat>;

/** `queued` → `running` → `done` or `failed`. */
export const EXPORT_STATES = ['queued', 'running', 'done', 'failed'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** Why an export failed. */
export const EXPORT_FAILURES = ['BROKE_OFF', 'SUBMISSION_TOO_LARGE'] as const;
export type ExportFailure = (typeof EXPORT_FAILURES)[number];

const Part = z.object({
  part: z.int().min(1),
  filename: z.string().meta({ description: 'The name it is saved under' }),
  size: z.int().meta({ description: 'Bytes' }),
  submissions: z.int(),
  url: z.string().meta({ description: 'Short-lived: ask for the export again for a new one' }),
  urlExpiresAt: Instant,
});

/** What an officer asked for, and how far it is. */
const ExportProgress = z
  .object({
    exportId: ExportId,
    callId: CallId,
    format: ExportFormat,
    category: CategoryCode.optional(),
    status: SubmissionStatus,
    state: z.enum(EXPORT_STATES),
    reason: z.string().optional().meta({ description: 'Of a failed one: why, and what to do' }),
    progress: z.object({
      done: z.int().meta({ description: 'Submissions looked at' }),
      of: z.int().optional().meta({ description: 'Of how many; absent until they are counted' }),
    }),
    partCount: z.int().optional().meta({ description: 'How many files it will be; absent until that is planned' }),
    createdAt: Instant,
    expiresAt: Instant.meta({ description: 'Until when it can be fetched' }),
  })
  .meta({ id: 'ExportProgress' });

/** The same with the files, once it is done. */
const Export = ExportProgress.extend({
  parts: z.array(Part).meta({ description: 'All files, once it is done; until then none' }),
}).meta({ id: 'Export' });

export const createExport = operation({
  method: 'POST',
  path: '/calls/{callId}/exports',
  status: 202,
  access: 'signedIn',
  summary: "Export a call's submissions, for officers of its organiser",
  description:
    '`xlsx`: a sheet for each category and each table of its form. `csv`: the same as files. `ndjson`: one submission a line, as the API shows it. `zip`: a folder for each submission with answers, receipt and files, in parts of at most 500 submissions or 1 GB. Without `status` all that is submitted; of drafts there are the heads alone, never answers, and no `zip`. It is made in the background and kept for 7 days: ask for it at `Location`. With an Idempotency-Key a repeated request gives the same export.',
  params: z.object({ callId: CallId }),
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: z.discriminatedUnion('format', [
    z.strictObject({
      format: ExportFormat.exclude(['zip']),
      category: CategoryCode.optional(),
      status: SubmissionStatus.default('submitted'),
    }),
    z.strictObject({
      format: z.literal('zip'),
      category: CategoryCode.optional(),
      status: z.literal('submitted').default('submitted'),
    }),
  ]),
  reply: ExportProgress,
  replyHeaders: z.object({ location: z.string() }),
  refusals: [
    'NOT_FOUND',
    'VALIDATION_FAILED',
    'IDEMPOTENCY_KEY_REUSED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const getExport = operation({
  method: 'GET',
  path: '/exports/{exportId}',
  status: 200,
  access: 'signedIn',
  summary: 'How far an export is, and its files once it is done',
  params: z.object({ exportId: ExportId }),
  reply: Export,
  refusals: ['NOT_FOUND'],
});
