import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { lateAttemptsRepository } from '#shared/data/late-attempts-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { listLateAttempts } from './list-late-attempts.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
});
const db = documentClient();

export const handler = listLateAttempts({
  calls: callsRepository(db, env.CALLS_TABLE),
  lateAttempts: lateAttemptsRepository(db, env.SUBMISSIONS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
});
