import * as z from 'zod';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { timelineRepository } from '#shared/data/timeline-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { advanceCalls } from './advance-calls.ts';

const env = environment({ CALLS_TABLE: z.string(), HISTORY_TABLE: z.string(), TALLIES_TABLE: z.string() });
const db = documentClient();

export const handler = advanceCalls({
  calls: callsRepository(db, env.CALLS_TABLE),
  changes: callChanges(db, { calls: env.CALLS_TABLE, history: env.HISTORY_TABLE }),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  timelines: timelineRepository(db, env.CALLS_TABLE),
  callsTable: env.CALLS_TABLE,
  now: Date.now,
});
