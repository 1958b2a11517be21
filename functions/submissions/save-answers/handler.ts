import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { applicantSituationsFrom } from '#shared/data/standing-repository.ts';
import { submissionChanges } from '#shared/data/submission-changes.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { saveAnswers } from './save-answers.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
});
const db = documentClient();

export const handler = saveAnswers({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  changes: submissionChanges(db, { submissions: env.SUBMISSIONS_TABLE, history: env.HISTORY_TABLE }),
  situations: applicantSituationsFrom(db, env),
  definitions: callsRepository(db, env.CALLS_TABLE),
});
