import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getSubmission } from './get-submission.ts';

const env = environment({ MEMBERSHIPS_TABLE: z.string(), SUBMISSIONS_TABLE: z.string() });
const db = documentClient();

export const handler = getSubmission({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
});
