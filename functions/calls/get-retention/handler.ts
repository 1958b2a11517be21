import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { lateAttemptsRepository } from '#shared/data/late-attempts-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { retentionRepository } from '#shared/data/retention-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getRetention } from './get-retention.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
});
const db = documentClient();

export const handler = getRetention({
  calls: callsRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  retention: retentionRepository(db, env.CALLS_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  late: lateAttemptsRepository(db, env.SUBMISSIONS_TABLE),
});
