import * as z from 'zod';
import { actorNames } from '#shared/data/actor-names.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { historyRepository } from '#shared/data/history-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getTimeline } from './get-timeline.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
});
const db = documentClient();

export const handler = getTimeline({
  calls: callsRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  history: historyRepository(db, env.HISTORY_TABLE),
  names: actorNames(db, env.MEMBERSHIPS_TABLE),
});
