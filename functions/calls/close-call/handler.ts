import * as z from 'zod';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { closeCall } from './close-call.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
});
const db = documentClient();

export const handler = closeCall({
  calls: callsRepository(db, env.CALLS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  changes: callChanges(db, { calls: env.CALLS_TABLE, history: env.HISTORY_TABLE }),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
});
