import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { closingRepository } from '#shared/data/closing-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { advanceCalls } from './advance-calls.ts';

const env = environment({ CALLS_TABLE: z.string(), TALLIES_TABLE: z.string() });
const db = documentClient();

export const handler = advanceCalls({
  calls: callsRepository(db, env.CALLS_TABLE),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  closings: closingRepository(db, env.CALLS_TABLE),
  now: Date.now,
});
