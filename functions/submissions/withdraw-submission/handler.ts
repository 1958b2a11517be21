import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { applicantSituationsFrom } from '#shared/data/standing-repository.ts';
import { submissionOutcomes } from '#shared/data/submission-outcomes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { withdrawSubmission } from './withdraw-submission.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  RECEIPTS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
});
const db = documentClient();
const tables = {
  submissions: env.SUBMISSIONS_TABLE,
  tallies: env.TALLIES_TABLE,
  receipts: env.RECEIPTS_TABLE,
  history: env.HISTORY_TABLE,
};

export const handler = withdrawSubmission({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  situations: applicantSituationsFrom(db, env),
  outcomes: submissionOutcomes(db, tables),
});
