import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { submissionDrafts } from '#shared/data/submission-drafts.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { createSubmission } from './create-submission.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  IDEMPOTENCY_TABLE: z.string(),
});
const db = documentClient();

export const handler = createSubmission({
  calls: callsRepository(db, env.CALLS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  drafts: submissionDrafts(db, {
    submissions: env.SUBMISSIONS_TABLE,
    tallies: env.TALLIES_TABLE,
    history: env.HISTORY_TABLE,
  }),
  idempotency: idempotencyRepository(db, env.IDEMPOTENCY_TABLE),
  newSubmissionId: generateId,
});
