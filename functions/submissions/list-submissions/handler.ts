import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { listSubmissions } from './list-submissions.ts';

const env = environment({ MEMBERSHIPS_TABLE: z.string(), SUBMISSIONS_TABLE: z.string() });
const db = documentClient();

export const handler = listSubmissions({
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
});
