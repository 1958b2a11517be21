import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { situationsFrom } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getSubmission } from './get-submission.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
});
const db = documentClient();

export const handler = getSubmission({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  situations: situationsFrom(db, env),
  definitions: callsRepository(db, env.CALLS_TABLE),
});
