import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { lateAttemptsRepository } from '#shared/data/late-attempts-repository.ts';
import { retentionChanges } from '#shared/data/retention-changes.ts';
import { retentionRepository } from '#shared/data/retention-repository.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionErasure } from '#shared/data/submission-erasure.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { attachmentRemoval } from '#shared/storage/attachment-removal.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { applyRetention } from './apply-retention.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  RECEIPTS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();
const tables = {
  calls: env.CALLS_TABLE,
  submissions: env.SUBMISSIONS_TABLE,
  tallies: env.TALLIES_TABLE,
  receipts: env.RECEIPTS_TABLE,
  history: env.HISTORY_TABLE,
};

export const handler = applyRetention({
  calls: callsRepository(db, env.CALLS_TABLE),
  retention: retentionRepository(db, env.CALLS_TABLE),
  changes: retentionChanges(db, tables),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  late: lateAttemptsRepository(db, env.SUBMISSIONS_TABLE),
  drafts: submissionDrafts(db, tables),
  erasure: submissionErasure(db, tables),
  objects: attachmentRemoval(s3Client(), env.ATTACHMENTS_BUCKET),
  now: Date.now,
});
