import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { deleteSubmission } from './delete-submission.ts';

const env = environment({
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
});
const db = documentClient();

export const handler = deleteSubmission({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
  drafts: submissionDrafts(db, {
    submissions: env.SUBMISSIONS_TABLE,
    tallies: env.TALLIES_TABLE,
    history: env.HISTORY_TABLE,
  }),
});
