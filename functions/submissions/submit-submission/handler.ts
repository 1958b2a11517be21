import * as z from 'zod';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { situationsFrom } from '#shared/data/standing-repository.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { attachmentInspector } from '#shared/storage/attachment-inspector.ts';
import { submitSubmission } from './submit-submission.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  RECEIPTS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();
const tables = {
  submissions: env.SUBMISSIONS_TABLE,
  tallies: env.TALLIES_TABLE,
  receipts: env.RECEIPTS_TABLE,
  history: env.HISTORY_TABLE,
};

export const handler = submitSubmission({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  situations: situationsFrom(db, env),
  definitions: callsRepository(db, env.CALLS_TABLE),
  outcomes: submissionOutcomes(db, tables),
  receipts: receiptsRepository(db, env.RECEIPTS_TABLE),
  verdicts: attachmentsRepository(db, env.SUBMISSIONS_TABLE),
  objects: attachmentInspector(env.ATTACHMENTS_BUCKET),
  newReceiptNo: generateId,
});
