import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getProgress } from './get-progress.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
});
const db = documentClient();

export const handler = getProgress({
  calls: callsRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  timelines: timelineRepository(db, env.CALLS_TABLE),
});
